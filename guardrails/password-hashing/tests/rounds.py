import hashlib
from hashlib import pbkdf2_hmac as derive

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

OLD_ROUNDS = 1000
ROUNDS = 600_000


def old(password, salt):
    # ruleid: password-hashing-rounds
    return hashlib.pbkdf2_hmac("sha256", password, salt, 10_000)


def old_constant(password, salt):
    # ruleid: password-hashing-rounds
    return derive("sha512", password, salt, iterations=OLD_ROUNDS)


def old_key(salt):
    # ruleid: password-hashing-rounds
    return PBKDF2HMAC(algorithm=hashes.SHA256(), length=32, salt=salt, iterations=4096)


def new(password, salt):
    # ok: password-hashing-rounds
    return hashlib.pbkdf2_hmac("sha256", password, salt, 600_000)


def new_constant(password, salt):
    # ok: password-hashing-rounds
    return derive("sha512", password, salt, iterations=ROUNDS)


def new_key(salt, rounds):
    # ok: password-hashing-rounds
    return PBKDF2HMAC(algorithm=hashes.SHA256(), length=32, salt=salt, iterations=rounds)
