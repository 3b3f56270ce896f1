from django.http import HttpResponse
from flask import current_app
from flask import make_response as answer

SECURE = False


def basket(value):
    response = answer("saved")
    # ruleid: session-cookie-flags-off
    response.set_cookie("basket", value, secure=False, httponly=True)
    return response


def csrf(request, token):
    response = HttpResponse()
    # ruleid: session-cookie-flags-off
    response.set_cookie("csrf_token", token, max_age=3600, secure=SECURE)
    return response


def any_name(response, name, value):
    # ruleid: session-cookie-flags-off
    response.set_cookie(name, value, secure=False)


def basket_well(response, value):
    # ok: session-cookie-flags-off
    response.set_cookie("basket", value, secure=True, httponly=True)


def basket_configured(response, value):
    # ok: session-cookie-flags-off
    response.set_cookie("basket", value, secure=current_app.config["SESSION_COOKIE_SECURE"])


def language(response, value):
    # ok: session-cookie-flags-off
    response.set_cookie("language", value)
