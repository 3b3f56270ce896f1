from functools import partial

import jsonpickle
from jsonpickle import decode as thaw
from json import loads

# ruleid: forbid-jsonpickle
READERS = {"basket": jsonpickle.decode}

# ruleid: forbid-jsonpickle
read_with_keys = partial(thaw, keys=True)

# ok: forbid-jsonpickle
read_plain = partial(loads, parse_float=str)


def all_baskets(rows):
    # ruleid: forbid-jsonpickle
    return list(map(thaw, rows))


def wrapped(text, reader):
    # ok: forbid-jsonpickle
    return reader(text)


def wrapped_at_call(text):
    # ruleid: forbid-jsonpickle
    return wrapped(text, reader=jsonpickle.loads)


def all_plain_baskets(rows):
    # ok: forbid-jsonpickle
    return [Basket.from_dict(row) for row in map(loads, rows)]
