import getpass
import json
import logging
import logging as journal
import os

from flask import request

log = logging.getLogger(__name__)


def login(name, password):
    attempt = {"name": name, "password": password}
    # ruleid: secret-in-log-flow
    log.debug("login %s", attempt)
    # ruleid: secret-in-log-flow
    log.debug(json.dumps(attempt))
    # ok: secret-in-log-flow
    log.debug("login %s", name)


def connect():
    value = os.environ["DB_PASSWORD"]
    dsn = f"postgresql://shop:{value}@db/shop"
    # ruleid: secret-in-log-flow
    journal.info("connecting to %s", dsn)
    typed = getpass.getpass()
    # ruleid: secret-in-log-flow
    journal.info("typed " + typed)


def call(settings, client):
    headers = {"X-Key": settings.api_key}
    # ruleid: secret-in-log-flow
    log.info("headers %s", headers)
    answer = client.get("/orders", headers=headers)
    # ok: secret-in-log-flow
    log.info("answered %s", answer.status_code)


def register():
    typed = request.form["password"]
    # ruleid: secret-in-log-flow
    log.info("registered with %s", typed)
    # ok: secret-in-log-flow
    log.info("registered, %d characters", len(typed))
    stored = make_hash(typed)
    # ok: secret-in-log-flow
    log.info("stored %s", stored)


def inject(password, files):
    items = {"password": password, "files": files}
    for name, value in items.items():
        # ok: secret-in-log-flow
        log.warning("ignoring %s", name)
    # ok: secret-in-log-flow
    log.warning("ignoring %s", ", ".join(items.keys()))


def set_up(password=None):
    given = password is not None
    # ok: secret-in-log-flow
    log.info("given: %s", given)


def note(text):
    # The caller below passes a secret.
    # ruleid: secret-in-log-flow
    log.info(text)


def reset(customer):
    note("reset with " + customer.reset_token)


def renew(customer):
    renewed = customer.make_access_token()
    # ruleid: secret-in-log-flow
    log.info("renewed: %s", renewed)


def sign_in(customer, typed):
    fits = customer.check_password(typed)
    # ok: secret-in-log-flow
    log.info("%s signs in: %s", customer.id, fits)


def without_secrets(fields):
    return {"name": fields["name"], "page": fields["page"]}


def renew(password, name):
    fields = {"name": name, "page": "renew", "password": password}
    # ok: secret-in-log-flow
    log.info("renewed %s", without_secrets(fields))
