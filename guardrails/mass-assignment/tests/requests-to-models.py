import json

from flask import request
from flask import request as incoming

from shop.models import Customer, Order
from shop.schemas import CustomerSchema


def register():
    # ruleid: mass-assignment
    return Customer(**request.get_json())


def register_form():
    # ruleid: mass-assignment
    return Customer(**incoming.form.to_dict())


def register_kept():
    data = request.json
    # ruleid: mass-assignment
    return Customer(active=True, **data)


def create_order(request):
    # ruleid: mass-assignment
    return Order.objects.create(owner=request.user, **json.loads(request.body))


def change(customer):
    # ruleid: mass-assignment-setattr
    for name, value in request.get_json().items():
        setattr(customer, name, value)


def change_known(customer):
    # ruleid: mass-assignment-setattr
    for name, value in incoming.form.items():
        if hasattr(customer, name):
            setattr(customer, name, value)


def register_well():
    data = request.get_json()
    # ok: mass-assignment
    return Customer(name=data["name"], email=data["email"])


def register_checked():
    # ok: mass-assignment
    checked = CustomerSchema(**request.get_json())
    # ok: mass-assignment
    return Customer(**checked.model_dump())


def search(find):
    # ok: mass-assignment
    return find(**incoming.args)


def change_well(customer):
    data = request.get_json()
    # ok: mass-assignment-setattr
    for name in ("name", "email"):
        setattr(customer, name, data[name])


def change_defaults(customer, defaults):
    # ok: mass-assignment-setattr
    for name, value in defaults.items():
        setattr(customer, name, value)


def collect():
    found = {}
    # ok: mass-assignment-setattr
    for name, value in request.args.items():
        found[name] = value
    return found
