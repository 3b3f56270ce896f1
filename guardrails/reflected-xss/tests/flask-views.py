import json

import flask
import markupsafe
from flask import Blueprint, Flask, Markup, Response, abort, jsonify, make_response, redirect, render_template, url_for
from flask import request
from flask import request as incoming
from flask.views import MethodView
from markupsafe import escape

app = Flask(__name__)
pages = Blueprint("pages", __name__)
LANGUAGES = {"de": "Hallo", "en": "Hello"}


@app.route("/search")
def search():
    term = request.args.get("q", "")
    if not term:
        return "nothing to search for"
    if len(term) > 100:
        # ruleid: reflected-xss
        return "too long: " + term, 400
    # ruleid: reflected-xss
    return f"<h1>Results for {term}</h1>"


@pages.route("/hello/<name>")
def hello(name):
    page = "<p>Hello {}</p>".format(name.title())
    # ruleid: reflected-xss
    return make_response(page)


@pages.route("/parts")
def parts():
    lines = ["<ul>"]
    for key in incoming.form.keys():
        lines.append("<li>" + key + "</li>")
    # ruleid: reflected-xss
    return Response("".join(lines))


@pages.route("/late")
def late():
    answer = make_response("<p>")
    answer.set_data(request.cookies["last"])
    # ruleid: reflected-xss
    return answer


@pages.route("/marked")
def marked():
    # ruleid: reflected-xss
    label = Markup("<b>" + request.args["label"] + "</b>")
    return render_template("label.html", label=label)


class Page(MethodView):
    def get(self):
        # ruleid: reflected-xss
        return "<p>" + request.headers["X-Name"] + "</p>"


@app.route("/escaped")
def escaped():
    term = escape(request.args.get("q", ""))
    # ok: reflected-xss
    return f"<h1>Results for {term}</h1>"


@app.route("/escaped/here")
def escaped_here():
    # ok: reflected-xss
    return "<h1>" + markupsafe.escape(request.args["q"]) + flask.escape(request.args["p"]) + "</h1>"


@app.route("/template")
def template():
    # ok: reflected-xss
    return render_template("search.html", q=request.args["q"])


@app.route("/json")
def as_json():
    # ok: reflected-xss
    return jsonify(q=request.args["q"])


@app.route("/dictionary")
def as_dictionary():
    answer = {"q": request.args["q"]}
    # ok: reflected-xss
    return answer


@app.route("/dictionary/status")
def as_dictionary_with_status():
    # ok: reflected-xss
    return {"q": request.args["q"]}, 201


@app.route("/text")
def as_text():
    # ok: reflected-xss
    return Response(request.args["q"], mimetype="text/plain")


@app.route("/text/header")
def as_text_by_header():
    # ok: reflected-xss
    return request.args["q"], 200, {"Content-Type": "text/plain"}


@app.route("/text/later")
def as_text_later():
    answer = make_response(json.dumps({"q": request.args["q"]}))
    answer.headers["Content-Type"] = "application/json"
    # ok: reflected-xss
    return answer


@app.route("/number")
def number():
    page = int(request.args.get("page", 1))
    # ok: reflected-xss
    return f"<p>page {page}</p>"


@app.route("/orders/<int:order_id>")
def order(order_id):
    # ok: reflected-xss
    return f"<p>order {order_id}</p>"


@app.route("/language/<code>")
def language(code):
    if code not in LANGUAGES:
        abort(404)
    # ok: reflected-xss
    return f"<p lang={code}>{LANGUAGES[code]}</p>"


@app.route("/user/<name>")
def user(name):
    # ok: reflected-xss
    return service.find(name)


@app.route("/next")
def following():
    # ok: reflected-xss
    return redirect(url_for("search", q=request.args["q"]))


def greeting(name):
    return f"<p>Hello {name}</p>"


@app.route("/helper")
def through_helper():
    # greeting() keeps the text.
    # ruleid: reflected-xss
    return greeting(request.args["name"])


def plain(name):
    # ok: reflected-xss
    return f"<p>Hello {name}</p>"


def escaped_greeting(name):
    return f"<p>Hello {escape(name)}</p>"


@app.route("/helper/escaped")
def through_escaping_helper():
    # ok: reflected-xss
    return escaped_greeting(request.args["name"])
