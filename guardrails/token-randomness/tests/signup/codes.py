import random
import secrets

DIGITS = "0123456789"


def short_code(length=6):
    return "".join(random.choices(DIGITS, k=length))


def safe_code(length=6):
    return "".join(secrets.choice(DIGITS) for _ in range(length))


def colour():
    return random.choice(["red", "green", "blue"])
