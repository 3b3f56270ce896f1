from flask import make_response as answer
from flask import current_app, redirect

COOKIE = "shop_session"


def login(token):
    response = redirect("/")
    # ruleid: session-cookie-flags
    response.set_cookie("session_token", token)
    return response


def login_half(token):
    response = answer("welcome")
    # ruleid: session-cookie-flags
    response.set_cookie("auth", token, httponly=True)
    return response


def login_constant(token):
    response = answer("welcome")
    # ruleid: session-cookie-flags
    response.set_cookie(COOKIE, token, secure=True, max_age=3600)
    return response


def login_off(response, token):
    # ruleid: session-cookie-flags
    response.set_cookie(key="remember_token", value=token, httponly=True, secure=False)


def login_well(response, token):
    # ok: session-cookie-flags
    response.set_cookie("session_token", token, secure=True, httponly=True, samesite="Lax")


def login_configured(response, token):
    # ok: session-cookie-flags
    response.set_cookie(COOKIE, token, httponly=True, samesite="Lax", secure=current_app.config["HTTPS"])


def login_options(response, token, options):
    # ok: session-cookie-flags
    response.set_cookie("session_token", token, **options)


def language(response, choice):
    # ok: session-cookie-flags
    response.set_cookie("language", choice)


def csrf(response, token):
    # ok: session-cookie-flags
    response.set_cookie("csrf_token", token, secure=True)
