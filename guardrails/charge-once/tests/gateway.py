import time
import uuid
from uuid import uuid4 as fresh

from shop.services.payments import PaymentGateway
from shop.services.payments import gateway
from shop.services import payments as pay


def pay_order(order, card):
    # ruleid: charge-once
    gateway.charge(card, order.total)


def pay_order_elsewhere(order, card):
    # ruleid: charge-once
    return pay.gateway.charge(card, amount=order.total, currency="EUR")


def refund_order(payment_gateway, order):
    # ruleid: charge-once
    payment_gateway.refund(order.payment_id, order.total)


class Checkout:
    def __init__(self, gateway: PaymentGateway):
        self._gateway = gateway

    def pay(self, order, card):
        # ruleid: charge-once
        return self._gateway.charge(card, order.total)

    def pay_once(self, order, card):
        # ok: charge-once, charge-once-key
        return self._gateway.charge(card, order.total, idempotency_key=f"order-{order.id}")


def pay_with_fresh_key(order, card):
    # ruleid: charge-once-key
    gateway.charge(card, order.total, idempotency_key=str(uuid.uuid4()))


def pay_with_fresh_key_renamed(order, card):
    # ruleid: charge-once-key
    gateway.charge(card, order.total, idempotency_key=f"order-{fresh()}")


def pay_with_time(order, card):
    # ruleid: charge-once-key
    gateway.charge(card, order.total, idempotency_key=f"{order.id}-{time.time()}")


def pay_with_constant(order, card):
    # ruleid: charge-once-key
    gateway.charge(card, order.total, idempotency_key="order")


def pay_without_key(order, card):
    # ruleid: charge-once-key
    gateway.refund(order.payment_id, order.total, idempotency_key=None)


def pay_order_once(order, card):
    # ok: charge-once, charge-once-key
    gateway.charge(card, order.total, idempotency_key=f"order-{order.id}")


def pay_with_stored_key(order, card):
    # ok: charge-once, charge-once-key
    pay.gateway.charge(card, order.total, currency="EUR", idempotency_key=order.payment_key)


def pay_with_options(order, card, options):
    # ok: charge-once
    gateway.charge(card, order.total, **options)


def charge_battery(battery):
    # ok: charge-once
    battery.charge(80)


def look_up(order):
    # ok: charge-once
    return gateway.status(order.payment_id)
