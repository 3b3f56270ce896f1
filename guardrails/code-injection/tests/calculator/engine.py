from ast import literal_eval


def compute(formula):
    # ruleid: code-injection-local
    return eval(formula, {"__builtins__": {}})


def total(numbers):
    # ok: code-injection-local
    return eval("+".join(str(float(number)) for number in numbers))


def value(text):
    return literal_eval(text)
