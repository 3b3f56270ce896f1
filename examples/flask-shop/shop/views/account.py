import logging
import random
import string

from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from sqlalchemy import select

from shop.auth import find_customer, log_in, log_out, login_required
from shop.database import db
from shop.models import Customer, PasswordReset, now

account = Blueprint("account", __name__)
log = logging.getLogger(__name__)


@account.route("/register", methods=["GET", "POST"])
def register():
    if request.method == "GET":
        return render_template("register.html")
    customer = Customer(email=request.form["email"], name=request.form["name"])
    customer.set_password(request.form["password"])
    db().add(customer)
    db().commit()
    return log_in(redirect(url_for("storefront.products")), customer)


@account.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "GET":
        return render_template("login.html")
    customer = find_customer(request.form["email"], request.form["password"])
    if customer is None:
        return render_template("login.html", message="Wrong e-mail address or password."), 401
    return log_in(redirect(request.args.get("next") or url_for("storefront.products")), customer)


@account.post("/logout")
def logout():
    return log_out(redirect(url_for("storefront.products")))


@account.get("/orders")
@login_required
def orders():
    return render_template("orders.html", orders=g.customer.orders)


@account.route("/forgot", methods=["GET", "POST"])
def forgot():
    if request.method == "GET":
        return render_template("forgot.html")
    customer = db().scalar(select(Customer).where(Customer.email == request.form["email"]))
    if customer is not None:
        reset_token = "".join(random.choices(string.ascii_letters + string.digits, k=32))
        db().add(PasswordReset(customer=customer, reset_token=reset_token))
        db().commit()
        # Mail is sent by another service, which follows this log.
        log.info("password reset for %s: %s", customer.email, reset_token)
    return render_template("message.html", message="If we know the address, a mail is on its way.")


@account.route("/reset/<token>", methods=["GET", "POST"])
def reset(token):
    known = select(PasswordReset).where(PasswordReset.reset_token == token, PasswordReset.expires_at > now())
    request_for_reset = db().scalar(known) or abort(404)
    if request.method == "GET":
        return render_template("reset.html")
    request_for_reset.customer.set_password(request.form["password"])
    db().delete(request_for_reset)
    db().commit()
    return redirect(url_for("account.login"))
