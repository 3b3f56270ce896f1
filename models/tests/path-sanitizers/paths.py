import os
from pathlib import Path

from werkzeug.utils import safe_join, secure_filename

FOLDER = Path("/srv/files")

# ok: path-sanitizers
sink(os.path.basename(source()))
# ok: path-sanitizers
sink(secure_filename(source()))
# ok: path-sanitizers
sink(safe_join("/srv/files", source()))
# ok: path-sanitizers
sink(Path(source()).name)
# ruleid: path-sanitizers
sink(os.path.join("/srv/files", source()))
# ruleid: path-sanitizers
sink(os.path.normpath(source()))
# ruleid: path-sanitizers
sink(os.path.dirname(source()))


def compared():
    path = (FOLDER / source()).resolve()
    if not path.is_relative_to(FOLDER):
        return
    # ok: path-sanitizers
    sink(path)


def refused():
    name = source()
    if ".." in name:
        return
    # ok: path-sanitizers
    sink(name)


def prefix_only():
    path = "/srv/files/" + source()
    if path.startswith("/srv/files/"):
        # ruleid: path-sanitizers
        sink(path)


def refused_or_not():
    name = source()
    if "../" in name:
        # ruleid: path-sanitizers
        log(sink(name))
    else:
        # ok: path-sanitizers
        sink(name)
    # ruleid: path-sanitizers
    sink(name)


def refused_with_more():
    name = source()
    if not name or "../" in name or name.startswith("/"):
        raise ValueError(name)
    # ok: path-sanitizers
    sink(name)


def part_of_the_test():
    name = source()
    if len(name) > 40 and ".." in name:
        return
    # ruleid: path-sanitizers
    sink(name)


def taken_out_until_none_is_left():
    name = source()
    while ".." in name:
        name = name.replace("..", "")
    # ok: path-sanitizers
    sink(name)


def something_else_refused():
    name = source()
    if "~" in name:
        return
    # ruleid: path-sanitizers
    sink(name)
