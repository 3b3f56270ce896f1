import ast
import os
import sys
from sys import argv as words

import click


@click.command()
@click.option("--filter", "condition")
def rows(condition):
    # ruleid: code-injection-local
    click.echo(eval(condition))
    # ok: code-injection-local
    click.echo(ast.literal_eval(condition))


def calculator():
    while True:
        # ruleid: code-injection-local
        print(eval(input("> ")))


def run():
    # ruleid: code-injection-local
    exec(" ".join(words))
    # A slice carries no text in Semgrep.
    # todoruleid: code-injection-local
    exec(" ".join(words[1:]))
    # ok: code-injection-local
    print(float(sys.argv[1]) * 2)
    # ok: code-injection-local
    exec("limit = %d" % int(os.environ["LIMIT"]))
