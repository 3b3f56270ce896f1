from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import Mapped as M

from shop.masking import MaskedString as Masked
from shop.masking import MaskedString

db = SQLAlchemy()


class PasswordReset(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    # ruleid: sensitive-columns
    reset_token = db.Column(db.String(64), nullable=False)
    # ruleid: sensitive-columns
    client_secret: M[str] = db.mapped_column(db.String(64))
    # ok: sensitive-columns
    token = db.Column(MaskedString(64), nullable=False)
    # ok: sensitive-columns
    access_token = db.Column(Masked(64))
    # ok: sensitive-columns
    email = db.Column(db.String(200))
    # ok: sensitive-columns
    used_token = db.Column(db.Boolean)
