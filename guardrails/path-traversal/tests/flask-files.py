import flask
from flask import Blueprint, current_app, request, send_file, send_from_directory
from flask import send_file as answer_file
from werkzeug.utils import safe_join

files = Blueprint("files", __name__)


@files.get("/download")
def download():
    # ruleid: path-traversal
    return send_file(request.args["path"])


@files.get("/invoice")
def invoice():
    name = request.args.get("name", "")
    # ruleid: path-traversal
    return flask.send_file(f"/srv/invoices/{name}", as_attachment=True)


@files.get("/media/<path:name>")
def media(name):
    # ruleid: path-traversal
    return answer_file("/srv/media/" + name)


@files.get("/media-safe/<path:name>")
def media_safe(name):
    # ok: path-traversal
    return send_from_directory("/srv/media", name)


@files.get("/media-joined/<path:name>")
def media_joined(name):
    path = safe_join("/srv/media", name)
    # ok: path-traversal
    return answer_file(path)


@files.get("/invoices/<int:number>")
def invoice_by_number(number):
    # ok: path-traversal
    return send_file(f"/srv/invoices/{number}.pdf")


@files.get("/logo")
def logo():
    # ok: path-traversal
    return send_file(current_app.config["LOGO"])


@files.get("/report/<path:name>")
def report(name):
    record = find_report(name)
    # ok: path-traversal
    return send_file(record.path)
