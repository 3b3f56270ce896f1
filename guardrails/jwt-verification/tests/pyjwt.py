import jwt
import jwt as tokens
from jwt import decode as read_token

UNCHECKED = {"verify_signature": False, "verify_exp": False}


def customer(token):
    # ruleid: jwt-verification
    return jwt.decode(token, options={"verify_signature": False})["sub"]


def customer_old(token, key):
    # ruleid: jwt-verification
    return tokens.decode(token, key, verify=False)["sub"]


def customer_renamed(token):
    # ruleid: jwt-verification
    return read_token(token, algorithms=["HS256"], options={"verify_exp": True, "verify_signature": False})


def customer_constant(token):
    # ruleid: jwt-verification
    return jwt.decode(token, options=UNCHECKED)


def unsigned(claims):
    # ruleid: jwt-verification-algorithm
    return jwt.encode(claims, None, algorithm="none")


def lenient(token, key):
    # ruleid: jwt-verification-algorithm
    return read_token(token, key, algorithms=["HS256", "none"])


def any_age(token, key):
    # ruleid: jwt-verification-expiry
    return jwt.decode(token, key, algorithms=["HS256"], options={"verify_exp": False})


def any_age_renamed(token, key):
    # ruleid: jwt-verification-expiry
    return tokens.decode(token, key, ["RS256"], options={"require": ["exp"], "verify_exp": False})


def any_algorithm(token, key):
    # ruleid: jwt-verification-any-algorithm
    return read_token(token, key)


def verified(token, key):
    # ok: jwt-verification, jwt-verification-algorithm, jwt-verification-expiry, jwt-verification-any-algorithm
    return jwt.decode(token, key, algorithms=["RS256"], audience="shop")


def verified_positional(token, key):
    # ok: jwt-verification, jwt-verification-any-algorithm
    return tokens.decode(token, key, ["ES256"])


def signed(claims, key):
    # ok: jwt-verification-algorithm
    return jwt.encode(claims, key, algorithm="RS256")


def key_by_issuer(token, keys):
    # ok: jwt-verification
    issuer = jwt.decode(token, options={"verify_signature": False})["iss"]
    # ok: jwt-verification-algorithm, jwt-verification-expiry
    return jwt.decode(token, keys[issuer], algorithms=["RS256"], leeway=30)


def some_options(token, key):
    # ok: jwt-verification, jwt-verification-expiry
    return jwt.decode(token, key, algorithms=["RS256"], options={"require": ["exp", "sub"]})


def text(data):
    # ok: jwt-verification-any-algorithm
    return data.decode("utf-8", "strict")
