"""What the mobile app calls."""

import secrets

from flask import Blueprint, abort, g, request

from shop.auth import find_customer
from shop.database import db
from shop.models import ApiSession

api = Blueprint("api", __name__, url_prefix="/api")


@api.post("/login")
def login():
    body = request.get_json()
    customer = find_customer(body["email"], body["password"]) or abort(401)
    session = ApiSession(customer=customer, device=body.get("device", ""), token=secrets.token_urlsafe(32))
    db().add(session)
    db().commit()
    return {"token": session.token}


@api.get("/orders")
def orders():
    if g.customer is None:
        abort(401)
    return {"orders": [{"id": order.id, "total": float(order.total), "status": order.status} for order in g.customer.orders]}
