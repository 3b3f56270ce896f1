import tarfile

import py7zr
from py7zr import SevenZipFile as Archive


def unpack(path):
    with py7zr.SevenZipFile(path, "r") as archive:
        # ruleid: archive-members
        archive.extractall()


def unpack_renamed(path, folder):
    archive = Archive(path)
    # ruleid: archive-members
    archive.extractall(folder)


def unpack_checked(path):
    with py7zr.SevenZipFile(path, "r") as archive:
        # ok: archive-members
        archive.extract(targets=safe_members(archive))


def pack(path, folder):
    with py7zr.SevenZipFile(path, "w") as archive:
        # ok: archive-members
        archive.writeall(folder, "games")


def unpack_other(path, text, pattern):
    # ok: archive-members
    pattern.extractall(text)
    with tarfile.open(path) as archive:
        # ok: archive-members
        archive.extractall(filter="data")
