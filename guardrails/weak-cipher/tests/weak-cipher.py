import os

from Crypto.Cipher import AES, DES
from Crypto.Cipher import ARC4 as stream
from Cryptodome.Cipher import DES3
from cryptography.fernet import Fernet
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers import algorithms as alg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


def card_number(key, data):
    # ruleid: weak-cipher
    return DES.new(key, DES.MODE_CBC, os.urandom(8)).encrypt(data)


def card_number_stream(key, data):
    # ruleid: weak-cipher
    return stream.new(key).encrypt(data)


def card_number_triple(key, data, iv):
    # ruleid: weak-cipher
    cipher = DES3.new(key, DES3.MODE_CBC, iv)
    return cipher.encrypt(data)


def blowfish(key, iv):
    # ruleid: weak-cipher
    return Cipher(algorithms.Blowfish(key), modes.CBC(iv))


def rc4(key):
    # ruleid: weak-cipher
    return Cipher(alg.ARC4(key), mode=None)


def triple(key, iv):
    # ruleid: weak-cipher
    return Cipher(TripleDES(key), modes.CBC(iv))


def authenticated(key, data):
    # ok: weak-cipher
    return Fernet(key).encrypt(data)


def gcm(key, data):
    # ok: weak-cipher
    return AESGCM(key).encrypt(os.urandom(12), data, None)


def aes(key, iv):
    # ok: weak-cipher
    return Cipher(algorithms.AES256(key), modes.CTR(iv))


def chacha(key, nonce):
    # ok: weak-cipher
    return Cipher(alg.ChaCha20(key, nonce), mode=None)


def aes_gcm(key):
    # ok: weak-cipher
    return AES.new(key, AES.MODE_GCM)
