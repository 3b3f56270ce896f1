from django.template.loader import render_to_string
from django.utils import html
from django.utils.html import escape, format_html, format_html_join
from django.utils.html import format_html as build
from django.utils.safestring import mark_safe
from django.utils.safestring import mark_safe as finished

ICON = "<i class='icon'></i>"


def badge(customer):
    # ruleid: safe-html-marking-django
    return mark_safe(f"<b>{customer.name}</b>")


def badge_joined(customer):
    # ruleid: safe-html-marking-django
    return finished("<b>" + customer.name + "</b>")


def comment(value):
    # ruleid: safe-html-marking-django
    return mark_safe(value)


def link(customer):
    # ruleid: safe-html-marking-format
    return format_html(f"<a href='/c/{customer.id}'>{customer.name}</a>")


def link_percent(customer):
    # ruleid: safe-html-marking-format
    return build("<b>%s</b>" % customer.name)


def link_format(customer):
    # ruleid: safe-html-marking-format
    return html.format_html("<b>{}</b>".format(customer.name))


def badge_well(customer):
    # ok: safe-html-marking-django, safe-html-marking-format
    return format_html("<b>{}</b>", customer.name)


def list_well(names):
    # ok: safe-html-marking-django, safe-html-marking-format
    return format_html_join("", "<li>{}</li>", ((name,) for name in names))


def icon():
    # ok: safe-html-marking-django
    return mark_safe(ICON)


def part(record):
    # ok: safe-html-marking-django
    return finished(render_to_string("part.html", {"record": record}))


def plain(customer):
    # ok: safe-html-marking-django
    return mark_safe(escape(customer.name))


def nothing_to_insert():
    # ok: safe-html-marking-format
    return build(ICON)
