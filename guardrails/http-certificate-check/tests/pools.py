import ssl

import aiohttp
import urllib3
import urllib3 as pool
from aiohttp import TCPConnector as Connector


def manager():
    # ruleid: http-certificate-check-pool
    return urllib3.PoolManager(cert_reqs="CERT_NONE")


def manager_renamed():
    # ruleid: http-certificate-check-pool
    return pool.HTTPSConnectionPool("parcels.example", cert_reqs=ssl.CERT_NONE)


def connector():
    # ruleid: http-certificate-check-pool
    return Connector(ssl=False)


async def label(order):
    async with aiohttp.ClientSession() as session:
        # ruleid: http-certificate-check-pool
        async with session.post("https://parcels.example", json=order, ssl=False) as response:
            return await response.json()


def manager_well():
    # ok: http-certificate-check-pool
    return urllib3.PoolManager(cert_reqs="CERT_REQUIRED", ca_certs="/etc/ssl/partner-ca.pem")


def connector_well():
    # ok: http-certificate-check-pool
    return Connector(ssl=ssl.create_default_context(cafile="/etc/ssl/partner-ca.pem"))


async def label_well(order):
    async with aiohttp.ClientSession() as session:
        # ok: http-certificate-check-pool
        return await session.post("https://parcels.example", json=order)


def mail(server):
    # ok: http-certificate-check-pool
    return server.get("inbox", ssl=False)
