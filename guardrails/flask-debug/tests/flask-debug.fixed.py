import asyncio
import os

import werkzeug.serving as serving
from flask import Flask
from werkzeug.serving import run_simple as serve

app = Flask(__name__)
# ruleid: flask-debug
app.debug = False
# ruleid: flask-debug
app.config["DEBUG"] = False


def make_app():
    site = Flask(__name__)
    # ruleid: flask-debug
    site.config.update(DEBUG=False, SESSION_COOKIE_SECURE=True)
    return site


def start():
    # ruleid: flask-debug
    app.run(host="127.0.0.1", debug=False)


def start_werkzeug():
    # ruleid: flask-debug
    serve("127.0.0.1", 5000, app, use_debugger=False)


def start_werkzeug_module():
    # ruleid: flask-debug
    serving.run_simple("127.0.0.1", 5000, app, use_reloader=True, use_debugger=False)


def start_plain():
    # ok: flask-debug
    app.run(host="127.0.0.1")


def start_asked():
    # ok: flask-debug
    app.run(debug=os.environ.get("SHOP_DEBUG") == "1")


def start_off():
    # ok: flask-debug
    app.config["DEBUG"] = False
    # ok: flask-debug
    serve("127.0.0.1", 5000, app, use_reloader=True)


def start_loop(main):
    # ok: flask-debug
    asyncio.run(main(), debug=True)


def log_more(logger):
    # ok: flask-debug
    logger.debug = True
