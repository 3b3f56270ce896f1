import os
import pathlib
import shutil
from os.path import join as join_path
from pathlib import Path

import flask
from flask import Flask, abort, request, send_file, send_from_directory
from flask_login import current_user
from werkzeug.utils import safe_join, secure_filename

app = Flask(__name__)
INVOICES = Path("/srv/invoices")
REPORTS = {"daily": "daily.csv", "weekly": "weekly.csv"}


@app.route("/invoice")
def invoice():
    name = request.args["name"]
    # ruleid: path-traversal
    with open("/srv/invoices/" + name) as file:
        text = file.read()
    path = join_path("/srv/invoices", name)
    # ruleid: path-traversal
    return text or send_file(path)


@app.route("/invoice/pathlib")
def invoice_pathlib():
    path = INVOICES / request.args["name"]
    # ruleid: path-traversal
    text = path.read_text()
    # ruleid: path-traversal
    with path.open() as file:
        text += file.read()
    # ruleid: path-traversal
    return text + pathlib.Path("/srv", request.args["name"]).open().read()


@app.route("/files/<path:name>")
def files(name):
    # ruleid: path-traversal
    os.remove(f"/srv/files/{name}")
    # ok: path-traversal
    return send_from_directory("/srv/files", name)


@app.route("/files/one/<name>")
def one_file(name):
    # ok: path-traversal
    return send_file(os.path.join("/srv/files", name))


@app.post("/upload")
def upload():
    picture = request.files["picture"]
    # ruleid: path-traversal
    picture.save(os.path.join("/srv/pictures", picture.filename))
    # ok: path-traversal
    picture.save(os.path.join("/srv/pictures", secure_filename(picture.filename)))
    # ok: path-traversal
    picture.save(os.path.join("/srv/pictures", os.path.basename(picture.filename)))
    # ok: path-traversal
    picture.save("/srv/pictures/" + str(current_user.id) + os.path.splitext(picture.filename)[1])
    # ok: path-traversal
    picture.save("/srv/pictures/" + Path(picture.filename).name)


@app.route("/resolved")
def resolved():
    path = (INVOICES / request.args["name"]).resolve()
    if not path.is_relative_to(INVOICES):
        abort(404)
    # ok: path-traversal
    return path.read_text()


@app.route("/realpath")
def realpath():
    path = os.path.realpath(os.path.join("/srv/invoices", request.args["name"]))
    if not path.startswith("/srv/invoices/"):
        abort(404)
    # ok: path-traversal
    return open(path).read()


@app.route("/prefix")
def prefix():
    path = os.path.join("/srv/invoices", request.args["name"])
    if not path.startswith("/srv/invoices/"):
        abort(404)
    # The prefix is there, and `..` after it.
    # ruleid: path-traversal
    return open(path).read()


@app.route("/commonpath")
def commonpath():
    path = os.path.abspath(os.path.join("/srv/invoices", request.args["name"]))
    if os.path.commonpath(["/srv/invoices", path]) != "/srv/invoices":
        abort(404)
    # ok: path-traversal
    return open(path).read()


@app.route("/safe")
def safe():
    path = safe_join("/srv/invoices", flask.request.args["name"])
    # ok: path-traversal
    return open(path).read()


@app.route("/report/<path:kind>")
def report(kind):
    # ok: path-traversal
    first = open("/srv/reports/" + REPORTS[kind]).read()
    if kind not in REPORTS:
        abort(404)
    # ok: path-traversal
    return first + open("/srv/reports/" + kind).read()


@app.route("/stored")
def stored():
    document = Document.query.get(request.args["id"])
    # ok: path-traversal
    return send_file(document.path)


@app.route("/number")
def number():
    # ok: path-traversal
    return send_file("/srv/invoices/%d.pdf" % int(request.args["id"]))


@app.route("/climbs")
def climbs():
    name = request.args["name"]
    if ".." in name or name.startswith("/"):
        abort(404)
    # ok: path-traversal
    return open("/srv/invoices/" + name).read()


def remove(folder):
    # The view below passes the request's text.
    # ruleid: path-traversal
    shutil.rmtree(os.path.join("/srv", folder))


@app.post("/remove")
def remove_view():
    remove(request.form["folder"])


@app.route("/known")
def known():
    path = os.path.join("/srv/files", request.args["name"])
    # ruleid: path-traversal-probe
    if os.path.exists(path):
        return "known"
    folder = INVOICES / request.args["year"]
    # ruleid: path-traversal-probe
    return "a year" if folder.is_dir() else "unknown"


@app.route("/known/checked")
def known_checked():
    path = os.path.join("/srv/files", secure_filename(request.args["name"]))
    # ok: path-traversal-probe
    if os.path.isfile(path):
        return "known"
    folder = (INVOICES / request.args["year"]).resolve()
    if not folder.is_relative_to(INVOICES):
        abort(404)
    # ok: path-traversal-probe
    if folder.exists():
        return "a year"
    # ok: path-traversal-probe
    return str(Invoice.objects.filter(number=request.args["number"]).exists())


def inside(folder, name):
    path = (folder / name).resolve()
    if not path.is_relative_to(folder):
        abort(404)
    return path


@app.route("/helper/inside")
def through_checking_helper():
    # ok: path-traversal
    return inside(INVOICES, request.args["name"]).read_text()
