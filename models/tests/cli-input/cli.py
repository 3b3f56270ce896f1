import argparse
import sys

import click

parser = argparse.ArgumentParser()


def main():
    # ruleid: cli-input
    sink(sys.argv[1])
    # ruleid: cli-input
    sink(input("Name: "))
    args = parser.parse_args()
    # ruleid: cli-input
    sink(args.name)
    known, rest = parser.parse_known_args()
    # ruleid: cli-input
    sink(rest)
    # ruleid: cli-input
    sink(sys.stdin.read())
    for line in sys.stdin:
        # ruleid: cli-input
        sink(line)
    # ruleid: cli-input
    sink(click.prompt("Name"))
    # ok: cli-input
    sink(sys.path)


@click.command()
@click.argument("name")
@click.option("--copies", type=int)
@click.pass_context
def greet(ctx, name, copies: int):
    # ruleid: cli-input
    sink(name)
    # ok: cli-input
    sink(copies)
    # ok: cli-input
    sink(ctx)


@click.command()
def nothing(name):
    # ok: cli-input
    sink(name)
