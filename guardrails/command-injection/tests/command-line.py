import os
import subprocess
import sys
from subprocess import run as start

import click


@click.command()
@click.argument("source")
def convert(source):
    # ruleid: command-injection-local
    start(f"convert {source} out.png", shell=True)
    # ok: command-injection-local
    start(["convert", "--", source, "out.png"], check=True)


def edit():
    name = input("File: ")
    # ruleid: command-injection-local
    os.system("vi " + name)
    # ok: command-injection-local
    subprocess.run([os.environ.get("EDITOR", "vi"), name])


def count():
    # ruleid: command-injection-local
    subprocess.getoutput("wc -l " + sys.argv[1])
    # ok: command-injection-local
    subprocess.run(sys.argv[1:], check=True)
