import hashlib
import hmac

from flask import Blueprint, abort, request
from sqlalchemy import select

from shop.database import db
from shop.models import Order, Partner

webhooks = Blueprint("webhooks", __name__, url_prefix="/webhooks")


@webhooks.post("/payments")
def payment_event():
    """The payment provider tells us what became of a payment."""
    partner = db().scalar(select(Partner).where(Partner.name == "payments")) or abort(404)
    expected = hmac.new(partner.webhook_secret.encode(), request.get_data(), hashlib.sha256).hexdigest()
    if request.headers.get("X-Signature") != expected:
        abort(403)
    event = request.get_json()
    order = db().scalar(select(Order).where(Order.payment_id == event["payment"])) or abort(404)
    if event["type"] == "failed":
        order.status = "open"
        db().commit()
    return "", 204
