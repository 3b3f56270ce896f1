from pathlib import Path

import flask
import jinja2
from flask import current_app, render_template, render_template_string, request
from flask import render_template_string as render_text
from jinja2 import Environment, Template
from string import Template as Dollar

PAGE = "<p>Hello {{ name }}</p>"


def greeting():
    # ruleid: template-from-string
    return render_template_string("<p>Hello " + request.args["name"] + "</p>")


def greeting_formatted(name):
    # ruleid: template-from-string
    return render_text(f"<p>Hello {name}</p>")


def page(record):
    # ruleid: template-from-string
    return flask.render_template_string(record.body, title=record.title)


def mail(record, order):
    # ruleid: template-from-string-engine
    return Template(record.text).render(order=order)


def mail_environment(record, order):
    environment = Environment(autoescape=True)
    # ruleid: template-from-string-engine
    return environment.from_string(record.text).render(order=order)


def mail_application(text):
    # ruleid: template-from-string-engine
    return current_app.jinja_env.from_string("Dear " + text).render()


def greeting_well(name):
    # ok: template-from-string
    return render_template("greeting.html", name=name)


def greeting_constant(name):
    # ok: template-from-string
    return render_text(PAGE, name=name)


def greeting_inline(name):
    # ok: template-from-string
    return flask.render_template_string("<p>Hello {{ name }}</p>", name=name)


def mail_constant(order):
    # ok: template-from-string-engine
    return jinja2.Template("Order {{ order.id }}").render(order=order)


def mail_file(order):
    # ok: template-from-string-engine
    return Template(Path("mail.txt").read_text()).render(order=order)


def mail_file_in_steps(order):
    with open("mail.txt") as file:
        text = file.read()
    # ok: template-from-string-engine
    return Template(text).render(order=order)


def mail_dollar(text, order):
    # ok: template-from-string-engine
    return Dollar(text).substitute(order=order)
