import logging

import flask
from flask import abort
from flask_jwt_extended import verify_jwt_in_request
from shop.auth import check_permission, require_token as needs_token
from shop.auth import verify_signature

log = logging.getLogger(__name__)


def delete_order(order, user):
    # ruleid: auth-fails-open
    try:
        check_permission(user, "orders.delete")
    except Exception:
        pass
    order.delete()


def webhook(request, auth):
    # ruleid: auth-fails-open
    try:
        body = request.get_data()
        auth.verify_signature(body, request.headers.get("X-Signature"))
    except:
        pass
    return process(request)


def export(request, auth):
    # ruleid: auth-fails-open
    try:
        auth.require_token(request)
        log.info("export")
    except (ValueError, KeyError) as error:
        pass
    return rows()


def has_access(user, order):
    # ruleid: auth-fails-open-true
    try:
        return order.owner_id == user.id
    except AttributeError:
        return True


def is_authorized(token):
    # ruleid: auth-fails-open-true
    try:
        return introspect(token)["active"]
    except Exception as error:
        log.warning("introspection failed: %s", error)
        return True


def delete_well(order, user):
    # ok: auth-fails-open
    try:
        check_permission(user, "orders.delete")
    except PermissionError:
        abort(403)
    order.delete()


def webhook_well(request, flask_request=flask.request):
    # ok: auth-fails-open
    verify_signature(flask_request.get_data(), request.headers["X-Signature"])
    return process(request)


def visitor(request):
    user = None
    # ok: auth-fails-open
    try:
        user = needs_token(request)
    except ValueError:
        pass
    return user


def any_key(keys, body, signature):
    for key in keys:
        # ok: auth-fails-open
        try:
            key.verify_signature(body, signature)
            return key
        except ValueError:
            pass
    raise PermissionError


def clean(cache):
    # ok: auth-fails-open
    try:
        cache.remove("orders")
    except KeyError:
        pass


def has_access_well(user, order):
    # ok: auth-fails-open-true
    try:
        return order.owner_id == user.id
    except AttributeError:
        return False


def has_stock(product):
    # ok: auth-fails-open-true
    try:
        return product.count() > 0
    except ConnectionError:
        return True


def is_permitted(user):
    # ok: auth-fails-open-true
    try:
        load(user)
    except LookupError:
        return False
    return True
