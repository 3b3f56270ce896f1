from datetime import datetime
from typing import Optional

import sqlalchemy.orm as so
from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, LargeBinary, String
from sqlalchemy import Column as C
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.orm import mapped_column as column

from shop import masking
from shop.database import Base
from shop.masking import MaskedString, MaskedStr


class LoginSession(Base):
    __tablename__ = "login_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    # ok: sensitive-columns
    token: Mapped[str] = mapped_column(MaskedString(64), unique=True)
    # ok: sensitive-columns
    refresh_token: Mapped[str | None] = mapped_column(masking.MaskedString(64))
    # ok: sensitive-columns
    token_expires_at: Mapped[datetime]
    # ok: sensitive-columns
    token_count: Mapped[int] = mapped_column(default=0)


class ApiSession(Base):
    __tablename__ = "api_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    # ruleid: sensitive-columns
    token: Mapped[str] = mapped_column(String(64), unique=True)
    # ruleid: sensitive-columns
    refresh_token: Mapped[str] = column(String(64))
    # ruleid: sensitive-columns
    csrf_secret: Mapped[Optional[str]]
    # ruleid: sensitive-columns
    device_token: so.Mapped[str] = so.mapped_column(so.String(200))
    # ruleid: sensitive-columns
    otp: so.Mapped[str]


class Customer(Base):
    __tablename__ = "customers"

    id = Column(Integer, primary_key=True)
    # ruleid: sensitive-columns
    password_hash = Column(String(200), nullable=False)
    # ruleid: sensitive-columns
    totp_seed = C(LargeBinary(20))
    # ruleid: sensitive-columns
    api_key = Column("key", String(40))
    # ok: sensitive-columns
    recovery_code = Column(MaskedString(16))
    # ok: sensitive-columns
    session_key = C("session_key", masking.MaskedString(40))
    # ok: sensitive-columns
    password_changed_at = Column(DateTime)
    # ok: sensitive-columns
    has_password = Column(Boolean, default=False)
    # ok: sensitive-columns
    active_session_id = Column(ForeignKey("login_sessions.id"))
    # ok: sensitive-columns
    has_secret: Mapped[bool]
    # ok: sensitive-columns
    reset_token: Mapped[MaskedStr]
    # ok: sensitive-columns
    access_token: Mapped["LoginSession"] = relationship()
    # ok: sensitive-columns
    secretary = Column(String(80))


class Preferences:
    # ok: sensitive-columns
    token: str = "demo"


def first_column(token):
    # ok: sensitive-columns
    token = Column(String(64))
    return token
