import re
import xml.etree.ElementTree as ET

from flask import Flask, request
from flask import request as incoming
from lxml import etree

app = Flask(__name__)
FIND_USER = etree.XPath("//user[@name=$name]")
FIELDS = {"name": "//user/@name", "mail": "//user/@mail"}


@app.route("/user")
def user():
    tree = etree.parse("users.xml")
    name = request.args["name"]
    # ruleid: xpath-injection
    first = tree.xpath("//user[@name='" + name + "']")
    # ruleid: xpath-injection
    second = tree.getroot().xpath(f"//user[@name='{name}']/mail/text()")
    # ruleid: xpath-injection
    third = etree.XPath("//user[@name='%s']" % name)(tree)
    # ok: xpath-injection
    fourth = tree.xpath("//user[@name=$name]", name=name)
    # ok: xpath-injection
    fifth = FIND_USER(tree, name=name)
    return str([first, second, third, fourth, fifth])


@app.route("/order/<number>")
def order(number):
    root = ET.parse("orders.xml").getroot()
    # ruleid: xpath-injection
    first = root.find(f".//order[@number='{number}']")
    # ruleid: xpath-injection
    second = root.findall(".//order[@number='{}']".format(incoming.form["number"]))
    # ok: xpath-injection
    third = [order for order in root.iter("order") if order.get("number") == number]
    # ok: xpath-injection
    fourth = "1234".find(number)
    # ok: xpath-injection
    fifth = re.findall("[0-9]", number)
    return str([first, second, third, fourth, fifth])


@app.route("/field/<field>")
def field(field):
    tree = etree.parse("users.xml")
    # ok: xpath-injection
    first = tree.xpath(FIELDS[field])
    position = int(request.args["position"])
    # ok: xpath-injection
    second = tree.xpath(f"//user[{position}]")
    if not re.fullmatch(r"[a-z]+", field):
        return "no such field", 404
    # ok: xpath-injection
    return str([first, second, tree.xpath("//user/" + field)])


def find(tree, name):
    # The view below passes the request's text.
    # ruleid: xpath-injection
    return tree.xpath("//user[@name='" + name + "']")


@app.route("/helper")
def through_helper():
    return str(find(etree.parse("users.xml"), request.args["name"]))


def find_bound(tree, name):
    # ok: xpath-injection
    return tree.xpath("//user[@name=$name]", name=name)


@app.route("/helper/bound")
def through_binding_helper():
    return str(find_bound(etree.parse("users.xml"), request.args["name"]))
