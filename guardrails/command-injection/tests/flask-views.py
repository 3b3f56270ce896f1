import os
import shlex
import subprocess
from os import system as run_line
from subprocess import check_output

from flask import Flask, abort, request

app = Flask(__name__)
FORMATS = {"pdf": "pdf", "png": "png"}
TOOLS = {"convert": "/usr/bin/convert", "identify": "/usr/bin/identify"}


@app.route("/ping")
def ping():
    host = request.args["host"]
    # ruleid: command-injection
    os.system("ping -c 1 " + host)
    # ruleid: command-injection
    run_line(f"ping -c 1 {host}")
    # ruleid: command-injection
    answer = os.popen("ping -c 1 %s" % host).read()
    # ok: command-injection
    subprocess.run(["ping", "-c", "1", "--", host], check=True)
    return answer


@app.post("/convert")
def convert():
    options = request.get_json()["options"]
    line = " ".join(["convert", options, "in.png", "out.png"])
    # ruleid: command-injection
    subprocess.run(line, shell=True, check=True)
    # ruleid: command-injection
    check_output(args=line, shell=True)
    # ruleid: command-injection
    subprocess.Popen(["/bin/bash", "-c", line])
    # ok: command-injection
    subprocess.run("convert " + shlex.quote(options) + " in.png out.png", shell=True, check=True)


@app.route("/tool/<tool>")
def tool(tool):
    # ruleid: command-injection
    subprocess.run([tool, "in.png"])
    # ruleid: command-injection
    subprocess.run(shlex.split(tool))
    words = tool.split()
    # ruleid: command-injection
    subprocess.call(words)
    # ok: command-injection
    subprocess.run([TOOLS[tool], "in.png"])


@app.route("/render/<path:name>")
def render(name):
    arguments = ["render", "--quiet"]
    arguments.append(name)
    # ok: command-injection
    subprocess.run(arguments, check=True)
    # ok: command-injection
    subprocess.run(["render", name], shell=False, check=True)


@app.route("/export")
def export():
    kind = request.args["format"]
    if kind not in FORMATS:
        abort(400)
    # ok: command-injection
    os.system("export --format " + kind)


@app.route("/export/any")
def export_any():
    kind = FORMATS.get(request.args["format"], "pdf")
    # ok: command-injection
    os.system("export --format " + kind)
    pages = int(request.args["pages"])
    # ok: command-injection
    os.system(f"export --pages {pages}")


@app.route("/export/branch")
def export_branch():
    kind = request.args["format"]
    if kind in ("pdf", "png"):
        # ok: command-injection
        os.system("export --format " + kind)
    else:
        # The rule takes the whole `if` for checked.
        # todoruleid: command-injection
        os.system("export --unknown " + kind)


def run_git(arguments):
    # The view below passes the request's text.
    # ruleid: command-injection
    return subprocess.getoutput("git " + arguments)


@app.route("/git")
def git():
    return run_git(request.args["command"])


@app.route("/count")
def count():
    name = request.args["name"]
    command = ["/bin/bash", "-c"]
    command.append(f"wc -l < {name}")
    # ruleid: command-injection
    subprocess.run(command, check=True)
    quoted = ["sh", "-ec", f"wc -l < {shlex.quote(name)}"]
    # ok: command-injection
    subprocess.run(quoted, check=True)
    words = ["sh"]
    words.append("count.sh")
    words.append(name)
    # ok: command-injection
    subprocess.run(words, check=True)


@app.route("/count/any-system")
def count_anywhere():
    words = []
    if os.name == "posix":
        words.append("sh")
        words.append("-c")
    else:
        words.append("powershell")
    words.append("count " + request.args["name"])
    # ruleid: command-injection
    return subprocess.check_output(args=words)


def log_of(branch):
    # ok: command-injection
    return subprocess.getoutput("git log --oneline " + branch)


@app.route("/git/log")
def git_log():
    return log_of(shlex.quote(request.args["branch"]))


def program_for(kind):
    return TOOLS[kind]


@app.route("/tool")
def tool():
    # ok: command-injection
    return check_output([program_for(request.args["tool"]), "--version"])
