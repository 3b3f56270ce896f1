import flask as web
from flask import abort
from flask_login import current_user as visitor
from werkzeug.security import check_password_hash


def delete_order(order, user):
    # ruleid: assert-authorization
    assert user.is_admin
    order.delete()


def change_order(order, user):
    # ruleid: assert-authorization
    assert user.has_perm("orders.change"), "not allowed"
    order.touch()


def read_order(order):
    # ruleid: assert-authorization
    assert visitor.is_authenticated and order.open
    return order


def own_order(order, user):
    # ruleid: assert-authorization
    assert order.owner == user
    return order


def delete_well(order, user):
    # ok: assert-authorization
    if not user.is_admin:
        abort(403)
    order.delete()


def typed(user):
    # ok: assert-authorization
    assert user is not None
    # ok: assert-authorization
    assert isinstance(user, Customer), "a customer"
    return user


def positive(total):
    # ok: assert-authorization
    assert total >= 0, "the caller has summed the items"
    return total


def test_admin(client, user):
    # ok: assert-authorization
    assert user.is_admin
    # ok: assert-authorization
    assert check_password_hash(user.password_hash, "secret")


class OrderTests:
    def orders(self, user):
        # ok: assert-authorization
        assert user.is_staff, web.request.path
