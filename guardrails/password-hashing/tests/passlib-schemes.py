import passlib.hash as schemes
from passlib.hash import argon2, bcrypt, md5_crypt
from passlib.hash import hex_sha256 as plain_digest


def register(password):
    # ruleid: password-hashing-passlib
    return md5_crypt.hash(password)


def register_unsalted(password):
    # ruleid: password-hashing-passlib
    return plain_digest.hash(password)


def register_renamed(password):
    # ruleid: password-hashing-passlib
    return schemes.nthash.hash(password)


def register_well(password):
    # ok: password-hashing-passlib
    return argon2.hash(password)


def register_bcrypt(password):
    # ok: password-hashing-passlib
    return bcrypt.using(rounds=13).hash(password)


def check_old(password, stored):
    # ok: password-hashing-passlib
    return md5_crypt.verify(password, stored)
