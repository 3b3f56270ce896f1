import json
import os.path
import posixpath
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urljoin, urlparse

import yaml


def data():
    # ruleid: carriers
    sink(json.loads(source())["name"])
    # ruleid: carriers
    sink(json.dumps({"name": source()}))
    # ruleid: carriers
    sink(yaml.safe_load(source()))


def addresses():
    # ruleid: carriers
    sink(urlparse(source()).path)
    # ruleid: carriers
    sink(parse_qs(source())["q"])
    # ruleid: carriers
    sink(unquote(source()))
    # ruleid: carriers
    sink(urljoin("https://example.com/", source()))
    # ok: carriers
    sink(quote(source()))


def paths():
    # ruleid: carriers
    sink(os.path.join("/srv", source()))
    # ruleid: carriers
    sink(Path("/srv") / source())
    # ruleid: carriers
    sink(Path("/srv").joinpath(source()).resolve())
    # ruleid: carriers
    sink(Path(source()).with_suffix(".txt"))
    # ok: carriers
    sink(os.path.exists(source()))
    # ok: carriers
    sink(os.path.getsize(source()))
