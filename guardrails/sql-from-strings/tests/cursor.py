import sqlite3
import sqlite3 as database
from sqlite3 import connect as open_database

from alembic import op
from psycopg import sql

TABLE = "orders"
ORDER_BY = {"date": "created_at", "total": "total"}


def order(cursor, number):
    # ruleid: sql-from-strings
    cursor.execute(f"SELECT * FROM orders WHERE number = {number}")


def order_percent(cursor, number):
    # ruleid: sql-from-strings
    cursor.execute("SELECT * FROM orders WHERE number = '%s'" % number)


def order_plus(number):
    # ruleid: sql-from-strings
    return database.connect("shop.db").execute("SELECT * FROM orders WHERE number = '" + number + "'")


def order_format(connection, name):
    # ruleid: sql-from-strings
    connection.cursor().execute(
        """
        UPDATE orders
        SET name = '{}'
        """.format(name)
    )


def order_kept(path, number):
    connection = open_database(path)
    query = f"SELECT * FROM orders WHERE number = {number}"
    # ruleid: sql-from-strings
    return connection.execute(query).fetchall()


def orders(cursor, name):
    query = "SELECT * FROM orders WHERE true"
    if name:
        query += f" AND name = '{name}'"
    # ruleid: sql-from-strings
    cursor.execute(query)


def order_bound(cursor, number):
    # ok: sql-from-strings
    cursor.execute("SELECT * FROM orders WHERE number = %s", (number,))


def order_constant(cursor, number):
    # ok: sql-from-strings
    cursor.execute(f"SELECT * FROM {TABLE} WHERE number = ?", (number,))


def orders_in(cursor, numbers):
    placeholders = ", ".join("?" for _ in numbers)
    # ok: sql-from-strings
    cursor.execute(f"SELECT * FROM orders WHERE number IN ({placeholders})", numbers)


def orders_in_place(cursor, numbers):
    # ok: sql-from-strings
    cursor.execute("SELECT * FROM orders WHERE number IN (%s)" % ",".join(["%s"] * len(numbers)), numbers)


def composed(cursor, table):
    # ok: sql-from-strings
    cursor.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))


def upgrade(names):
    # ok: sql-from-strings
    op.execute("UPDATE orders SET name = '%s'" % names["old"])


def isolate(cursor, level):
    # ok: sql-from-strings
    cursor.execute(f"SET TRANSACTION ISOLATION LEVEL {level}")


def run(pool, job):
    # ok: sql-from-strings
    pool.execute(f"job {job}")


def orders_sorted(cursor, column, number):
    query = "SELECT * FROM orders WHERE number = ?"
    # ok: sql-from-strings
    cursor.execute(query, (number,))
    # ok: sql-from-strings
    return sqlite3.connect("shop.db").execute(query, (number,))
