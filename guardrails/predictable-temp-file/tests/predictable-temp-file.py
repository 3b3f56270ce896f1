import os
import tempfile
import tempfile as tmp
from tempfile import mktemp as name_for
from tempfile import NamedTemporaryFile


def export(rows):
    # ruleid: predictable-temp-file
    path = tempfile.mktemp(suffix=".csv")
    with open(path, "w") as file:
        file.writelines(rows)
    return path


def export_renamed(rows):
    # ruleid: predictable-temp-file
    return write(name_for(), rows)


def export_old(rows):
    # ruleid: predictable-temp-file
    return write(os.tempnam(), rows)


def export_well(rows):
    # ok: predictable-temp-file
    with NamedTemporaryFile("w", suffix=".csv") as file:
        file.writelines(rows)


def export_kept(rows):
    # ok: predictable-temp-file
    handle, path = tmp.mkstemp(suffix=".csv")
    os.close(handle)
    return path


def export_folder():
    # ok: predictable-temp-file
    return tmp.mkdtemp()


def other(factory):
    # ok: predictable-temp-file
    return factory.mktemp("data")
