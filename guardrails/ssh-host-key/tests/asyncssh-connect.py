import asyncssh
import asyncssh as ssh
from asyncssh import connect


async def run(host):
    # ruleid: ssh-host-key-asyncssh
    async with asyncssh.connect(host, known_hosts=None) as connection:
        await connection.run("uptime")


async def run_imported(host):
    # ruleid: ssh-host-key-asyncssh
    connection = await connect(host, username="deploy", known_hosts=None)
    return connection


async def run_default(host):
    # ok: ssh-host-key-asyncssh
    return await ssh.connect(host)


async def run_named(host):
    # ok: ssh-host-key-asyncssh
    return await connect(host, known_hosts="/etc/shop/known_hosts")


async def run_tool(tool, host):
    # ok: ssh-host-key-asyncssh
    return await tool.connect(host, known_hosts=None)
