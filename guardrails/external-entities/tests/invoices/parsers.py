from lxml import etree


def plain_parser():
    return etree.XMLParser(resolve_entities=False, no_network=True)


def trusting_parser():
    return etree.XMLParser(resolve_entities=True)
