"""The payment provider, behind one interface."""

import uuid

import requests


class PaymentGateway:
    """Charges and refunds through the provider.

    The provider ignores a second request with the same idempotency key, so a repeated click costs nobody twice.
    """

    def __init__(self, url, key):
        self.url = url
        self.headers = {"Authorization": f"Bearer {key}"}

    def charge(self, card, amount, idempotency_key=None):
        """Take the amount from the card; the id of the payment."""
        response = requests.post(
            f"{self.url}/charges",
            json={"card": card, "amount": str(amount)},
            headers={**self.headers, "Idempotency-Key": idempotency_key or uuid.uuid4().hex},
            timeout=10,
        )
        response.raise_for_status()
        return response.json()["id"]

    def refund(self, payment_id, amount, idempotency_key=None):
        """Give the amount back."""
        response = requests.post(
            f"{self.url}/payments/{payment_id}/refunds",
            json={"amount": str(amount)},
            headers={**self.headers, "Idempotency-Key": idempotency_key or uuid.uuid4().hex},
        )
        response.raise_for_status()


class SandboxGateway:
    """Takes no money; remembers what it was asked."""

    def __init__(self):
        self.calls = []

    def charge(self, card, amount, idempotency_key=None):
        self.calls.append(("charge", card, amount, idempotency_key))
        return f"sandbox-{len(self.calls)}"

    def refund(self, payment_id, amount, idempotency_key=None):
        self.calls.append(("refund", payment_id, amount, idempotency_key))


def make_gateway(config):
    if config["PAYMENT_URL"]:
        return PaymentGateway(config["PAYMENT_URL"], config["PAYMENT_KEY"])
    return SandboxGateway()
