from flask import Blueprint, Response, render_template, request

from . import fragments
from .languages import greeting_in

pages = Blueprint("pages", __name__)


@pages.get("/search")
def search():
    # ruleid: reflected-xss
    return fragments.page("Search", fragments.heading(request.args.get("q", "")))


@pages.get("/search/escaped")
def search_escaped():
    # ok: reflected-xss
    return fragments.page("Search", fragments.escaped_heading(request.args.get("q", "")))


@pages.get("/hello/<language>")
def hello(language):
    # ok: reflected-xss
    return fragments.page("Hello", greeting_in(language))


@pages.get("/search.txt")
def search_as_text():
    # ok: reflected-xss
    return Response(fragments.heading(request.args.get("q", "")), mimetype="text/plain")


@pages.get("/results")
def results():
    # ok: reflected-xss
    return render_template("results.html", heading=fragments.heading(request.args.get("q", "")))
