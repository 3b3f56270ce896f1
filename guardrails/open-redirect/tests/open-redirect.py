import html

import flask
from django.http import HttpResponseRedirect
from django.shortcuts import redirect as go
from django.utils.http import url_has_allowed_host_and_scheme
from fastapi.responses import RedirectResponse
from flask import redirect, request, url_for
from flask import request as incoming


def login():
    # ruleid: open-redirect
    return redirect(request.args["next"])


def login_default():
    # ruleid: open-redirect
    return flask.redirect(incoming.args.get("next") or url_for("home"))


def login_kept():
    target = request.form.get("next", "/")
    # ruleid: open-redirect
    return redirect(target, code=303)


def login_django(request):
    # ruleid: open-redirect
    return HttpResponseRedirect(request.GET["next"])


def login_django_shortcut(request):
    # ruleid: open-redirect
    return go(request.POST.get("next", "/"))


async def login_fastapi(request):
    # ruleid: open-redirect
    return RedirectResponse(request.query_params["next"])


def login_checked():
    target = request.args.get("next", "/")
    if not is_local(target):
        target = "/"
    # ok: open-redirect
    return redirect(target)


def login_checked_django(request):
    target = request.GET.get("next", "/")
    if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        # ok: open-redirect
        return go(target)
    # ok: open-redirect
    return go("home")


def search():
    # ok: open-redirect
    return redirect(url_for("search", q=request.args["q"]))


def language():
    page = request.args.get("page")
    if page not in {"/", "/orders"}:
        page = "/"
    # ok: open-redirect
    return redirect(page)


def stored(session):
    # ok: open-redirect
    return redirect(session.pop("next", "/"))


@app.route("/escaped")
def escaped():
    # Escaped for HTML, an address leads to the same place.
    # ruleid: open-redirect
    return redirect(html.escape(request.args["to"]))
