import random
import random as rnd
import secrets
import string
import uuid
from random import choice, choices as draw
from random import SystemRandom
from uuid import uuid1 as clock_id

import numpy as np


def forgot(customer):
    # ruleid: token-randomness
    reset_token = "".join(random.choice(string.ascii_letters) for _ in range(32))
    return reset_token


def store(session):
    # ruleid: token-randomness
    session["csrf_token"] = rnd.getrandbits(128)


class Device:
    def pair(self):
        # ruleid: token-randomness
        self.pairing_pin = random.randint(1000, 9999)


def create_account(Account):
    # ruleid: token-randomness
    return Account(name="demo", api_key=draw(string.hexdigits, k=40))


def generate_password(length):
    # ruleid: token-randomness
    return "".join(choice(string.printable) for _ in range(length))


def make_reset_code():
    # ruleid: token-randomness
    digits = np.random.randint(0, 10, size=6)
    return "".join(map(str, digits))


def session():
    # ruleid: token-randomness-uuid1
    session_id = str(uuid.uuid1())
    return session_id


def invite(Invitation):
    # ruleid: token-randomness-uuid1
    return Invitation(token=clock_id().hex)


def forgot_well(customer):
    # ok: token-randomness
    reset_token = secrets.token_urlsafe(32)
    return reset_token


def system_password():
    # ok: token-randomness
    password = "".join(SystemRandom().choice(string.printable) for _ in range(20))
    return password


def system_pin():
    # ok: token-randomness
    pin = random.SystemRandom().randint(1000, 9999)
    return pin


def pick(products):
    # ok: token-randomness
    featured = random.choice(products)
    return featured


def spinner(pinned):
    # ok: token-randomness
    spin = random.random()
    return spin + len(pinned)


def retry(call, token):
    # ok: token-randomness
    return call(token=token, delay=random.uniform(0, 1))


def order_number():
    # ok: token-randomness-uuid1
    number = uuid.uuid1()
    return number


def token_from_system():
    # ok: token-randomness-uuid1
    token = uuid.uuid4()
    return token


def session_by_system():
    # ok: token-randomness-uuid1
    session_id = secrets.token_hex(16)
    return session_id
