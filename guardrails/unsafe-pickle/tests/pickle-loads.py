import hmac
import io
import json
import marshal
import pickle
import pickle as pk
from copy import deepcopy
from pickle import loads as thaw

import dill


def job_from_queue(message):
    # ruleid: unsafe-pickle
    return thaw(message.body)


def cached(number):
    # ruleid: unsafe-pickle
    return pk.loads(redis.get(f"basket:{number:d}"))


def left_by_anybody():
    with open("/tmp/prices.pickle", "rb") as file:
        # ruleid: unsafe-pickle
        return pk.load(file)


def own_file():
    with open("/var/lib/shop/prices.pickle", "rb") as file:
        # ok: unsafe-pickle
        return pk.load(file)


def signed(data, signature):
    if not hmac.compare_digest(sign(data), signature):
        raise ValueError(signature)
    # ok: unsafe-pickle
    return pickle.loads(data)


def streamed(file):
    # ruleid: unsafe-pickle
    return pickle.Unpickler(file).load()


def function_from(text):
    # ruleid: unsafe-pickle
    return dill.loads(text)


def code_from(data):
    # ruleid: unsafe-pickle
    return marshal.loads(data)


def plain(request):
    # ok: unsafe-pickle
    return json.loads(request.cookies["basket"])


def copied(order):
    # ok: unsafe-pickle
    return pickle.loads(pickle.dumps(order))


def copied_in_steps(order):
    data = pk.dumps(order)
    # ok: unsafe-pickle
    return pk.loads(data)


def frozen(order):
    # ok: unsafe-pickle
    return pickle.dumps(deepcopy(order))


class PriceUnpickler(pickle.Unpickler):
    def find_class(self, module, name):
        if (module, name) != ("shop.prices", "Price"):
            raise pickle.UnpicklingError(name)
        return super().find_class(module, name)

    def read(data):
        # ok: unsafe-pickle
        return pickle.Unpickler(io.BytesIO(data)).load()


def other_loader(yaml_reader, text):
    # ok: unsafe-pickle
    return yaml_reader.load(text)


def body_of(message):
    return message.payload.strip()


def job_by_helper(message):
    # ruleid: unsafe-pickle
    return pk.loads(body_of(message))


def verified(data, signature):
    if not hmac.compare_digest(sign(data), signature):
        raise ValueError(signature)
    return data


def signed_by_helper(data, signature):
    # ok: unsafe-pickle
    return pk.loads(verified(data, signature))
