from io import BytesIO

from lxml import etree

from parsers import plain_parser, trusting_parser


def read_invoice(data):
    # ok: external-entities, external-entities-default
    return etree.parse(BytesIO(data), plain_parser()).getroot()


def read_legacy_invoice(data):
    parser = etree.XMLParser(load_dtd=True, no_network=False)
    # ruleid: external-entities
    return etree.parse(BytesIO(data), parser).getroot()


def read_partner_invoice(data):
    # What a parser resolves is looked for where it is made, and that is another file.
    # todoruleid: external-entities
    return etree.fromstring(data, trusting_parser())


def read_quickly(data):
    # ruleid: external-entities-default
    return etree.fromstring(data)


def read_catalogue(page):
    parser = etree.XMLParser(resolve_entities=True)
    # ok: external-entities
    return etree.parse(f"/srv/catalogue/{page}.xml", parser).getroot()
