import hashlib
import hmac
import hmac as mac
from hmac import new as new_mac


def direct(key, body, received):
    # ruleid: constant-time-compare
    return hmac.new(key, body, hashlib.sha256).hexdigest() == received


def turned_round(key, body, received):
    # ruleid: constant-time-compare
    if received != mac.new(key, body, "sha256").digest():
        raise PermissionError("signature")


def kept(key, body, received):
    expected = hmac.new(key, body, hashlib.sha256).hexdigest()
    # ruleid: constant-time-compare
    return expected == received


def kept_with_prefix(key, body, received):
    expected = "sha256=" + new_mac(key, body, hashlib.sha256).hexdigest()
    # ruleid: constant-time-compare
    if received != expected:
        return False
    return True


def in_steps(key, parts, received):
    state = hmac.new(key, digestmod="sha256")
    for part in parts:
        state.update(part)
    expected = state.hexdigest()
    # ruleid: constant-time-compare
    return expected == received


def one_shot(key, body, received):
    # ruleid: constant-time-compare
    return hmac.digest(key, body, "sha256") == received


def webhook(request, expected):
    # ruleid: constant-time-compare-header
    if request.headers["X-Signature"] != expected:
        return "", 403
    return "", 204


def webhook_computed(request, key):
    expected = mac.new(key, request.data, "sha256").hexdigest()
    # ruleid: constant-time-compare
    return request.headers.get("X-Signature") == expected


def internal(request, settings):
    # ruleid: constant-time-compare-header
    return request.headers.get("X-Api-Key", "") == settings.api_key


def internal_variable(request, settings):
    token = request.headers.get("X-Auth-Token")
    # ruleid: constant-time-compare-header
    return settings.token == token


def well(key, body, received):
    expected = hmac.new(key, body, hashlib.sha256).hexdigest()
    # ok: constant-time-compare
    return hmac.compare_digest(expected, received)


def well_imported(key, body, received):
    # ok: constant-time-compare
    return mac.compare_digest(new_mac(key, body, "sha256").digest(), received)


def present(key, body):
    expected = hmac.new(key, body, "sha256").hexdigest()
    # ok: constant-time-compare
    return expected != None


def checksum(content, expected):
    # ok: constant-time-compare
    return hashlib.sha256(content).hexdigest() == expected


def webhook_well(request, expected):
    # ok: constant-time-compare-header
    return hmac.compare_digest(request.headers.get("X-Signature", ""), expected)


def content_type(request):
    # ok: constant-time-compare-header
    return request.headers.get("Content-Type") == "application/json"


def missing(request):
    # ok: constant-time-compare-header
    return request.headers.get("X-Signature") == None
