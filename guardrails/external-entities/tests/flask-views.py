import io
import xml.etree.ElementTree as ET
import xml.sax
from xml.dom import pulldom
from xml.sax.handler import feature_external_ges

import defusedxml.ElementTree as safe_tree
from flask import Flask, request
from lxml import etree
from lxml import etree as lx

app = Flask(__name__)
OWN = etree.XMLParser(resolve_entities=False)


@app.post("/order")
def order():
    body = request.get_data()
    parser = etree.XMLParser(resolve_entities=True)
    # ruleid: external-entities
    first = etree.fromstring(body, parser)
    # ruleid: external-entities
    second = lx.parse(io.BytesIO(body), parser=lx.XMLParser(no_network=False))
    # ok: external-entities, external-entities-default
    third = etree.fromstring(body, OWN)
    # ok: external-entities, external-entities-default
    fourth = etree.fromstring(body, parser=etree.XMLParser(resolve_entities=False))
    # ok: external-entities, external-entities-default
    fifth = safe_tree.fromstring(body)
    # ok: external-entities, external-entities-default
    sixth = ET.fromstring(body)
    # ruleid: external-entities-default
    seventh = etree.fromstring(body)
    return str([first, second, third, fourth, fifth, sixth, seventh])


@app.post("/feed")
def feed():
    reader = xml.sax.make_parser()
    reader.setFeature(feature_external_ges, True)
    # ruleid: external-entities
    reader.parse(io.StringIO(request.form["xml"]))
    # ruleid: external-entities
    for event, node in pulldom.parse(request.files["feed"], parser=reader):
        pass
    plain = xml.sax.make_parser()
    # ok: external-entities
    plain.parse(io.StringIO(request.form["xml"]))
    return "read"


@app.route("/catalogue")
def catalogue():
    parser = etree.XMLParser(resolve_entities=True, load_dtd=True)
    # ok: external-entities
    return etree.tostring(etree.parse("catalogue.xml", parser))


def read(text):
    # The view below passes the request's text.
    # ruleid: external-entities
    return etree.fromstring(text, etree.XMLParser(resolve_entities=True))


@app.post("/helper")
def through_helper():
    return str(read(request.get_data()))


def read_plain(text, parser=OWN):
    # ok: external-entities, external-entities-default
    return etree.fromstring(text, parser)


@app.post("/helper/plain")
def through_plain_helper():
    return str(read_plain(request.get_data()))
