import os

from Crypto.Cipher import AES
from Crypto.Cipher import AES as aes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers import modes as m
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, ChaCha20Poly1305

IV = b"0123456789abcdef"


def ecb(key):
    # ruleid: cipher-mode-ecb
    return Cipher(algorithms.AES(key), modes.ECB())


def ecb_renamed(key):
    # ruleid: cipher-mode-ecb
    return aes.new(key, aes.MODE_ECB)


def ecb_named(key):
    # ruleid: cipher-mode-ecb
    return AES.new(key, mode=AES.MODE_ECB)


def constant_iv(key):
    # ruleid: cipher-mode-fixed-nonce
    return Cipher(algorithms.AES(key), modes.CBC(IV))


def zero_iv(key):
    # ruleid: cipher-mode-fixed-nonce
    return Cipher(algorithms.AES(key), m.CTR(bytes(16)))


def zero_iv_product(key):
    # ruleid: cipher-mode-fixed-nonce
    return Cipher(algorithms.AES(key), modes.GCM(b"\x00" * 12))


def constant_nonce(key, data):
    # ruleid: cipher-mode-fixed-nonce
    return AESGCM(key).encrypt(b"unique nonce", data, None)


def constant_nonce_variable(key, data):
    cipher = ChaCha20Poly1305(key)
    # ruleid: cipher-mode-fixed-nonce
    return cipher.encrypt(b"unique nonce", data, None)


def constant_pycryptodome(key):
    # ruleid: cipher-mode-fixed-nonce
    return AES.new(key, AES.MODE_CBC, iv=b"0123456789abcdef")


def constant_positional(key):
    # ruleid: cipher-mode-fixed-nonce
    return aes.new(key, aes.MODE_CBC, IV)


def fresh(key, data):
    nonce = os.urandom(12)
    # ok: cipher-mode-fixed-nonce
    return nonce + AESGCM(key).encrypt(nonce, data, None)


def received(key, nonce):
    # ok: cipher-mode-ecb, cipher-mode-fixed-nonce
    return Cipher(algorithms.AES(key), modes.CBC(bytes(nonce)))


def gcm(key):
    # ok: cipher-mode-ecb, cipher-mode-fixed-nonce
    return AES.new(key, AES.MODE_GCM)


def fresh_cbc(key):
    # ok: cipher-mode-ecb
    return aes.new(key, aes.MODE_CBC, os.urandom(16))


def encrypt_file(vault, data):
    # ok: cipher-mode-fixed-nonce
    return vault.encrypt("customers", data)
