import jinja2
import jinja2 as templates
from jinja2 import Environment, FileSystemLoader, select_autoescape
from jinja2 import Environment as Engine
from jinja2.sandbox import SandboxedEnvironment

# ruleid: jinja-autoescape
pages = Environment(loader=FileSystemLoader("pages"))

# ruleid: jinja-autoescape
mails = templates.Environment(trim_blocks=True, loader=templates.PackageLoader("shop"))

# ruleid: jinja-autoescape
customers = SandboxedEnvironment(loader=FileSystemLoader("customers"))

# ruleid: jinja-autoescape-off
reports = Engine(loader=FileSystemLoader("reports"), autoescape=False)


def switch_off(app):
    # ruleid: jinja-autoescape-off
    app.jinja_env.autoescape = False


# ok: jinja-autoescape, jinja-autoescape-off
escaped = Environment(loader=FileSystemLoader("pages"), autoescape=select_autoescape())

# ok: jinja-autoescape, jinja-autoescape-off
always = Engine(autoescape=True, loader=FileSystemLoader("pages"))

# ok: jinja-autoescape
parser_only = jinja2.Environment()

# ok: jinja-autoescape, jinja-autoescape-off
latex = Environment(loader=FileSystemLoader("tex"), block_start_string="<%", variable_start_string="<<")


def chosen(flag):
    # ok: jinja-autoescape, jinja-autoescape-off
    return Environment(loader=FileSystemLoader("pages"), autoescape=flag)
