"""A small shop: products, baskets, orders, and an office for the people who run it."""

from flask import Flask, g

from shop import auth, database
from shop.config import Config
from shop.services.payments import make_gateway
from shop.views.account import account
from shop.views.admin import admin
from shop.views.api import api
from shop.views.storefront import storefront
from shop.views.webhooks import webhooks


def create_app(**settings):
    """The WSGI application; settings given here win over the configuration."""
    app = Flask(__name__)
    app.config.from_object(Config)
    app.config.from_mapping(settings)

    database.init_app(app)
    app.extensions["shop.gateway"] = make_gateway(app.config)
    for blueprint in (storefront, account, api, webhooks, admin):
        app.register_blueprint(blueprint)

    @app.before_request
    def load_visitor():
        g.customer = auth.visitor()

    return app
