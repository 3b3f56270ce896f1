import os
import subprocess


def pack(folder):
    # ruleid: command-injection-local
    os.system("tar czf /srv/backup/latest.tgz " + folder)


def unpack(archive):
    # ok: command-injection-local
    subprocess.run(["tar", "xzf", archive, "-C", "/srv"], check=True)
