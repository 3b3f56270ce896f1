import flask
from flask import Flask, request
from flask import request as incoming
from flask.views import MethodView

app = Flask(__name__)
bp = flask.Blueprint("shop", __name__)


@app.route("/orders")
def orders():
    # ruleid: web-input
    sink(request.args["id"])
    # ruleid: web-input
    sink(request.args.get("id", ""))
    # ok: web-input
    sink(request.args.get("id", type=int))
    # ruleid: web-input
    sink(incoming.form["name"])
    # ruleid: web-input
    sink(flask.request.get_json()["name"])
    # ruleid: web-input
    sink(request.headers.get("Referer"))
    # ok: web-input
    sink(request.method)
    # ok: web-input
    sink(request.endpoint)


@bp.route("/orders/<name>/<int:number>", methods=["GET"])
def order(name):
    # ruleid: web-input
    sink(name)


@bp.get("/files/<path:path>")
def file(path):
    # ruleid: web-input
    sink(path)


@app.route("/orders/<int:number>")
def numbered(number):
    # ok: web-input
    sink(number)


@app.route("/orders/<name>")
def typed(name: str, copies: int):
    # ruleid: web-input
    sink(name)
    # ok: web-input
    sink(copies)


class Orders(MethodView):
    def get(self, name):
        # ruleid: web-input
        sink(name)

    def delete(self, order_id):
        # ok: web-input
        sink(order_id)

    def load(self, name):
        # ok: web-input
        sink(name)


@app.cli.command("clean")
def clean(name):
    # ok: web-input
    sink(name)


def helper(args, form):
    # ok: web-input
    sink(args.get("id"))


@app.route("/prices")
def prices():
    # ok: web-input
    sink(request.path.split("/")[1])
    # ruleid: web-input
    sink(request.full_path)


@app.route("/pages")
@app.route("/pages/<path:page>")
def pages(page="start"):
    # ruleid: web-input
    sink(request.path)


@app.route("/menu", methods=["GET", "POST"])
def menu():
    def current():
        # ok: web-input
        return sink(request.path)

    return current()


@app.errorhandler(404)
def not_found(error):
    # ruleid: web-input
    sink(request.path)


@app.before_request
def remember():
    # ruleid: web-input
    sink(request.path)
