import sqlite3
from pathlib import Path

DATABASE = Path("/var/lib/archive/index.db")


def rows_named(name):
    with sqlite3.connect(DATABASE) as connection:
        # ruleid: sql-injection-local
        return connection.execute("SELECT path FROM files WHERE name = '%s'" % name).fetchall()


def forget(name):
    with sqlite3.connect(DATABASE) as connection:
        # ok: sql-injection-local
        connection.execute("DELETE FROM files WHERE name = ?", (name,))


def newest(count):
    with sqlite3.connect(DATABASE) as connection:
        # ok: sql-injection-local
        return connection.execute(f"SELECT path FROM files ORDER BY added DESC LIMIT {count}").fetchall()
