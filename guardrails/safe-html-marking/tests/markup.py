import bleach
import markupsafe
import markupsafe as safe
from flask import render_template
from markupsafe import Markup, escape
from markupsafe import Markup as Html

LINE = "<hr>"


def badge(customer):
    # ruleid: safe-html-marking
    return Markup(f"<b>{customer.name}</b>")


def badge_percent(customer):
    # ruleid: safe-html-marking
    return Html("<b>%s</b>" % customer.name)


def badge_format(customer):
    # ruleid: safe-html-marking
    return safe.Markup("<b>{}</b>".format(customer.name))


def comment(record):
    # ruleid: safe-html-marking
    return markupsafe.Markup(record.html)


def badge_well(customer):
    # ok: safe-html-marking
    return Markup("<b>{}</b>").format(customer.name)


def badge_well_percent(customer):
    # ok: safe-html-marking
    return Html("<b>%s</b>") % customer.name


def line():
    # ok: safe-html-marking
    return Markup(LINE)


def escaped(customer):
    # ok: safe-html-marking
    return Markup(escape(customer.name))


def cleaned(record):
    # ok: safe-html-marking
    return Html(bleach.clean(record.html))


def part(record):
    # ok: safe-html-marking
    return Markup(render_template("part.html", record=record))
