"""The office: orders, refunds, photos and the accountant's archive."""

import os

from flask import Blueprint, abort, current_app, redirect, render_template, request, send_file, url_for
from sqlalchemy import select

from shop.auth import find_customer, log_in, requires_permission
from shop.database import db
from shop.models import Order, Product
from shop.services.invoices import pack_invoices
from shop.services.orders import refund_order

admin = Blueprint("admin", __name__, url_prefix="/admin")


@admin.get("/healthz")
def healthz():
    db().execute(select(1))
    return {"ok": True}


@admin.route("/login", methods=["GET", "POST"])
def login():
    if request.method == "GET":
        return render_template("login.html")
    customer = find_customer(request.form["email"], request.form["password"])
    if customer is None or not customer.permissions:
        return render_template("login.html", message="Not a member of the office."), 401
    return log_in(redirect(url_for("admin.orders")), customer)


@admin.get("/orders")
@requires_permission("orders.read")
def orders():
    newest_first = select(Order).order_by(Order.created_at.desc())
    return render_template("admin/orders.html", orders=db().scalars(newest_first).all())


@admin.post("/orders/<int:order_id>/refund")
def refund(order_id):
    order = db().get(Order, order_id) or abort(404)
    if order.status != "paid":
        abort(409)
    refund_order(order)
    return redirect(url_for("admin.orders"))


@admin.post("/products/<int:product_id>/photo")
@requires_permission("products.write")
def set_photo(product_id):
    product = db().get(Product, product_id) or abort(404)
    upload = request.files["photo"]
    upload.save(os.path.join(current_app.config["PHOTOS"], upload.filename))
    product.photo = upload.filename
    db().commit()
    return redirect(url_for("storefront.product", product_id=product.id))


@admin.get("/invoices/<month>")
@requires_permission("orders.read")
def invoices(month):
    return send_file(pack_invoices(month), as_attachment=True)
