import os
import os as system
from os import environ, getenv as setting

from flask import Flask

app = Flask(__name__)

# ruleid: hardcoded-signing-key
app.secret_key = "9f1c3a0b7d"

# ruleid: hardcoded-signing-key
app.config["SECRET_KEY"] = b"9f1c3a0b7d"

# ruleid: hardcoded-signing-key
app.config.update(SESSION_COOKIE_NAME="shop", SECRET_KEY="9f1c3a0b7d")

# ruleid: hardcoded-signing-key
app.config.from_mapping({"SECRET_KEY": "dev", "DATABASE": "shop.db"})


class Config:
    # ruleid: hardcoded-signing-key
    SECRET_KEY = "9f1c3a0b7d"
    # ruleid: hardcoded-signing-key
    JWT_SECRET_KEY = "9f1c3a0b7d"


class EnvironmentConfig:
    # ruleid: hardcoded-signing-key-fallback
    SECRET_KEY = os.environ.get("SECRET_KEY", "9f1c3a0b7d")
    # ruleid: hardcoded-signing-key-fallback
    JWT_KEY = setting("SHOP_JWT_KEY", "9f1c3a0b7d")
    # ruleid: hardcoded-signing-key-fallback
    WEBHOOKS = environ.get("WEBHOOK_SIGNING_SECRET", "shop")


class GoodConfig:
    # ok: hardcoded-signing-key, hardcoded-signing-key-fallback
    SECRET_KEY = os.environ["SECRET_KEY"]
    # ok: hardcoded-signing-key, hardcoded-signing-key-fallback
    JWT_SECRET_KEY = system.environ.get("JWT_SECRET_KEY")
    # ok: hardcoded-signing-key-fallback
    REGION = environ.get("REGION", "eu-west-1")
    # ok: hardcoded-signing-key-fallback
    OPTIONAL = setting("WEBHOOK_SECRET", "")


class TestConfig:
    # ok: hardcoded-signing-key
    SECRET_KEY = "only for tests"


def make_app():
    # ok: hardcoded-signing-key
    app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]
    # ok: hardcoded-signing-key
    app.config["SESSION_COOKIE_NAME"] = "shop"
    return app


def make_test_app():
    # ok: hardcoded-signing-key
    app.config.update(TESTING=True, SECRET_KEY="only for tests")
    return app
