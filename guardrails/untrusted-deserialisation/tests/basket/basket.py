import base64
import hmac
import json
import pickle

from keys import signature_of


def unpack(cookie):
    # ruleid: untrusted-deserialisation
    return pickle.loads(base64.urlsafe_b64decode(cookie))


def unpack_signed(cookie):
    signature, data = cookie[:64], base64.urlsafe_b64decode(cookie[64:])
    if not hmac.compare_digest(signature, signature_of(data)):
        raise ValueError("the basket was changed")
    # ok: untrusted-deserialisation
    return pickle.loads(data)


def unpack_json(cookie):
    # ok: untrusted-deserialisation
    return json.loads(base64.urlsafe_b64decode(cookie))


def unpack_stored(row):
    # ok: untrusted-deserialisation
    return pickle.loads(row.contents)
