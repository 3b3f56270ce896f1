import xml.sax
from xml.sax import handler
from xml.sax.handler import feature_external_ges, feature_namespaces

import lxml.etree
from lxml import etree
from lxml import etree as tree
from lxml.etree import XMLParser


def order(text):
    # ruleid: xml-entities
    return etree.fromstring(text, etree.XMLParser(resolve_entities=True))


def order_with_dtd(text):
    # ruleid: xml-entities
    return tree.fromstring(text, tree.XMLParser(load_dtd=True, no_network=True))


def order_imported(text):
    # ruleid: xml-entities
    parser = XMLParser(remove_blank_text=True, resolve_entities=True)
    return lxml.etree.fromstring(text, parser)


def order_by_network(text):
    # ruleid: xml-entities-network
    return etree.fromstring(text, XMLParser(no_network=False))


def orders_by_network(path):
    # ruleid: xml-entities-network
    return list(tree.iterparse(path, no_network=False))


def events(source, content):
    reader = xml.sax.make_parser()
    # ruleid: xml-entities-sax
    reader.setFeature(feature_external_ges, True)
    reader.setContentHandler(content)
    reader.parse(source)


def events_by_name(source):
    reader = xml.sax.make_parser()
    # ruleid: xml-entities-sax
    reader.setFeature("http://xml.org/sax/features/external-parameter-entities", 1)
    reader.parse(source)


def order_well(text):
    # ok: xml-entities, xml-entities-network
    return etree.fromstring(text, etree.XMLParser(resolve_entities=False))


def order_default(text):
    # ok: xml-entities, xml-entities-network
    return tree.fromstring(text, tree.XMLParser(huge_tree=False))


def order_closed(text):
    # ok: xml-entities-network
    return lxml.etree.fromstring(text, XMLParser(no_network=True))


def events_well(source):
    reader = xml.sax.make_parser()
    # ok: xml-entities-sax
    reader.setFeature(handler.feature_external_ges, False)
    # ok: xml-entities-sax
    reader.setFeature(feature_namespaces, True)
    reader.parse(source)


def options(parser):
    # ok: xml-entities, xml-entities-sax
    return parser.setFeature("colour", True)
