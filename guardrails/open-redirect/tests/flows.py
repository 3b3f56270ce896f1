from urllib.parse import unquote, urljoin, urlparse

from aiohttp import web
from fastapi import APIRouter
from fastapi.responses import RedirectResponse as Redirect
from flask import Flask, redirect, request, url_for

app = Flask(__name__)
router = APIRouter()
HOME = "https://shop.example.com"


@app.route("/leave")
def leave():
    target = unquote(request.args.get("to", "")).strip()
    if target:
        # ruleid: open-redirect
        return redirect(location=target)
    # ok: open-redirect
    return redirect(url_for("home"))


@app.route("/subdomain")
def subdomain():
    # ruleid: open-redirect
    return redirect("https://" + request.args["shop"] + ".example.com/")


@app.route("/here")
def here():
    number = request.args["number"]
    if request.args.get("plain"):
        # ok: open-redirect
        return redirect(f"/orders/{number}")
    if request.args.get("search"):
        # ok: open-redirect
        return redirect(url_for("orders") + "?number=" + number)
    # ok: open-redirect
    return redirect(f"{HOME}/orders/{number}")


@app.route("/slash")
def slash():
    # ruleid: open-redirect
    return redirect("/" + request.args["page"])


@app.route("/parsed")
def parsed():
    target = request.args["to"]
    address = urlparse(target)
    if address.netloc and address.netloc != "shop.example.com":
        return "not there", 400
    # ok: open-redirect
    return redirect(target)


@app.route("/joined")
def joined():
    # ruleid: open-redirect
    return redirect(urljoin(HOME, request.args["to"]))


@app.route("/local")
def local():
    target = request.args["to"]
    if not target.startswith("/") or target.startswith("//"):
        target = "/"
    # ok: open-redirect
    return redirect(target)


@app.route("/checked-in-place")
def checked_in_place():
    if request.args.get("to") and is_safe_url(request.args.get("to")):
        # ok: open-redirect
        return redirect(request.args.get("to"))
    # ruleid: open-redirect
    return redirect(request.args.get("other"))


def after_login(request):
    target = request.GET.get("next")
    if target and _allow_redirect(target):
        # ok: open-redirect
        return redirect(target)
    return redirect("home")


@router.get("/out")
async def out(to: str):
    # ruleid: open-redirect
    return Redirect(url=to)


async def aio_out(request: web.Request):
    # ruleid: open-redirect
    raise web.HTTPFound(location=request.query["to"])


def go(target):
    # The view below passes the request's text.
    # ruleid: open-redirect
    return redirect(target)


@app.route("/helper")
def through_helper():
    return go(request.args["to"])


def page_of_ours(target):
    if urlparse(target).netloc:
        return "/"
    return target


@app.route("/helper/ours")
def through_checking_helper():
    # ok: open-redirect
    return redirect(page_of_ours(request.args["to"]))
