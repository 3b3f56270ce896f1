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
