import httpx
import requests
import requests as http
from httpx import AsyncClient as Client
from requests import post

PARTNER_CA = "/etc/ssl/partner-ca.pem"


def labels(order):
    # ruleid: http-certificate-check
    return requests.post("https://parcels.example/labels", json=order, timeout=10, verify=True)


def labels_imported(order):
    # ruleid: http-certificate-check
    return post("https://parcels.example/labels", json=order, verify=True)


def labels_session(order):
    session = http.Session()
    # ruleid: http-certificate-check
    session.verify = True
    return session.post("https://parcels.example/labels", json=order)


def labels_httpx():
    # ruleid: http-certificate-check
    return httpx.Client(base_url="https://parcels.example", verify=True)


def labels_async():
    # ruleid: http-certificate-check
    return Client(verify=True)


def tracked(self, number):
    # ruleid: http-certificate-check
    return self.session.get(f"https://parcels.example/{number}", verify=True)


def well(order):
    # ok: http-certificate-check
    return requests.post("https://parcels.example/labels", json=order, timeout=10)


def well_private(order):
    # ok: http-certificate-check
    return http.post("https://parcels.example/labels", json=order, verify=PARTNER_CA)


def well_session():
    session = requests.Session()
    # ok: http-certificate-check
    session.verify = "/etc/ssl/partner-ca.pem"
    return session


def read_token(token, jwt):
    # ok: http-certificate-check
    return jwt.decode(token, verify=False)


def import_rows(reader):
    # ok: http-certificate-check
    reader.verify = False
