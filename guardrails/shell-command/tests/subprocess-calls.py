import shlex
import subprocess
import subprocess as sp
from subprocess import Popen
from subprocess import check_output as output

CONVERT = "convert /srv/in.png /srv/out.png"


def thumbnail(path):
    # ruleid: shell-command
    subprocess.run(f"convert {path} -resize 200x200 {path}.thumb", shell=True, check=True)


def listing(folder):
    # ruleid: shell-command
    return output("ls -l " + folder, shell=True)


def archive(folder):
    # ruleid: shell-command
    sp.check_call("tar czf backup.tgz %s" % folder, cwd="/srv", shell=True)


def run_hook(hook):
    # ruleid: shell-command
    Popen(hook.command, stdout=subprocess.PIPE, shell=True)


def run_named(command):
    # ruleid: shell-command
    return subprocess.call(args=command, shell=True)


def thumbnail_list(path):
    # ok: shell-command
    subprocess.run(["convert", path, "-resize", "200x200", f"{path}.thumb"], check=True)


def fixed_pipeline():
    # ok: shell-command
    return subprocess.check_output("df -h | tail -1", shell=True)


def fixed_command():
    # ok: shell-command
    sp.run(CONVERT, shell=True)


def quoted(folder):
    # ok: shell-command
    subprocess.run(f"tar czf - {shlex.quote(folder)} | gpg -e", shell=True, check=True)


def chosen(verbose):
    options = "-v" if verbose else "-q"
    # ok: shell-command
    subprocess.run("make " + options, shell=True, check=True)


def counted(copies: int):
    # ok: shell-command
    subprocess.run(f"lp -n {copies} /srv/report.pdf", shell=True, check=True)


def no_shell(command):
    # ok: shell-command
    return output(shlex.split(command), shell=False)


def other_runner(runner, command):
    # ok: shell-command
    return runner.run(command, shell=True)


def resize_line(path):
    return f"convert {path} -resize 50% -"


def half(path):
    # ruleid: shell-command
    return output(resize_line(path), shell=True)


def words(*values):
    return " ".join(shlex.quote(value) for value in values)


def half_quoted(path):
    # ok: shell-command
    return output("convert " + words(path, "-resize", "50%", "-"), shell=True)
