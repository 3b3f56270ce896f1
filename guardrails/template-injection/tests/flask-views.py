import flask
import jinja2
from flask import Blueprint, abort, render_template, render_template_string, request
from flask import render_template_string as render_text
from jinja2 import Environment, Template
from jinja2.sandbox import SandboxedEnvironment
from markupsafe import escape

pages = Blueprint("pages", __name__)
GREETINGS = {"de": "Hallo {{ name }}", "en": "Hello {{ name }}"}


@pages.route("/hello")
def hello():
    name = request.args.get("name", "you")
    # ruleid: template-injection
    return render_template_string("<h1>Hello " + name + "</h1>")


@pages.route("/hello/<name>")
def hello_path(name):
    page = f"<h1>Hello {escape(name)}</h1>"
    # ruleid: template-injection
    return render_text(page)


@pages.route("/hello/data/<name>")
def hello_data(name):
    # ok: template-injection
    first = render_template_string("<h1>Hello {{ name }}</h1>", name=name)
    # ok: template-injection
    return first + render_template("hello.html", name=name)


@pages.post("/preview")
def preview():
    body = request.form["body"]
    lines = ["<p>", body, "</p>"]
    # ruleid: template-injection
    text = Template("\n".join(lines)).render()
    environment = Environment()
    # ruleid: template-injection
    mail = environment.from_string(flask.request.json["mail"]).render()
    return text + mail


@pages.post("/preview/sandbox")
def preview_in_sandbox():
    body = request.form["body"]
    sandbox = SandboxedEnvironment()
    # ok: template-injection
    first = sandbox.from_string(body).render()
    # ok: template-injection
    second = jinja2.sandbox.ImmutableSandboxedEnvironment().from_string(body).render()
    return first + second


@pages.route("/greeting")
def greeting():
    language = request.args["language"]
    # ok: template-injection
    found = render_template_string(GREETINGS[language], name="you")
    if language not in ("de", "en"):
        abort(404)
    # ok: template-injection
    return found + render_template_string(f"{{% include '{language}.html' %}}")


@pages.route("/page/<slug>")
def stored(slug):
    page = Page.query.filter_by(slug=slug).first_or_404()
    # ok: template-injection
    return render_template_string(page.source)


@pages.errorhandler(404)
def missing(error):
    # ruleid: template-injection
    return render_template_string("<p>%s is not here</p>" % request.path), 404


def page(title):
    # The view below passes the request's text.
    # ruleid: template-injection
    return render_template_string("<h1>" + title + "</h1>")


@pages.route("/title")
def titled():
    return page(request.args["title"])


def page_with(title):
    # ok: template-injection
    return render_template_string("<h1>{{ title }}</h1>", title=title)


@pages.route("/title/data")
def titled_with_data():
    return page_with(request.args["title"])
