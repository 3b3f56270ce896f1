import ast
import importlib
import json
import operator
from builtins import eval as compute
from importlib import import_module as load

from flask import Flask, abort, request
from werkzeug.utils import import_string

app = Flask(__name__)
OPERATIONS = {"add": operator.add, "mul": operator.mul}
EXPORTERS = {"csv": "shop.export.csv", "pdf": "shop.export.pdf"}


@app.route("/calc")
def calc():
    formula = request.args["formula"]
    # ruleid: code-injection
    first = eval(formula)
    # ruleid: code-injection
    second = compute("1 + " + formula, {"__builtins__": {}})
    # ok: code-injection
    third = ast.literal_eval(formula)
    return str([first, second, third])


@app.post("/script")
def script():
    source = request.get_data().decode("utf-8")
    code = compile(source, "<script>", "exec")
    # ruleid: code-injection
    exec(code)
    # ok: code-injection
    return json.loads(source)


@app.route("/operation/<name>")
def operation(name):
    # ok: code-injection
    result = OPERATIONS[name](2, 3)
    if name in ("add", "mul"):
        # ok: code-injection
        result = eval(f"operator.{name}(2, 3)")
    return str(result)


@app.route("/number")
def number():
    value = float(request.args["value"])
    # ok: code-injection
    return str(eval(f"{value} * 2"))


@app.route("/frame")
def frame(table):
    # ruleid: code-injection
    return table.eval(request.args["expression"]).to_html()


@app.route("/export/<kind>")
def export(kind):
    # ruleid: code-injection-import
    exporter = importlib.import_module("shop.export." + kind)
    # ok: code-injection-import
    known = importlib.import_module(EXPORTERS[kind])
    return exporter.run(known)


@app.route("/plugin")
def plugin():
    name = request.form["plugin"]
    # ruleid: code-injection-import
    load(name)
    # ruleid: code-injection-import
    __import__(name)
    # ruleid: code-injection-import
    import_string(f"plugins.{name}.Plugin")
    if name not in EXPORTERS:
        abort(404)
    # ok: code-injection-import
    return load("plugins." + name).run()


@app.route("/settings")
def settings():
    # ok: code-injection-import
    return load(app.config["EXPORTER"]).run(request.args["order"])


def evaluate(text):
    # The view below passes the request's text.
    # ruleid: code-injection
    return eval(text)


@app.route("/helper")
def through_helper():
    return evaluate(request.args["formula"])


def doubled(number):
    # ok: code-injection
    return eval(f"{number} * 2")


@app.route("/helper/number")
def through_helper_as_number():
    return str(doubled(float(request.args["value"])))
