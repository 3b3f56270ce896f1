from flask import current_app

from shop.database import db
from shop.models import Order, OrderLine, Product


def place_order(customer, basket, card):
    """Turn the basket into a paid order."""
    lines = []
    for product_id, quantity in basket.items():
        product = db().get(Product, product_id)
        if product is not None and quantity > 0:
            lines.append(OrderLine(product=product, quantity=quantity, price=product.price))
    if not lines:
        raise ValueError("the basket is empty")
    order = Order(customer=customer, lines=lines)
    db().add(order)
    db().flush()
    gateway = current_app.extensions["shop.gateway"]
    order.payment_id = gateway.charge(card, order.total)
    order.status = "paid"
    db().commit()
    return order


def refund_order(order):
    """Give the money of a paid order back, once."""
    gateway = current_app.extensions["shop.gateway"]
    gateway.refund(order.payment_id, order.total, idempotency_key=f"refund-{order.id}")
    order.status = "refunded"
    db().commit()
