import httpx
import requests
import requests as http
from requests import get, Session
from requests import post as send


def rates():
    # ruleid: requests-timeout
    return requests.get("https://rates.example/latest").json()


def order(payload):
    # ruleid: requests-timeout
    response = http.post(
        "https://partner.example/orders",
        json=payload,
    )
    return response.json()


def imported(url, headers):
    # ruleid: requests-timeout
    return get(url, headers=headers)


def renamed(url, body):
    # ruleid: requests-timeout
    return send(url, dict(body))


def with_session(url):
    session = requests.Session()
    # ruleid: requests-timeout
    return session.get(url)


def with_context(url):
    with Session() as session:
        # ruleid: requests-timeout
        return session.request("GET", url)


def without_limit(url):
    # ruleid: requests-timeout-none
    return requests.get(url, timeout=None)


def client_without_limit():
    # ruleid: requests-timeout-none
    return httpx.AsyncClient(timeout=None)


def limited(url):
    # ok: requests-timeout, requests-timeout-none
    return requests.get(url, timeout=10)


def limited_renamed(url, body, seconds):
    # ok: requests-timeout, requests-timeout-none
    return send(url, timeout=seconds, data=body)


def options(url, **options):
    # ok: requests-timeout
    return http.get(url, **options)


def mounted(url, adapter):
    session = requests.Session()
    session.mount("https://", adapter)
    # ok: requests-timeout
    return session.get(url)


def session_limited(url):
    with Session() as session:
        # ok: requests-timeout
        return session.get(url, timeout=(3, 10))


def other_client(client, url):
    # ok: requests-timeout
    return client.get(url)


def httpx_has_a_default(url):
    # ok: requests-timeout, requests-timeout-none
    return httpx.get(url)
