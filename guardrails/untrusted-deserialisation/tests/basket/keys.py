import hashlib
import hmac
import os


def signature_of(data):
    return hmac.new(os.environb[b"BASKET_KEY"], data, hashlib.sha256).hexdigest()
