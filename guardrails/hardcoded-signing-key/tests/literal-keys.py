import hmac

import jwt
import jwt as tokens
from cryptography.fernet import Fernet
from itsdangerous import URLSafeTimedSerializer
from itsdangerous import URLSafeTimedSerializer as Links
from jwt import encode as sign

KEY = "9f1c3a0b7d"
PUBLIC_KEY = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE
-----END PUBLIC KEY-----"""


def token(customer):
    # ruleid: hardcoded-signing-key-literal
    return jwt.encode({"sub": customer.id}, "9f1c3a0b7d", algorithm="HS256")


def token_constant(customer):
    # ruleid: hardcoded-signing-key-literal
    return sign({"sub": customer.id}, KEY, algorithm="HS256")


def read(text):
    # ruleid: hardcoded-signing-key-literal
    return tokens.decode(text, key="9f1c3a0b7d", algorithms=["HS256"])


def vault():
    # ruleid: hardcoded-signing-key-literal
    return Fernet(b"an-example-of-a-literal-key-of-this-length0=")


def links():
    # ruleid: hardcoded-signing-key-literal
    return Links("9f1c3a0b7d", salt="reset")


def webhook(body):
    # ruleid: hardcoded-signing-key-literal
    return hmac.new(b"9f1c3a0b7d", body, "sha256").hexdigest()


def token_well(customer, key):
    # ok: hardcoded-signing-key-literal
    return jwt.encode({"sub": customer.id}, key, algorithm="HS256")


def read_well(text):
    # ok: hardcoded-signing-key-literal
    return tokens.decode(text, PUBLIC_KEY, algorithms=["ES256"])


def links_well(app):
    # ok: hardcoded-signing-key-literal
    return URLSafeTimedSerializer(app.secret_key, salt="reset")


def vault_well(settings):
    # ok: hardcoded-signing-key-literal
    return Fernet(settings.fernet_key)


def test_token():
    # ok: hardcoded-signing-key-literal
    assert jwt.encode({"sub": 1}, "only for tests", algorithm="HS256")
