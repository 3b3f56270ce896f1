import logging

from cleaning import one_line

logger = logging.getLogger("audit")


def refused(account, address):
    # ruleid: log-injection
    logger.warning("login of %s from %s refused", account, address)


def renamed(old, new):
    # ok: log-injection
    logger.info("renamed %s to %s", one_line(old), one_line(new))


def searched(term):
    # ok: log-injection
    logger.info("search for %r", term)


def paid(amount):
    # ok: log-injection
    logger.info("paid %.2f", amount)
