import requests


def ping(url):
    # ruleid: request-forgery
    return requests.post(url, json={"event": "ping"}, timeout=5, allow_redirects=False)


def ping_partner(url):
    # ok: request-forgery
    return requests.post(url, json={"event": "ping"}, timeout=5, allow_redirects=False)


def fetch_status(url):
    # ok: request-forgery
    return requests.get(url, timeout=5).json()
