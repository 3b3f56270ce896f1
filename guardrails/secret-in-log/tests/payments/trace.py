import logging

log = logging.getLogger("payments")


def sent(request):
    # ruleid: secret-in-log-flow
    log.debug("sent %s", request)


def answered(status, seconds):
    # ok: secret-in-log-flow
    log.debug("answered %s after %.1f s", status, seconds)


def connecting(target):
    # ok: secret-in-log-flow
    log.info("connecting to %s", target)
