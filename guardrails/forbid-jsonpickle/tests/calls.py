import json

import jsonpickle
import jsonpickle as jp
from jsonpickle import decode
from jsonpickle import loads as read_json
from jsonpickle.unpickler import Unpickler


def saved_basket(text):
    # ruleid: forbid-jsonpickle
    return jsonpickle.decode(text)


def saved_basket_renamed_module(text):
    # ruleid: forbid-jsonpickle
    return jp.decode(text, keys=True)


def saved_basket_imported(text):
    # ruleid: forbid-jsonpickle
    basket = decode(text)
    return basket


def saved_basket_renamed_function(text):
    # ruleid: forbid-jsonpickle
    return read_json(text)


def saved_basket_in_steps(text):
    # ruleid: forbid-jsonpickle
    return Unpickler().restore(json.loads(text))


def saved_basket_by_name(text):
    # ruleid: forbid-jsonpickle
    return getattr(jsonpickle, "decode")(text)


def plain_basket(text):
    # ok: forbid-jsonpickle
    return Basket.from_dict(json.loads(text))


def written_basket(basket):
    # ok: forbid-jsonpickle
    return jsonpickle.encode(basket, unpicklable=False)


def decoded_text(payload):
    # ok: forbid-jsonpickle
    return payload.decode("utf-8")


def other_decoder(json_codec, text):
    # ok: forbid-jsonpickle
    return json_codec.decode(text)
