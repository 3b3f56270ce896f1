import os
import socket
import urllib.request
from urllib.parse import quote, urljoin, urlparse
from urllib.request import urlopen as fetch

import httpx
import requests
import requests as http
from flask import Blueprint, abort, current_app, request

hooks = Blueprint("hooks", __name__)
API = "https://api.example.com"
HOSTS = {"api.example.com", "cdn.example.com"}
MIRRORS = {"eu": "https://eu.example.com/", "us": "https://us.example.com/"}


@hooks.route("/preview")
def preview():
    url = request.args["url"]
    # ruleid: request-forgery
    page = requests.get(url, timeout=10)
    # ruleid: request-forgery
    image = http.head(url=url, timeout=10)
    # ruleid: request-forgery
    feed = fetch(request.form.get("feed"))
    return page.text + image.text + feed.read()


@hooks.post("/webhook")
def webhook():
    host = request.json["host"]
    # ruleid: request-forgery
    requests.post(f"https://{host}/notify", timeout=10)
    # ruleid: request-forgery
    requests.post("http://" + host + "/notify", timeout=10)
    # ruleid: request-forgery
    socket.create_connection((host, 443), 5)
    session = requests.Session()
    # ruleid: request-forgery
    session.get("https://%s.example.com/" % host, timeout=10)
    # ruleid: request-forgery
    return httpx.get(urljoin(API, request.json["path"])).text


@hooks.route("/user/<name>")
def user(name):
    # ok: request-forgery
    first = requests.get(f"https://api.example.com/users/{quote(name)}", timeout=10)
    # ok: request-forgery
    second = requests.get("https://api.example.com/users/" + name + "/orders", timeout=10)
    # ok: request-forgery
    third = requests.get(f"{API}/users/{name}", timeout=10)
    # ok: request-forgery
    fourth = requests.get(API + "/users/%s" % name, timeout=10)
    # ok: request-forgery
    fifth = requests.get("https://api.example.com/users/{}".format(name), timeout=10)
    url = f"{current_app.config['API']}/users/{name}"
    # ok: request-forgery
    sixth = requests.get(url, params={"name": name}, timeout=10)
    return first.text + second.text + third.text + fourth.text + fifth.text + sixth.text


@hooks.route("/checked")
def checked():
    url = request.args["url"]
    parsed = urlparse(url)
    if parsed.scheme != "https" or parsed.hostname not in HOSTS:
        abort(400)
    # ok: request-forgery
    return requests.get(url, timeout=10, allow_redirects=False).text


@hooks.route("/checked/at-once")
def checked_at_once():
    url = request.args["url"]
    if urlparse(url).netloc not in HOSTS:
        return "not this one", 400
    # ok: request-forgery
    return requests.get(url, timeout=10, allow_redirects=False).text


@hooks.route("/mirror")
def mirror():
    # ok: request-forgery
    return requests.get(MIRRORS[request.args["region"]], timeout=10).text


@hooks.route("/stored")
def stored():
    hook = Hook.query.get(request.args["hook"])
    # ok: request-forgery
    return requests.post(hook.url, json=request.json, timeout=10).text


@hooks.route("/validated")
def validated():
    url = request.args["url"]
    if not is_public_url(url):
        abort(400)
    # ok: request-forgery
    return requests.get(url, timeout=10).text


def download(url):
    # The view below passes the request's text.
    # ruleid: request-forgery
    return urllib.request.urlopen(url).read()


@hooks.route("/download")
def download_view():
    return download(request.args["url"])


def health():
    # ok: request-forgery
    return requests.get(os.environ["HEALTH_URL"], timeout=10).text


def fetch_profile(path):
    # ok: request-forgery
    return requests.get(API + path, timeout=10).json()


@hooks.route("/profile")
def profile():
    return fetch_profile("/users/" + quote(request.args["name"], safe=""))
