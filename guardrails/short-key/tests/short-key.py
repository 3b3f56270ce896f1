from Crypto.PublicKey import RSA
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric import ec as curves
from cryptography.hazmat.primitives.asymmetric.dsa import generate_private_key as new_dsa_key
from paramiko import RSAKey

OLD_SIZE = 1024
SIZE = 1024 * 3


def invoice_key():
    # ruleid: short-key
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def invoice_key_positional():
    # ruleid: short-key
    return rsa.generate_private_key(65537, OLD_SIZE)


def dsa_key():
    # ruleid: short-key
    return new_dsa_key(key_size=1024)


def pycryptodome_key():
    # ruleid: short-key
    return RSA.generate(1536)


def host_key():
    # ruleid: short-key
    return RSAKey.generate(bits=1024)


def old_curve():
    # ruleid: short-key-curve
    return ec.generate_private_key(ec.SECP192R1())


def old_binary_curve():
    # ruleid: short-key-curve
    return curves.generate_private_key(curves.SECT163K1())


def long_key():
    # ok: short-key
    return rsa.generate_private_key(public_exponent=65537, key_size=SIZE)


def usual_key():
    # ok: short-key
    return RSA.generate(2048)


def configured_key(size):
    # ok: short-key
    return rsa.generate_private_key(65537, size)


def curve():
    # ok: short-key-curve
    return ec.generate_private_key(ec.SECP256R1())


def large_curve():
    # ok: short-key-curve
    return curves.generate_private_key(curves.SECP521R1())


def modern():
    # ok: short-key, short-key-curve
    return ed25519.Ed25519PrivateKey.generate()
