from authlib.jose import jwt as authlib_jwt
from google.auth import jwt as google_jwt
from jose import jwt
from jose import jwt as jose_jwt


def claims(token):
    # ruleid: jwt-verification
    return jwt.get_unverified_claims(token)


def unchecked(token, key):
    # ruleid: jwt-verification
    return jose_jwt.decode(token, key, algorithms=["RS256"], options={"verify_signature": False})


def any_algorithm(token, key):
    # ruleid: jwt-verification-any-algorithm
    return jwt.decode(token, key)


def any_algorithm_renamed(token, key):
    # ruleid: jwt-verification-any-algorithm
    return jose_jwt.decode(token, key, audience="shop")


def checked(token, key):
    # ok: jwt-verification, jwt-verification-any-algorithm
    return jwt.decode(token, key, algorithms=["RS256"])


def checked_by_authlib(token, key):
    # ok: jwt-verification-any-algorithm
    return authlib_jwt.decode(token, key)


def checked_by_google(token, certificates):
    # ok: jwt-verification-any-algorithm
    return google_jwt.decode(token, certificates)


def header(token):
    # ok: jwt-verification
    return jwt.get_unverified_header(token)
