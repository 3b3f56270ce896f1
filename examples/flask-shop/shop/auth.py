"""Who is calling, and what they may do."""

import functools
import secrets

from flask import abort, g, redirect, request, url_for
from sqlalchemy import select

from shop.database import db
from shop.models import ApiSession, Customer, WebSession, now

SESSION_COOKIE = "shop_session"


def find_customer(email, password):
    """The customer with this login, or None."""
    customer = db().scalar(select(Customer).where(Customer.email == email))
    return customer if customer and customer.has_password(password) else None


def log_in(response, customer):
    """Open a session for the browser that gets this response."""
    session = WebSession(customer=customer, token=secrets.token_urlsafe(32))
    db().add(session)
    db().commit()
    response.set_cookie(SESSION_COOKIE, session.token, max_age=14 * 24 * 3600, httponly=True, samesite="Lax")
    return response


def log_out(response):
    session = db().scalar(select(WebSession).where(WebSession.token == request.cookies.get(SESSION_COOKIE, "")))
    if session is not None:
        db().delete(session)
        db().commit()
    response.delete_cookie(SESSION_COOKIE)
    return response


def visitor():
    """The customer whose session cookie or bearer token came with this request, or None."""
    if request.authorization and request.authorization.type == "bearer":
        session = db().scalar(select(ApiSession).where(ApiSession.token == request.authorization.token))
        return session.customer if session else None
    cookie = request.cookies.get(SESSION_COOKIE)
    if not cookie:
        return None
    session = db().scalar(select(WebSession).where(WebSession.token == cookie, WebSession.expires_at > now()))
    return session.customer if session else None


def login_required(view):
    @functools.wraps(view)
    def guarded(*args, **kwargs):
        if g.customer is None:
            return redirect(url_for("account.login", next=request.path))
        return view(*args, **kwargs)

    return guarded


def requires_permission(permission):
    """Only for members of the office who hold the permission."""

    def decorate(view):
        @functools.wraps(view)
        def guarded(*args, **kwargs):
            if g.customer is None or not g.customer.may(permission):
                abort(403)
            return view(*args, **kwargs)

        return guarded

    return decorate
