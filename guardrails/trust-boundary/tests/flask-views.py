import flask
from flask import Flask, abort, request
from flask import session
from flask import session as visit

app = Flask(__name__)
LANGUAGES = {"de": "German", "en": "English"}


@app.post("/login")
def login():
    name = request.form["name"]
    # ruleid: trust-boundary
    session["user"] = name
    # ruleid: trust-boundary
    visit["role"] = request.cookies.get("role", "guest")
    # ruleid: trust-boundary
    flask.session.update(plan=request.args["plan"])
    # ruleid: trust-boundary
    session[request.args["key"]] = "1"
    return "welcome"


@app.post("/login/checked")
def login_checked():
    user = User.authenticate(request.form["name"], request.form["password"])
    # ok: trust-boundary
    session["user_id"] = user.id
    # ok: trust-boundary
    session["language"] = LANGUAGES[request.args["language"]]
    # ok: trust-boundary
    session["page"] = int(request.args["page"])
    plan = request.args["plan"]
    if plan not in ("free", "paid"):
        abort(400)
    # ok: trust-boundary
    session["plan"] = plan
    # ok: trust-boundary
    return {"session": request.args["plan"]}


def remember(value):
    # The view below passes the request's text.
    # ruleid: trust-boundary
    session["last"] = value


@app.route("/last")
def last():
    remember(request.args["last"])


def language_of(code):
    return LANGUAGES.get(code, "English")


@app.route("/language")
def language():
    # ok: trust-boundary
    session["language"] = language_of(request.args["language"])
