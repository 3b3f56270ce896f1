import argparse
import os
import sqlite3
import sys

import click
from os import environ as settings


@click.command()
@click.option("--name")
def find(name):
    # ruleid: sql-injection-local
    sqlite3.connect("shop.db").execute(f"SELECT * FROM products WHERE name = '{name}'")
    # ok: sql-injection-local
    sqlite3.connect("shop.db").execute("SELECT * FROM products WHERE name = ?", (name,))


def report(cursor):
    # ruleid: sql-injection-local
    cursor.execute("SELECT * FROM orders WHERE day = '" + sys.argv[1] + "'")
    # ok: sql-injection-local
    cursor.execute("SELECT * FROM orders WHERE id = %d" % int(sys.argv[1]))


def migrate(cursor):
    arguments = argparse.ArgumentParser().parse_args()
    # ruleid: sql-injection-local
    cursor.execute("DROP TABLE {}".format(arguments.table))
    schema = settings["SHOP_SCHEMA"]
    # ruleid: sql-injection-local
    cursor.execute(f"SET search_path TO {schema}")


def connect(cursor):
    path = os.environ["SHOP_DB"]
    # ok: sql-injection-local
    sqlite3.connect(path).execute("SELECT 1")
