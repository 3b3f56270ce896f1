import sqlalchemy as sa
from sqlalchemy import select, text
from sqlalchemy import text as raw
from sqlalchemy.sql import literal_column

from shop.models import Product

COLUMNS = "id, name"


def search(session, term):
    # ruleid: sql-from-strings-sqlalchemy
    return session.execute(text(f"SELECT id FROM products WHERE name LIKE '%{term}%'"))


def search_renamed(session, term):
    # ruleid: sql-from-strings-sqlalchemy
    return session.execute(raw("SELECT id FROM products WHERE name = '%s'" % term))


def search_module(session, term):
    # ruleid: sql-from-strings-sqlalchemy
    return session.query(Product).filter(sa.text("name = '" + term + "'"))


def search_kept(session, term):
    condition = "name = '{}'".format(term)
    # ruleid: sql-from-strings-sqlalchemy
    return session.execute(select(Product).where(text(condition)))


def sorted_by(column):
    # ruleid: sql-from-strings-sqlalchemy
    return select(Product).order_by(literal_column(f"lower({column})"))


def search_bound(session, term):
    # ok: sql-from-strings-sqlalchemy
    return session.execute(text("SELECT id FROM products WHERE name = :name"), {"name": term})


def search_constant(session):
    # ok: sql-from-strings-sqlalchemy
    return session.execute(raw(f"SELECT {COLUMNS} FROM products"))


def search_orm(session, term):
    # ok: sql-from-strings-sqlalchemy
    return session.scalars(select(Product).where(Product.name.contains(term, autoescape=True)))


def read(page, name):
    # ok: sql-from-strings-sqlalchemy
    return page.text(f"#{name}")
