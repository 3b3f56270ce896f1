from urllib.parse import quote, urlparse

HOSTS = {"api.example.com"}


def constant():
    # ok: url-hosts
    sink(f"https://api.example.com/users/{source()}")
    # ok: url-hosts
    sink("https://api.example.com/users/" + source())
    # ruleid: url-hosts
    sink(f"https://{source()}/users")
    # ruleid: url-hosts
    sink(f"https://api.example.com{source()}")
    # ruleid: url-hosts
    sink(source())


def compared():
    url = source()
    if urlparse(url).hostname not in HOSTS:
        return
    # ok: url-hosts
    sink(url)


def prefixed():
    url = source()
    if url.startswith("https://api.example.com/"):
        # ok: url-hosts
        sink(url)


def half_a_prefix():
    url = source()
    if url.startswith("https://api.example.com"):
        # ruleid: url-hosts
        sink(url)
