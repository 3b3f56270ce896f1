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


def checked_after_something_else():
    name = source()
    if name and is_valid(name):
        # ok: validation
        sink(name)


def checked_before_reading():
    if source() and has_name(source()):
        # ruleid: validation
        sink(source())


def contained_in_data(rows):
    name = source()
    if name in rows:
        # ruleid: validation
        sink(name)


def replaced_unless_the_host_is_ours(request):
    target = source()
    if not target or not url_has_allowed_host_and_scheme(url=target, allowed_hosts=request.get_host()):
        target = "/"
    # ok: validation
    sink(target)


def told_of_a_foreign_host(request):
    target = source()
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        # ruleid: validation
        sink(target)
