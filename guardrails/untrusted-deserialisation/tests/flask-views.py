import base64
import hmac
import io
import json
import pickle
import pickle as serializer
from pickle import loads as thaw

import yaml
from flask import Flask, abort, request
from itsdangerous import URLSafeSerializer
from ruamel.yaml import YAML

app = Flask(__name__)
cookies = URLSafeSerializer(app.config["SECRET_KEY"])


@app.route("/basket")
def basket():
    saved = request.cookies.get("basket")
    # ruleid: untrusted-deserialisation
    first = pickle.loads(base64.b64decode(saved))
    # ruleid: untrusted-deserialisation
    second = thaw(bytes.fromhex(saved))
    # ok: untrusted-deserialisation
    third = json.loads(base64.b64decode(saved))
    # ok: untrusted-deserialisation
    fourth = cookies.loads(saved)
    return str([first, second, third, fourth])


@app.post("/import")
def imported():
    upload = request.files["file"]
    # ruleid: untrusted-deserialisation
    rows = serializer.load(upload)
    # ruleid: untrusted-deserialisation
    more = serializer.Unpickler(io.BytesIO(request.get_data())).load()
    return str([rows, more])


@app.post("/settings")
def settings():
    text = request.get_data(as_text=True)
    # ruleid: untrusted-deserialisation
    first = yaml.load(text, Loader=yaml.Loader)
    # ruleid: untrusted-deserialisation
    second = yaml.unsafe_load(text)
    loader = YAML(typ="unsafe")
    # ruleid: untrusted-deserialisation
    third = loader.load(text)
    # ok: untrusted-deserialisation
    fourth = yaml.load(text, Loader=yaml.SafeLoader)
    # ok: untrusted-deserialisation
    fifth = yaml.safe_load(text)
    return str([first, second, third, fourth, fifth])


@app.post("/signed")
def signed():
    body = request.get_data()
    signature = hmac.new(app.config["KEY"], body, "sha256").hexdigest()
    if not hmac.compare_digest(signature, request.headers["X-Signature"]):
        abort(403)
    # ok: untrusted-deserialisation
    return str(pickle.loads(body))


@app.route("/cached/<name>")
def cached(name):
    # ok: untrusted-deserialisation
    return pickle.loads(app.redis.get(name))


def read(data):
    # The view below passes the request's bytes.
    # ruleid: untrusted-deserialisation
    return pickle.loads(data)


@app.post("/helper")
def through_helper():
    return str(read(request.get_data()))


def checked(body, signature):
    if not hmac.compare_digest(hmac.new(app.config["KEY"], body, "sha256").hexdigest(), signature):
        abort(403)
    return body


@app.post("/helper/signed")
def through_checking_helper():
    # ok: untrusted-deserialisation
    return str(pickle.loads(checked(request.get_data(), request.headers["X-Signature"])))
