import ast
import builtins
import json
import operator
from builtins import eval as evaluate

OPERATIONS = {"+": operator.add, "-": operator.sub}
FORMULA = "1 + 2"


def calculate(formula):
    # ruleid: eval-of-data
    return eval(formula.strip())


def discount(rule, order):
    # ruleid: eval-of-data
    return eval(rule.expression, {"__builtins__": {}}, {"order": order})


def make_setter(name):
    # ruleid: eval-of-data
    exec(f"def set_{name}(self, value): self._{name} = value")


def calculate_again(text):
    # ruleid: eval-of-data
    return evaluate(text)


def calculate_builtin(text):
    # ruleid: eval-of-data
    return builtins.eval("(" + text + ")")


def known(column):
    name = "total" if column == "sum" else "count"
    # ok: eval-of-data
    return eval(f"order.{name}")


def power(exponent: int):
    # ok: eval-of-data
    return eval(f"2 ** {exponent}")


def read_literal(text):
    # ok: eval-of-data
    return ast.literal_eval(text)


def read_data(text):
    # ok: eval-of-data
    return json.loads(text)


def constant():
    # ok: eval-of-data
    return eval(FORMULA)


def fixed_code():
    # ok: eval-of-data
    exec("import site")


def load_plugin(path):
    with open(path) as source:
        # ok: eval-of-data
        exec(compile(source.read(), path, "exec"), {})


def load_compiled(path, text):
    code = compile(text, path, "exec")
    # ok: eval-of-data
    exec(code, {})


def load_settings(path):
    settings = {}
    with open(path) as source:
        # ok: eval-of-data
        exec(source.read(), settings)
    return settings


def operate(name, left, right):
    # ok: eval-of-data
    return OPERATIONS[name](left, right)


def evaluate_model(model, batch):
    # ok: eval-of-data
    model.eval(batch)


def as_expression(name, value):
    return f"{name} == {value}"


def count_equal(name, value, rows):
    # ruleid: eval-of-data
    return sum(eval(as_expression(name, value), row) for row in rows)


def as_literal(text):
    return ast.literal_eval(text)


def twice(text):
    number = float(as_literal(text))
    # ok: eval-of-data
    return evaluate(f"{number} * 2")
