from jinja2 import Environment, PackageLoader
from jinja2.sandbox import SandboxedEnvironment

environment = Environment(loader=PackageLoader("letters"), autoescape=True)


def render_draft(body, customer):
    # ruleid: template-injection
    return environment.from_string("Dear {{ customer }},\n" + body).render(customer=customer)


def render_letter(body, customer):
    # ok: template-injection
    template = environment.from_string("Dear {{ customer }},\n{{ body }}")
    return template.render(body=body, customer=customer)


def render_sandboxed(body, customer):
    sandbox = SandboxedEnvironment()
    # ok: template-injection
    return sandbox.from_string(body).render(customer=customer)
