import os
import uuid
from os.path import join as path_to
from pathlib import Path
from zipfile import ZipFile

from flask import current_app, request
from werkzeug.utils import secure_filename
from werkzeug.utils import secure_filename as cleaned


def photo():
    upload = request.files["photo"]
    # ruleid: path-traversal
    upload.save(os.path.join(current_app.config["PHOTOS"], upload.filename))


def photo_formatted():
    upload = request.files["photo"]
    # ruleid: path-traversal
    upload.save(f"/srv/photos/{upload.filename}")


def photo_kept():
    upload = request.files["photo"]
    name = upload.filename
    # ruleid: path-traversal
    upload.save(path_to("/srv/photos", name))


async def photo_async(upload):
    # ruleid: path-traversal
    with open("/srv/photos/" + upload.filename, "wb") as target:
        target.write(await upload.read())


async def photo_path(upload):
    # ruleid: path-traversal
    (Path("/srv/photos") / upload.filename).write_bytes(await upload.read())


def photo_cleaned():
    upload = request.files["photo"]
    # ok: path-traversal
    upload.save(os.path.join("/srv/photos", secure_filename(upload.filename)))


def photo_cleaned_renamed():
    upload = request.files["photo"]
    name = cleaned(upload.filename)
    # ok: path-traversal
    upload.save(path_to("/srv/photos", name))


def photo_own_name():
    upload = request.files["photo"]
    # ok: path-traversal
    upload.save(f"/srv/photos/{uuid.uuid4().hex}.jpg")


def photo_suffix():
    upload = request.files["photo"]
    # ok: path-traversal
    upload.save(f"/srv/photos/{uuid.uuid4().hex}{Path(upload.filename).suffix}")


def remember(record, upload):
    record.original_name = upload.filename
    # ok: path-traversal
    record.save()


class Report:
    def write(self, text):
        # ok: path-traversal
        with open(self.filename, "w") as target:
            target.write(text)


def read_back(report):
    # ok: path-traversal
    with open(report.filename) as source:
        return source.read()


def unpacked():
    archive = request.files["archive"]
    # ok: path-traversal
    with ZipFile(archive) as members:
        return members.namelist()


def unpacked_from_disk():
    archive = request.files["archive"]
    # ruleid: path-traversal
    with ZipFile(os.path.join("/srv/archives", archive.filename)) as members:
        return members.namelist()


def kept(form, details):
    # ok: path-traversal
    return form.save(**request.get_json())
