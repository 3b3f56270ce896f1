from flask import Blueprint, request

from codes import colour, safe_code, short_code
from models import Account

signup = Blueprint("signup", __name__)


@signup.post("/signup")
def sign_up():
    account = Account(request.form["mail"], theme=colour())
    account.confirm_by(short_code())
    return "", 201


@signup.post("/recover")
def recover():
    account = Account(request.form["mail"], theme=colour())
    account.recover_by(safe_code(length=10))
    return "", 201
