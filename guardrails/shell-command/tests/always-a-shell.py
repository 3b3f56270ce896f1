import asyncio
import os
import os as operating_system
import shlex
import subprocess
from os import system as sh


def remove(path):
    # ruleid: shell-command
    os.system("rm -rf " + path)


def count_lines(path):
    # ruleid: shell-command
    return operating_system.popen(f"wc -l {path}").read()


def run(command):
    # ruleid: shell-command
    sh(command)


def version_of(tool):
    # ruleid: shell-command
    return subprocess.getoutput("%s --version" % tool)


async def convert(source, target):
    # ruleid: shell-command
    process = await asyncio.create_subprocess_shell(f"convert {source} {target}")
    await process.wait()


def clear_screen():
    # ok: shell-command
    os.system("clear")


def load_average():
    # ok: shell-command
    return os.popen("uptime").read()


def remove_quoted(path):
    # ok: shell-command
    sh("rm -rf " + shlex.quote(path))


async def convert_directly(source, target):
    # ok: shell-command
    process = await asyncio.create_subprocess_exec("convert", source, target)
    await process.wait()


def operating_system_name(machine):
    # ok: shell-command
    return machine.system(machine.name)
