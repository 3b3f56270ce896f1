import base64
import hashlib
import hashlib as h
from hashlib import sha256 as digest
from hashlib import scrypt

import bcrypt
from werkzeug.security import generate_password_hash


def register(password):
    # ruleid: password-hashing
    return hashlib.md5(password.encode()).hexdigest()


def register_salted(user, salt):
    # ruleid: password-hashing
    return h.sha512((salt + user.password).encode("utf-8")).hexdigest()


def register_renamed(new_password):
    # ruleid: password-hashing
    return digest(bytes(new_password, "utf-8")).digest()


def register_named(passwd):
    # ruleid: password-hashing
    return hashlib.new("sha256", passwd.encode()).hexdigest()


def register_in_steps(password):
    state = hashlib.sha1()
    # ruleid: password-hashing
    state.update(password.encode())
    return state.hexdigest()


def register_well(password):
    # ok: password-hashing
    return generate_password_hash(password)


def register_scrypt(password, salt):
    # ok: password-hashing
    return scrypt(password.encode(), salt=salt, n=2**14, r=8, p=1)


def register_long(password):
    # ok: password-hashing
    return bcrypt.hashpw(base64.b64encode(hashlib.sha256(password.encode()).digest()), bcrypt.gensalt())


def known_leak(password):
    # ok: password-hashing
    return hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest()[:5]


def checksum(content):
    # ok: password-hashing
    return hashlib.sha256(content).hexdigest()


def reset_link_digest(password_reset_token):
    # ok: password-hashing
    return hashlib.sha256(password_reset_token.encode()).hexdigest()
