import os
import uuid
from os.path import join as path_to
from pathlib import Path

from flask import current_app, request
from werkzeug.utils import secure_filename
from werkzeug.utils import secure_filename as cleaned


def photo():
    upload = request.files["photo"]
    # ruleid: upload-filename
    upload.save(os.path.join(current_app.config["PHOTOS"], upload.filename))


def photo_formatted():
    upload = request.files["photo"]
    # ruleid: upload-filename
    upload.save(f"/srv/photos/{upload.filename}")


def photo_kept():
    upload = request.files["photo"]
    name = upload.filename
    # ruleid: upload-filename
    upload.save(path_to("/srv/photos", name))


async def photo_async(upload):
    # ruleid: upload-filename
    with open("/srv/photos/" + upload.filename, "wb") as target:
        target.write(await upload.read())


async def photo_path(upload):
    # ruleid: upload-filename
    (Path("/srv/photos") / upload.filename).write_bytes(await upload.read())


def photo_cleaned():
    upload = request.files["photo"]
    # ok: upload-filename
    upload.save(os.path.join("/srv/photos", secure_filename(upload.filename)))


def photo_cleaned_renamed():
    upload = request.files["photo"]
    name = cleaned(upload.filename)
    # ok: upload-filename
    upload.save(path_to("/srv/photos", name))


def photo_own_name():
    upload = request.files["photo"]
    # ok: upload-filename
    upload.save(f"/srv/photos/{uuid.uuid4().hex}.jpg")


def photo_suffix():
    upload = request.files["photo"]
    # ok: upload-filename
    upload.save(f"/srv/photos/{uuid.uuid4().hex}{Path(upload.filename).suffix}")


def remember(record, upload):
    record.original_name = upload.filename
    # ok: upload-filename
    record.save()


class Report:
    def write(self, text):
        # ok: upload-filename
        with open(self.filename, "w") as target:
            target.write(text)


def read_back(upload):
    # ok: upload-filename
    with open(upload.filename) as source:
        return source.read()
