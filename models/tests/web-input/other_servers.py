import cgi
from http.server import BaseHTTPRequestHandler

import tornado.web


class Plain(BaseHTTPRequestHandler):
    def do_GET(self):
        # ruleid: web-input
        sink(self.path)
        # ruleid: web-input
        sink(self.headers["Host"])
        # ok: web-input
        sink(self.client_address)


class Search(tornado.web.RequestHandler):
    def get(self):
        # ruleid: web-input
        sink(self.get_argument("q"))
        # ruleid: web-input
        sink(self.get_query_argument("q", ""))
        # ruleid: web-input
        sink(self.get_body_arguments("q"))
        # ruleid: web-input
        sink(self.request.body)
        # ok: web-input
        sink(self.settings["name"])


def script():
    # ruleid: web-input
    sink(cgi.FieldStorage()["name"].value)
