from datetime import datetime, timedelta, timezone
from decimal import Decimal

from sqlalchemy import ForeignKey, Numeric, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.security import check_password_hash, generate_password_hash

from shop.database import Base
from shop.masking import MaskedString


def now():
    return datetime.now(timezone.utc).replace(tzinfo=None)


class Customer(Base):
    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    password_hash: Mapped[str] = mapped_column(MaskedString(200))
    password_changed_at: Mapped[datetime] = mapped_column(default=now)
    # What a member of the shop's office may do, separated by blanks; empty for customers.
    permissions: Mapped[str] = mapped_column(String(200), default="")
    orders: Mapped[list["Order"]] = relationship(back_populates="customer")

    def set_password(self, password):
        self.password_hash = generate_password_hash(password)
        self.password_changed_at = now()

    def has_password(self, password):
        return check_password_hash(self.password_hash, password)

    def may(self, permission):
        return permission in self.permissions.split()


class WebSession(Base):
    """A login in a browser; the token is the cookie's value."""

    __tablename__ = "web_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    token: Mapped[str] = mapped_column(MaskedString(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(default=lambda: now() + timedelta(days=14))
    customer: Mapped[Customer] = relationship()


class ApiSession(Base):
    """A login of the mobile app; the token is sent as a bearer token."""

    __tablename__ = "api_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    device: Mapped[str] = mapped_column(String(100))
    token: Mapped[str] = mapped_column(String(64), unique=True)
    customer: Mapped[Customer] = relationship()


class PasswordReset(Base):
    __tablename__ = "password_resets"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    reset_token: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime] = mapped_column(default=lambda: now() + timedelta(hours=1))
    customer: Mapped[Customer] = relationship()


class Partner(Base):
    """A company that calls us, such as the payment provider."""

    __tablename__ = "partners"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True)
    webhook_secret: Mapped[str] = mapped_column(String(64))


class Product(Base):
    __tablename__ = "products"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str] = mapped_column(String(1000), default="")
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    photo: Mapped[str | None] = mapped_column(String(200))


class Order(Base):
    __tablename__ = "orders"

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    created_at: Mapped[datetime] = mapped_column(default=now)
    status: Mapped[str] = mapped_column(String(20), default="open")
    payment_id: Mapped[str | None] = mapped_column(String(50))
    customer: Mapped[Customer] = relationship(back_populates="orders")
    lines: Mapped[list["OrderLine"]] = relationship(back_populates="order")

    @property
    def total(self):
        return sum(line.quantity * line.price for line in self.lines)


class OrderLine(Base):
    __tablename__ = "order_lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    quantity: Mapped[int]
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    order: Mapped[Order] = relationship(back_populates="lines")
    product: Mapped[Product] = relationship()


def add_samples(session):
    """Three products and one administrator, unless there are products already."""
    if session.scalar(select(Product.id).limit(1)):
        return
    session.add_all(
        [
            Product(name="Teapot", description="Holds one litre.", price=24),
            Product(name="Cup", description="Fits the teapot.", price=6),
            Product(name="Tin of tea", description="A hundred grams of Assam.", price=9),
        ]
    )
    office = Customer(email="office@shop.example", name="Office", permissions="orders.read orders.refund products.write")
    office.set_password("change me")
    session.add(office)
