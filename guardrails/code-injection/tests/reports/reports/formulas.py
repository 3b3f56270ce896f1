import ast


def column(rows, formula):
    # ruleid: code-injection
    return [eval(formula, {"row": row}) for row in rows]


def constant(text):
    return ast.literal_eval(text)


def above(rows, limit):
    # ok: code-injection
    return eval(f"[row for row in rows if row.total > {limit:f}]")
