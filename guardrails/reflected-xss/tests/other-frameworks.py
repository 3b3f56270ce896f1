import html

from aiohttp import web
from django.http import HttpResponse as Answer
from django.http import HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from fastapi import FastAPI, Form
from fastapi.responses import HTMLResponse, PlainTextResponse

app = FastAPI()


def search(request):
    term = request.GET.get("q", "")
    if not term:
        # ok: reflected-xss
        return HttpResponseBadRequest("no term")
    if request.GET.get("plain"):
        # ok: reflected-xss
        return Answer(term, content_type="text/plain")
    # ruleid: reflected-xss
    return Answer("<h1>Results for %s</h1>" % term)


def bad_request(request):
    # ruleid: reflected-xss
    return HttpResponseBadRequest("unknown: " + request.POST["kind"])


def page(request, slug):
    # ruleid: reflected-xss
    return Answer(f"<h1>{slug}</h1>")


def badge(request):
    # ruleid: reflected-xss
    label = mark_safe("<b>" + request.GET["label"] + "</b>")
    # ok: reflected-xss
    safe = format_html("<b>{}</b>", request.GET["label"])
    return render(request, "badge.html", {"label": label, "safe": safe})


def escaped(request):
    # ok: reflected-xss
    first = Answer("<h1>" + escape(request.GET["q"]) + "</h1>")
    # ok: reflected-xss
    second = Answer(f"<h1>{html.escape(request.GET['q'])}</h1>")
    # ok: reflected-xss
    return JsonResponse({"q": request.GET["q"], "parts": [first.content, second.content]})


@app.get("/hello", response_class=HTMLResponse)
async def hello(name: str):
    # ruleid: reflected-xss
    return f"<p>Hello {name}</p>"


@app.post("/letter")
async def letter(text: str = Form()):
    # ruleid: reflected-xss
    return HTMLResponse(content="<p>" + text + "</p>")


@app.get("/plain")
async def plain(name: str):
    # ok: reflected-xss
    return PlainTextResponse("Hello " + name)


@app.get("/json")
async def as_json(name: str):
    # ok: reflected-xss
    return "Hello " + name


async def aio_hello(request: web.Request):
    name = request.match_info["name"]
    if request.query.get("plain"):
        # ok: reflected-xss
        return web.Response(text="Hello " + name)
    # ruleid: reflected-xss
    return web.Response(text="<p>Hello " + name + "</p>", content_type="text/html")
