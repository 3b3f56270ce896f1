from flask import Blueprint, render_template

from shop.audit import audited
from shop.auth import requires_permission

admin = Blueprint("admin", __name__, url_prefix="/admin")


@admin.get("/orders")
@requires_permission("orders.read")
# ok: admin-view-permission, admin-view-permission-order
def orders():
    return render_template("admin/orders.html")


@admin.post("/orders/<int:order_id>/refund")
# ruleid: admin-view-permission
def refund(order_id):
    return {"refunded": order_id}


@admin.route("/customers")
@audited
# ruleid: admin-view-permission
def customers():
    return render_template("admin/customers.html")


@admin.route("/customers/<int:customer_id>", methods=["DELETE"])
@audited
@requires_permission("customers.delete")
# ok: admin-view-permission, admin-view-permission-order
def delete_customer(customer_id):
    return {"deleted": customer_id}


@requires_permission("prices.write")
@admin.post("/prices")
# ruleid: admin-view-permission-order
def set_price():
    return {"ok": True}


@admin.get("/login")
# ok: admin-view-permission
def login():
    return render_template("admin/login.html")


@admin.get("/healthz")
# ok: admin-view-permission
async def healthz():
    return {"ok": True}


@admin.get("/healthz/details")
# ruleid: admin-view-permission
async def healthz_details():
    return {"queue": 3}


@admin.app_errorhandler(404)
# ok: admin-view-permission
def not_found(error):
    return "not found", 404


def total(orders):
    # ok: admin-view-permission
    return sum(order.total for order in orders)
