import flask
from flask import Flask, request

from elsewhere import unknown

app = Flask(__name__)


def search_text(incoming):
    return incoming.args.get("q") or incoming.form["q"]


def how(incoming):
    return incoming.method


def who(request):
    return request.remote_addr


class Query:
    def __init__(self, request):
        self.request = request
        self.wanted = "everything"

    def text(self):
        return self.request.args.get("q")

    def limit(self):
        return 20


@app.route("/search")
def search():
    # ruleid: web-request
    sink(search_text(request))
    # ruleid: web-request
    sink(search_text(incoming=flask.request))
    # ok: web-request
    sink(how(request).lower())
    # ok: web-request
    sink(who(request))
    # ok: web-request
    sink(unknown(request))


@app.route("/query")
def query():
    wanted = Query(request)
    # ruleid: web-request
    sink(wanted.text())
    # ok: web-request
    sink(wanted.limit())
    # ok: web-request
    sink(wanted.wanted)
