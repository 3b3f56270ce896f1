import ssl
import ssl as tls
from ssl import CERT_NONE, PROTOCOL_TLSv1
from ssl import _create_unverified_context as any_context
from urllib.request import urlopen


def fetch(url):
    # ruleid: tls-context-unverified
    return urlopen(url, context=ssl._create_unverified_context())


def fetch_renamed(url):
    # ruleid: tls-context-unverified
    return urlopen(url, context=any_context())


def lenient():
    context = ssl.create_default_context()
    context.check_hostname = False
    # ruleid: tls-context-unverified
    context.verify_mode = CERT_NONE
    return context


def any_name():
    context = tls.create_default_context()
    # ruleid: tls-context-unverified
    context.check_hostname = False
    return context


def bare():
    # ruleid: tls-context-unverified
    return ssl.SSLContext()


def for_all():
    # ruleid: tls-context-unverified
    ssl._create_default_https_context = ssl._create_unverified_context


def old():
    # ruleid: tls-context-old-protocol
    return ssl.SSLContext(PROTOCOL_TLSv1)


def older():
    # ruleid: tls-context-old-protocol
    return tls.SSLContext(tls.PROTOCOL_SSLv3)


def old_pool(pool):
    # ruleid: tls-context-old-protocol
    return pool.HTTPSConnectionPool("shop.example", ssl_version=ssl.PROTOCOL_TLSv1_1)


def low_floor():
    context = ssl.create_default_context()
    # ruleid: tls-context-old-protocol
    context.minimum_version = ssl.TLSVersion.TLSv1
    return context


def well(url):
    # ok: tls-context-unverified, tls-context-old-protocol
    return urlopen(url, context=ssl.create_default_context())


def private():
    # ok: tls-context-unverified
    context = tls.create_default_context(cafile="/etc/ssl/partner-ca.pem")
    # ok: tls-context-unverified
    context.verify_mode = tls.CERT_REQUIRED
    return context


def server():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    # ok: tls-context-unverified
    context.verify_mode = ssl.CERT_NONE
    return context


def high_floor():
    context = ssl.create_default_context()
    # ok: tls-context-old-protocol
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def known():
    # ok: tls-context-old-protocol
    return {ssl.PROTOCOL_TLSv1: "TLS 1.0", ssl.PROTOCOL_TLS: "the newest both sides know"}


class Context(tls.SSLContext):
    def any_name(self):
        # ok: tls-context-unverified
        self.check_hostname = False


def client():
    # ok: tls-context-old-protocol
    return tls.SSLContext(tls.PROTOCOL_TLS_CLIENT)
