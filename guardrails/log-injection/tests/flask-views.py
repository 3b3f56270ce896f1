import json
import logging
import logging as journal

from flask import Flask, request

app = Flask(__name__)
log = logging.getLogger(__name__)
PAGES = {"home": "start page"}


@app.route("/search")
def search():
    term = request.args.get("q", "")
    # ruleid: log-injection
    log.info("search for %s", term)
    # ruleid: log-injection
    journal.warning("search for " + term)
    # ruleid: log-injection
    app.logger.error(f"no result for {term}")
    # ok: log-injection
    log.info("search for %r", term)
    # ok: log-injection
    log.info(f"search for {term!r}")
    # ok: log-injection
    log.info("search for %s", repr(term))
    # ok: log-injection
    log.info("search for %s", term.replace("\n", " ").replace("\r", " "))
    # ok: log-injection
    log.info("search for %s", json.dumps(term))
    # ok: log-injection
    log.info("search of length %d", len(term))
    return "done"


@app.route("/page/<name>")
def page(name):
    # ok: log-injection
    log.info("shown: %s", PAGES[name])
    # ok: log-injection
    math.log(float(name))
    # ok: log-injection
    log.info("order %s", int(request.args["order"]))
    return "done"


@app.route("/order/<int:order_id>")
def order(order_id):
    # ok: log-injection
    log.info("order %s", order_id)
    return "done"


def note(text):
    # The view below passes the request's text.
    # ruleid: log-injection
    log.info(text)


@app.route("/note")
def noted():
    note(request.args["text"])


def on_one_line(text):
    return text.replace("\n", " ").replace("\r", " ")


@app.route("/note/one-line")
def noted_on_one_line():
    # ok: log-injection
    log.info("note: %s", on_one_line(request.args["text"]))
