from fastapi import APIRouter
from flask import Blueprint
from flask_jwt_extended import jwt_required
from flask_login import login_required
from flask_login import login_required as signed_in

from shop.auth import require_role, roles_required
from shop.timing import timed

account = Blueprint("account", __name__)
router = APIRouter()


@login_required
@account.route("/orders")
# ruleid: auth-decorator-order
def orders():
    return {}


@roles_required("admin")
@account.post("/orders/<int:number>/cancel")
# ruleid: auth-decorator-order
def cancel(number):
    return {}


@jwt_required()
@timed
@router.get("/api/orders")
# ruleid: auth-decorator-order
async def api_orders():
    return {}


@account.route("/address")
@login_required
# ok: auth-decorator-order
def address():
    return {}


@account.route("/phone", methods=["POST"])
@timed
@signed_in
# ok: auth-decorator-order
def phone():
    return {}


@timed
@account.get("/help")
# ok: auth-decorator-order
def help_page():
    return {}


@account.get("/mail")
@require_role("customer")
# ok: auth-decorator-order
def mail():
    return {}


@login_required
# ok: auth-decorator-order
def current_orders():
    return []
