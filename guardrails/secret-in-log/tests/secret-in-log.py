import logging
import logging as journal
from logging import getLogger

from flask import current_app, request

log = logging.getLogger(__name__)
logger = getLogger("shop")


def reset(customer, reset_token):
    # ruleid: secret-in-log
    log.info("password reset for %s: %s", customer.email, reset_token)


def login(name, password):
    # ruleid: secret-in-log
    logger.debug(f"login of {name} with {password}")


def login_percent(name, password):
    # ruleid: secret-in-log
    logging.warning("login of %s failed with %s" % (name, password))


def call(settings):
    # ruleid: secret-in-log
    journal.info("calling partner with {}".format(settings.api_key))


def request_seen():
    # ruleid: secret-in-log
    current_app.logger.info("called with %s", request.headers["Authorization"])


def structured(session):
    # ruleid: secret-in-log
    log.info("session opened", token=session.access_token)


class Client:
    def __init__(self, client_secret):
        self.logger = logger
        self.client_secret = client_secret
        # ruleid: secret-in-log
        self.logger.error("cannot connect with " + self.client_secret)


def reset_well(customer, reset_token):
    # ok: secret-in-log
    log.info("password reset for customer %s", customer.id)
    # ok: secret-in-log
    log.info("reset token ends in %s", reset_token[-4:])


def login_well(name, password):
    # ok: secret-in-log
    logger.debug(f"login of {name}, {len(password)} characters")


def masked(settings, mask):
    # ok: secret-in-log
    journal.info("calling partner with %s", mask(settings.api_key))


def page(reset_token_count, password_changed_at):
    # ok: secret-in-log
    log.info("%s resets, last change %s", reset_token_count, password_changed_at)


def words():
    # ok: secret-in-log
    log.info("password changed")


def draw(canvas, password):
    # ok: secret-in-log
    canvas.info("field", password)
