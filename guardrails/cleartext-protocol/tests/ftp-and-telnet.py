import ftplib
import ftplib as files
import telnetlib
from ftplib import FTP as Connection

import paramiko


def fetch_prices(host, user, password):
    # ruleid: cleartext-protocol
    with ftplib.FTP(host) as connection:
        connection.login(user, password)


def fetch_renamed(host):
    # ruleid: cleartext-protocol
    return Connection(host, timeout=10)


def switch(host):
    # ruleid: cleartext-protocol
    console = telnetlib.Telnet(host, 23)
    console.write(b"reload\n")


def fetch_encrypted(host, user, password):
    # ok: cleartext-protocol
    with files.FTP_TLS(host) as connection:
        connection.login(user, password)
        connection.prot_p()


def fetch_by_ssh(transport):
    # ok: cleartext-protocol
    return paramiko.SFTPClient.from_transport(transport)


def parser(formats):
    # ok: cleartext-protocol
    return formats.FTP("log")
