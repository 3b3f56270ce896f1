import base64
import html
import string
import textwrap

from markupsafe import escape


def methods():
    text = source()
    # ruleid: carriers
    sink(text.strip().lower())
    # ruleid: carriers
    sink("name: {}".format(text))
    # ruleid: carriers
    sink("{name}".format(name=text))
    # ruleid: carriers
    sink(", ".join(["a", text]))
    # ruleid: carriers
    sink(text.encode().decode("utf-8"))
    # ruleid: carriers
    sink(text.split("/")[0])
    # ruleid: carriers
    sink("%name%".replace("%name%", text))
    # ruleid: carriers
    sink(f"{text!r} and more")
    # ok: carriers
    sink("-".ljust(text))
    # ok: carriers
    sink(unknown(text))


def functions():
    text = source()
    # ruleid: carriers
    sink(str(text))
    # ruleid: carriers
    sink(base64.b64decode(text))
    # ruleid: carriers
    sink(textwrap.dedent(text))
    # ruleid: carriers
    sink(string.Template(text).substitute(name="n"))
    # ruleid: carriers
    sink(string.Template("$name").substitute(name=text))
    # ruleid: carriers
    sink(html.escape(text))
    # ruleid: carriers
    sink(f"<b>{escape(text)}</b>")
    # ok: carriers
    sink(int(text))
    # ok: carriers
    sink(len(text))


def streams(buffer):
    buffer.write(source())
    # ruleid: carriers
    sink(buffer.getvalue())
