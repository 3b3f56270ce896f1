import re

COLUMNS = ("name", "date")
NAME = re.compile(r"\w+")


def compared():
    column = source()
    # ruleid: validation
    sink(column)
    if column not in COLUMNS:
        raise ValueError(column)
    # ok: validation
    sink(column)


def listed():
    name = source()
    if name in ["a", "b"]:
        # ok: validation
        sink(name)


def asked():
    name = source()
    if not name.isalnum():
        return
    # ok: validation
    sink(name)


def matched():
    name = source()
    if not NAME.fullmatch(name):
        return
    # ok: validation
    sink(name)


def matches_anything():
    name = source()
    if re.match(r".*", name):
        # ruleid: validation
        sink(name)


def checked_by_name():
    name = source()
    check_name(name)
    # ok: validation
    sink(name)


def contained_in_data(rows):
    name = source()
    if name in rows:
        # ruleid: validation
        sink(name)
