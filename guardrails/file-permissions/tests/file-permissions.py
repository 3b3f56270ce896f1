import os
import os as system
import stat
import stat as bits
from os import chmod as set_mode
from pathlib import Path

OPEN_TO_ALL = 0o777


def share(path):
    # ruleid: file-permissions
    os.chmod(path, 0o777)


def share_renamed(path):
    # ruleid: file-permissions
    set_mode(path, 0o666)


def share_constant(path):
    # ruleid: file-permissions
    system.chmod(path, OPEN_TO_ALL)


def share_path(folder):
    # ruleid: file-permissions
    Path(folder, "exports").chmod(0o1777)


def share_remote(sftp, path):
    # ruleid: file-permissions
    sftp.chmod(path, 0o646)


def share_named(path):
    # ruleid: file-permissions-named
    os.chmod(path, stat.S_IRWXU | stat.S_IRWXG | stat.S_IRWXO)


def share_more(path):
    # ruleid: file-permissions-named
    path.chmod(path.stat().st_mode | bits.S_IWOTH)


def daemon():
    # ruleid: file-permissions-umask
    os.umask(0)


def daemon_renamed():
    # ruleid: file-permissions-umask
    system.umask(0o020)


def private(path):
    # ok: file-permissions
    os.chmod(path, 0o600)


def program(path):
    # ok: file-permissions
    set_mode(path, 0o755)


def private_path(path):
    # ok: file-permissions, file-permissions-named
    Path(path).chmod(stat.S_IRUSR | stat.S_IWUSR)


def given(path, mode):
    # ok: file-permissions
    os.chmod(path, mode)


def readable(path):
    # ok: file-permissions-named
    path.chmod(path.stat().st_mode | bits.S_IROTH)


def take_away(path):
    # ok: file-permissions-named
    os.chmod(path, path.stat().st_mode & ~stat.S_IWOTH)


def daemon_well():
    # ok: file-permissions-umask
    os.umask(0o077)


def current_mask():
    # ok: file-permissions-umask
    mask = os.umask(0)
    # ok: file-permissions-umask
    os.umask(mask)
    return mask
