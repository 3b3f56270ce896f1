import hashlib
import random
import random as rnd
import secrets
from random import choices as draw

ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789"


def forgot(customer, send):
    letters = [rnd.choice(ALPHABET) for _ in range(20)]
    drawn = random.randint(0, 10**6)
    text = str(drawn).zfill(6)
    # ruleid: token-randomness-flow
    customer.reset_code = text
    send(customer, letters)


def remember(response, session):
    number = random.getrandbits(128)
    value = hashlib.sha256(str(number).encode()).hexdigest()
    # ruleid: token-randomness-flow
    response.set_cookie("remember_me", value, secure=True, httponly=True)
    # ruleid: token-randomness-flow
    session["csrf_token"] = value


def create(User):
    first = "".join(draw(ALPHABET, k=12))
    # ruleid: token-randomness-flow
    user = User(name="anna", password=first)
    # ruleid: token-randomness-flow
    user.set_password(first)
    return user


def forgot_well(customer):
    drawn = secrets.token_urlsafe(32)
    # ok: token-randomness-flow
    customer.reset_code = drawn


def shuffle(page):
    drawn = random.randint(0, 10)
    # ok: token-randomness-flow
    page.position = drawn
    # ok: token-randomness-flow
    page.set_cookie("variant", str(drawn))


def remembered(user, page):
    drawn = str(random.getrandbits(64))
    # ruleid: token-randomness-flow
    remember_tokens[user.name] = drawn
    page.user_sessions[user.name] = {
        # ok: token-randomness-flow
        "opened": user.name,
    }
    # ok: token-randomness-flow
    page.positions[user.name] = drawn


def looked_up(customer, store):
    number = random.randint(0, 10)
    # ok: token-randomness-flow
    customer.token = store.token_of(number)


def named(customer):
    # ruleid: token-randomness
    token = "".join(random.choice(ALPHABET) for _ in range(20))
    # ok: token-randomness-flow
    customer.access_token = token


def code():
    number = random.randint(0, 10**6)
    return f"{number:06}"


def confirm(customer):
    # code() gives back what it has drawn.
    # ruleid: token-randomness-flow
    customer.confirmation_code = code()


def unguessable_code():
    number = secrets.randbelow(10**6)
    return f"{number:06}"


def confirm_well(customer):
    # ok: token-randomness-flow
    customer.confirmation_code = unguessable_code()
