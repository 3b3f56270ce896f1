from urllib.parse import quote, urlsplit

STATUS_API = "https://status.example.com"
PARTNERS = {"hooks.example.com", "hooks.example.org"}


def status_page(name):
    return f"{STATUS_API}/pages/{quote(name, safe='')}"


def partner_address(url):
    """The address of a partner, or of nobody."""
    if urlsplit(url).hostname not in PARTNERS:
        raise ValueError(url)
    return url
