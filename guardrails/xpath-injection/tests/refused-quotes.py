from flask import Flask, abort, request
from lxml import etree as xml

app = Flask(__name__)
TREE = xml.parse("staff.xml")


@app.route("/refused")
def refused():
    name = request.args["name"]
    if "'" in name:
        abort(400)
        return ""
    # ok: xpath-injection
    return str(TREE.xpath(f"//person[@name='{name}']"))


@app.route("/other-branch")
def other_branch():
    name = request.args["name"]
    if '"' not in name:
        # ok: xpath-injection
        return str(TREE.xpath(f'//person[@name="{name}"]'))
    # ruleid: xpath-injection
    return str(TREE.xpath(f"//person[@name='{name}']"))


@app.route("/both")
def both():
    name = request.args["name"]
    if "'" in name or len(name) > 40:
        return "", 400
    # ok: xpath-injection
    return str(TREE.xpath("//person[@name='" + name + "']"))


@app.route("/counted")
def counted():
    name = request.args["name"]
    if "<" in name:
        return "", 400
    # ruleid: xpath-injection
    return str(TREE.xpath("//person[@name='" + name + "']"))


@app.route("/taken-out")
def taken_out():
    name = request.args["name"]
    # ok: xpath-injection
    first = TREE.xpath("//person[@name='%s']" % name.replace("'", ""))
    quoted = name.replace('"', "&quot;")
    # ok: xpath-injection
    second = TREE.xpath(f'//person[@name="{quoted}"]')
    # ruleid: xpath-injection
    third = TREE.xpath("//person[@name='%s']" % name.replace("'", "\\'"))
    # ruleid: xpath-injection
    fourth = TREE.xpath("//person[@name='%s']" % name.replace(" ", ""))
    return str([first, second, third, fourth])
