from lxml import etree

_document = etree.parse("/srv/library/books.xml")
_by_isbn = etree.XPath("//book[@isbn=$isbn]")


def books_by(author):
    # ruleid: xpath-injection
    return _document.xpath("//book[author='" + author + "']/title/text()")


def book(isbn):
    # ok: xpath-injection
    return _by_isbn(_document, isbn=isbn)


def nth(position):
    # ok: xpath-injection
    return _document.xpath(f"//book[{position}]/title/text()")


def tagged(label):
    # ok: xpath-injection
    return _document.xpath(f"//book[tag='{label}']/title/text()")
