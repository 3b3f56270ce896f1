import shutil
import tarfile
import tarfile as tar
import zipfile
from tarfile import TarFile, fully_trusted_filter
from tarfile import open as open_tar


def unpack(upload, folder):
    # ruleid: tar-extract-filter
    tarfile.open(fileobj=upload).extractall(folder)


def unpack_context(path, folder):
    with tar.open(path) as archive:
        # ruleid: tar-extract-filter
        archive.extractall(path=folder)


def unpack_here(path):
    archive = open_tar(path, "r:gz")
    # ruleid: tar-extract-filter
    archive.extractall()


def unpack_members(path, folder, members):
    with TarFile(path) as archive:
        # ruleid: tar-extract-filter
        archive.extractall(folder, members)


def unpack_trusted(path, folder):
    with tarfile.open(path) as archive:
        # ruleid: tar-extract-filter-trusted
        archive.extractall(folder, filter="fully_trusted")


def unpack_any(path, folder):
    # ruleid: tar-extract-filter-trusted
    shutil.unpack_archive(path, folder, filter=fully_trusted_filter)


def unpack_well(path, folder):
    with tarfile.open(path) as archive:
        # ok: tar-extract-filter, tar-extract-filter-trusted
        archive.extractall(folder, filter="data")


def unpack_with_default(path, folder):
    archive = tar.open(path)
    archive.extraction_filter = tarfile.data_filter
    # ok: tar-extract-filter
    archive.extractall(folder)


def unzip(path, folder):
    with zipfile.ZipFile(path) as archive:
        # ok: tar-extract-filter
        archive.extractall(folder)


def unpack_tar_like(path, folder):
    with open_tar(path) as archive:
        # ok: tar-extract-filter-trusted
        archive.extractall(folder, filter="tar")


def choose(rows, keep):
    # ok: tar-extract-filter-trusted
    return rows.select(filter=keep)
