import ldap3
import re
from fastapi import FastAPI
from flask import Flask, request
from ldap3 import Connection, Server
from ldap3 import Connection as Directory
from ldap3.utils.conv import escape_filter_chars
from ldap3.utils.dn import escape_rdn

app = Flask(__name__)
api = FastAPI()
GROUPS = {"staff": "(memberOf=cn=staff)", "guests": "(memberOf=cn=guests)"}


@app.route("/user")
def user():
    name = request.args["name"]
    connection = Connection(Server("ldap.example"), auto_bind=True)
    # ruleid: ldap-injection
    connection.search("dc=example", "(uid=" + name + ")")
    # ruleid: ldap-injection
    connection.search(search_base="dc=example", search_filter=f"(uid={name})", attributes=["cn"])
    # ruleid: ldap-injection
    connection.search("ou={},dc=example".format(name), "(objectClass=person)")
    # ok: ldap-injection
    connection.search("dc=example", "(uid=" + escape_filter_chars(name) + ")")
    # ok: ldap-injection
    connection.search("dc=example", "(uid=anna)", attributes=[name])
    return str(connection.entries)


@app.post("/login")
def login():
    # ruleid: ldap-injection
    with Directory("ldap.example", user="uid=%s,dc=example" % request.form["name"]) as connection:
        connection.bind()
    # ok: ldap-injection
    with Directory("ldap.example", user=f"uid={escape_rdn(request.form['name'])},dc=example") as connection:
        # ruleid: ldap-injection
        connection.search("dc=example", "(mail=%s)" % request.form["mail"])
    return "welcome"


@api.get("/group")
def group(name: str, connection: ldap3.Connection):
    # ruleid: ldap-injection
    connection.search("dc=example", f"(cn={name})")
    # ok: ldap-injection
    connection.search("dc=example", GROUPS[name])


@app.route("/number")
def number():
    employee = int(request.args["number"])
    connection = ldap3.Connection("ldap.example")
    # ok: ldap-injection
    connection.search("dc=example", f"(employeeNumber={employee})")


@app.route("/text")
def text():
    # ok: ldap-injection
    return str(re.search("a+", request.args["text"]))


@app.route("/pooled")
def pooled():
    connection = directory_pool.take()
    # ruleid: ldap-injection
    connection.search("dc=example", "(uid=" + request.args["name"] + ")", attributes=ldap3.ALL_ATTRIBUTES)
    name = escape_filter_chars(request.args["name"])
    # ok: ldap-injection
    connection.search("dc=example", "(uid=" + name + ")", attributes=["mail"])


def by_name(connection, name):
    # The view below passes the request's text.
    # ruleid: ldap-injection
    return connection.search(search_base="dc=example", search_filter="(uid=" + name + ")")


@app.route("/helper")
def through_helper():
    return str(by_name(ldap3.Connection("ldap.example"), request.args["name"]))


def by_mail(connection, mail):
    # ok: ldap-injection
    return connection.search(search_base="dc=example", search_filter="(mail=" + mail + ")")


@app.route("/helper/escaped")
def through_escaping_helper():
    mail = escape_filter_chars(request.args["mail"])
    return str(by_mail(ldap3.Connection("ldap.example"), mail))
