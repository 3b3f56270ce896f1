import smtplib
import ssl
from smtplib import SMTP as Server


def send(message, user, password):
    server = smtplib.SMTP("mail.example", 587)
    # ruleid: cleartext-protocol-smtp-login
    server.login(user, password)
    server.send_message(message)


def send_context(message, user, password):
    with Server("mail.example") as server:
        # ruleid: cleartext-protocol-smtp-login
        server.login(user, password)
        server.send_message(message)


def send_encrypted(message, user, password):
    with smtplib.SMTP("mail.example", 587) as server:
        server.starttls(context=ssl.create_default_context())
        # ok: cleartext-protocol-smtp-login
        server.login(user, password)
        server.send_message(message)


def send_over_tls(message, user, password):
    server = smtplib.SMTP_SSL("mail.example")
    # ok: cleartext-protocol-smtp-login
    server.login(user, password)
    server.send_message(message)


def browse(site, user, password):
    # ok: cleartext-protocol-smtp-login
    site.login(user, password)
