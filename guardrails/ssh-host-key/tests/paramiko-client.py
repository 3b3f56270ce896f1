import paramiko
import paramiko as ssh
from paramiko import AutoAddPolicy, SSHClient
from paramiko.client import WarningPolicy


def upload(host):
    client = paramiko.SSHClient()
    # ruleid: ssh-host-key
    client.set_missing_host_key_policy(paramiko.AutoAddPolicy())
    client.connect(host)


def upload_renamed(host):
    client = ssh.SSHClient()
    # ruleid: ssh-host-key
    client.set_missing_host_key_policy(ssh.WarningPolicy)
    client.connect(host)


def upload_imported(host):
    client = SSHClient()
    # ruleid: ssh-host-key
    client.set_missing_host_key_policy(AutoAddPolicy())
    client.connect(host)


def upload_warned(host):
    client = SSHClient()
    # ruleid: ssh-host-key
    client.set_missing_host_key_policy(WarningPolicy())
    client.connect(host)


def upload_well(host):
    client = paramiko.SSHClient()
    # ok: ssh-host-key
    client.load_host_keys("/etc/shop/known_hosts")
    # ok: ssh-host-key
    client.set_missing_host_key_policy(paramiko.RejectPolicy())
    client.connect(host)


def upload_by_default(host):
    client = ssh.SSHClient()
    # ok: ssh-host-key
    client.load_system_host_keys()
    client.connect(host)


def upload_own(host, policy):
    client = SSHClient()
    # ok: ssh-host-key
    client.set_missing_host_key_policy(policy)
    client.connect(host)
