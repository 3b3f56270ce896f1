from flask import Blueprint, make_response, render_template, request
from flask import request as incoming
from markupsafe import escape

pages = Blueprint("pages", __name__)


@pages.get("/search")
def search():
    # ruleid: reflected-xss
    return f"<h1>Results for {request.args['q']}</h1>"


@pages.get("/search-kept")
def search_kept():
    term = incoming.args.get("q", "")
    # ruleid: reflected-xss
    return "<h1>Results for " + term + "</h1>"


@pages.get("/hello/<name>")
def hello(name):
    # ruleid: reflected-xss
    return "<p>Hello %s</p>" % name


@pages.get("/hello-made/<string:name>")
def hello_made(name):
    # ruleid: reflected-xss
    return make_response("<p>Hello {}</p>".format(name), 200)


@pages.get("/missing/<path:page>")
def missing(page):
    # ruleid: reflected-xss
    return f"<p>No page {page}</p>", 404


@pages.get("/hello-well/<name>")
def hello_well(name):
    # ok: reflected-xss
    return render_template("hello.html", name=name)


@pages.get("/hello-escaped/<name>")
def hello_escaped(name):
    # ok: reflected-xss
    return f"<p>Hello {escape(name)}</p>"


@pages.get("/search-escaped")
def search_escaped():
    term = escape(incoming.args.get("q", ""))
    # ok: reflected-xss
    return "<h1>Results for " + term + "</h1>"


@pages.get("/orders/<int:number>")
def order(number):
    # ok: reflected-xss
    return f"<p>Order {number}</p>"


@pages.get("/echo/<name>")
def data(name):
    # ok: reflected-xss
    return {"hello": name}


@pages.get("/plain/<name>")
def plain(name):
    # ok: reflected-xss
    return f"hello {name}", 200, {"Content-Type": "text/plain"}


def label(name):
    # ok: reflected-xss
    return f"<b>{name}</b>"
