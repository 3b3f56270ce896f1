import sqlite3
from urllib.parse import unquote

import flask
import pandas as pd
from flask import Blueprint, abort, request
from flask import request as incoming
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import select, text

db = SQLAlchemy()
shop = Blueprint("shop", __name__)
COLUMNS = {"name": "name", "price": "price_cents"}
STATES = ("open", "paid", "sent")


@shop.route("/search")
def search():
    term = request.args.get("q", "")
    cursor = sqlite3.connect("shop.db").cursor()
    # ruleid: sql-injection
    cursor.execute("SELECT * FROM products WHERE name LIKE '%" + term + "%'")
    # ok: sql-injection
    cursor.execute("SELECT * FROM products WHERE name LIKE ?", (f"%{term}%",))
    return cursor.fetchall()


@shop.post("/orders")
def orders(cursor):
    data = incoming.get_json()
    where = []
    where.append("customer = '{}'".format(data["customer"].strip()))
    sql = "SELECT * FROM orders WHERE " + " AND ".join(where)
    # ruleid: sql-injection
    cursor.execute(sql)


@shop.route("/orders/<state>")
def orders_in_state(state):
    # ruleid: sql-injection
    return db.session.execute(text(f"SELECT * FROM orders WHERE state = '{state}'"))


@shop.route("/orders/<int:order_id>")
def order(order_id):
    # ok: sql-injection
    return db.session.execute(text(f"SELECT * FROM orders WHERE id = {order_id}"))


@shop.route("/orders/checked/<state>")
def orders_in_known_state(state):
    if state not in STATES:
        abort(404)
    # ok: sql-injection
    return db.session.execute(text(f"SELECT * FROM orders WHERE state = '{state}'"))


@shop.route("/cookie")
def from_cookie(cursor):
    last = unquote(flask.request.cookies["last_search"])
    # ruleid: sql-injection
    cursor.execute("SELECT * FROM searches WHERE term = '%s'" % last)
    # ruleid: sql-injection
    frame = pd.read_sql(f"SELECT * FROM searches WHERE term = '{last}'", cursor.connection)
    return frame


@shop.route("/filter")
def filtered():
    maximum = request.form["max"]
    # ruleid: sql-injection
    cheap = db.session.query(Product).filter(text("price < " + maximum))
    # ok: sql-injection
    fair = db.session.query(Product).filter(text("price < :maximum")).params(maximum=maximum)
    return cheap, fair


@shop.route("/kept")
def kept():
    # ruleid: sql-injection
    condition = text("name LIKE '%" + request.args["name"] + "%'")
    # ok: sql-injection
    return db.session.execute(select(Product).where(condition))


@shop.route("/select")
def selected():
    name = request.args["name"]
    # ok: sql-injection
    db.session.execute(select(Product).where(Product.name == name).limit(10))
    # ok: sql-injection
    return db.session.execute(text("SELECT * FROM products WHERE name = :name"), {"name": name})


@shop.route("/sorted")
def in_order(cursor):
    column = COLUMNS[request.args["sort"]]
    # ok: sql-injection
    cursor.execute(f"SELECT * FROM products ORDER BY {column}")
    direction = "DESC" if request.args.get("desc") == "1" else "ASC"
    # ok: sql-injection
    cursor.execute(f"SELECT * FROM products ORDER BY name {direction}")
    limit = int(request.args.get("limit", 10))
    # ok: sql-injection
    cursor.execute(f"SELECT * FROM products LIMIT {limit}")
    offset = request.args.get("offset", 0, type=int)
    # ok: sql-injection
    cursor.execute(f"SELECT * FROM products OFFSET {offset}")


@shop.route("/stored")
def stored(cursor):
    product = Product.query.filter_by(name=request.args["name"]).first()
    # ok: sql-injection
    cursor.execute(f"SELECT * FROM prices WHERE product_id = {product.id}")


@shop.route("/code")
def by_code(cursor):
    code = request.args["code"]
    if not code.isalnum():
        return "no such code", 404
    # ok: sql-injection
    cursor.execute(f"SELECT * FROM vouchers WHERE code = '{code}'")


def find_by_name(cursor, name):
    # The caller below hands the request's text in.
    # ruleid: sql-injection
    return cursor.execute("SELECT * FROM customers WHERE name = '" + name + "'")


@shop.route("/customers")
def customers(cursor):
    return find_by_name(cursor, request.args["name"])


def condition(name):
    return f"name = '{name}'"


@shop.route("/helper")
def through_helper(cursor):
    # condition() keeps the text.
    # ruleid: sql-injection
    return cursor.execute("SELECT * FROM customers WHERE " + condition(request.args["name"]))


def order_by(wish):
    return " ORDER BY " + COLUMNS.get(wish, "name")


@shop.route("/sorted")
def sorted_by(cursor):
    # ok: sql-injection
    return cursor.execute("SELECT * FROM products" + order_by(request.args["sort"]))


def find_by_id(cursor, order_id):
    # ok: sql-injection
    return cursor.execute(f"SELECT * FROM orders WHERE id = {order_id}")


@shop.route("/order")
def order(cursor):
    return find_by_id(cursor, int(request.args["id"]))
