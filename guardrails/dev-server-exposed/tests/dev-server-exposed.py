import http.server
import os
from http.server import HTTPServer, SimpleHTTPRequestHandler
from http.server import ThreadingHTTPServer as Server
from wsgiref.simple_server import make_server

import uvicorn
from flask import Flask
from werkzeug.serving import run_simple

app = Flask(__name__)
EVERYWHERE = "0.0.0.0"


def start():
    # ruleid: dev-server-exposed
    app.run(host="0.0.0.0", port=5000)


def start_constant():
    # ruleid: dev-server-exposed
    app.run(port=5000, host=EVERYWHERE)


def start_werkzeug():
    # ruleid: dev-server-exposed
    run_simple("0.0.0.0", 5000, app)


def files():
    # ruleid: dev-server-exposed
    return HTTPServer(("", 8000), SimpleHTTPRequestHandler)


def files_threaded():
    # ruleid: dev-server-exposed
    return Server(("::", 8000), SimpleHTTPRequestHandler)


def reference_server():
    # ruleid: dev-server-exposed
    return make_server("", 8000, app)


def start_here():
    # ok: dev-server-exposed
    app.run(host="127.0.0.1", port=5000)


def start_default():
    # ok: dev-server-exposed
    app.run()


def start_asked():
    # ok: dev-server-exposed
    app.run(host=os.environ["HOST"])


def start_uvicorn():
    # ok: dev-server-exposed
    uvicorn.run("shop:app", host="0.0.0.0")


def files_here():
    # ok: dev-server-exposed
    return http.server.HTTPServer(("localhost", 8000), SimpleHTTPRequestHandler)
