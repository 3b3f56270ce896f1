from html import escape

from django.http import HttpResponse
from django.shortcuts import render
from fastapi.responses import HTMLResponse, PlainTextResponse
from starlette.responses import HTMLResponse as Page

FOOTER = "shop"


def order_page(order):
    # ruleid: html-response
    return HTMLResponse(f"<h1>{order.note}</h1>")


def order_page_renamed(order):
    # ruleid: html-response
    return Page(content="<h1>" + order.note)


def order_page_django(request, note):
    # ruleid: html-response
    return HttpResponse("<h1>%s</h1>" % note, status=200)


def order_page_format(note):
    # ruleid: html-response
    return HttpResponse("<h1>{}</h1>".format(note))


def well(request, order):
    # ok: html-response
    return render(request, "order.html", {"order": order})


def constant():
    # ok: html-response
    return HTMLResponse("<h1>Welcome</h1>")


def constant_hole():
    # ok: html-response
    return Page(f"<p>{FOOTER}</p>")


def escaped(order):
    # ok: html-response
    return HTMLResponse(f"<h1>{escape(order.note)}</h1>")


def text(order):
    # ok: html-response
    return PlainTextResponse(f"<{order.note}>")


def count(number):
    # ok: html-response
    return HttpResponse(f"{number} orders")
