import time

import httpx

import settings
import trace


def charge(amount, card_number):
    order = {"amount": amount, "card": card_number}
    trace.connecting(settings.gateway_url())
    trace.sent(order)
    begun = time.monotonic()
    answer = httpx.post(settings.gateway_url(), json=order, timeout=10)
    trace.answered(answer.status_code, time.monotonic() - begun)
    return answer.is_success
