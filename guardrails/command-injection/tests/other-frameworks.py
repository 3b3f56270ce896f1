import asyncio
import os
import subprocess as sp

from aiohttp import web
from django.http import HttpResponse
from fastapi import APIRouter, Form
from pydantic import BaseModel

router = APIRouter()


class Job(BaseModel):
    command: str
    timeout: int


@router.post("/jobs")
async def start(job: Job):
    # ruleid: command-injection
    await asyncio.create_subprocess_shell("nice " + job.command)
    # ok: command-injection
    await asyncio.create_subprocess_exec("nice", "/usr/bin/report", job.command)


@router.post("/archive")
async def archive(name: str = Form(...)):
    # ruleid: command-injection
    sp.check_call(f"tar czf archive.tgz {name}", shell=True)
    # ok: command-injection
    sp.check_call(["tar", "czf", "archive.tgz", "--", name])


def thumbnail(request):
    # ruleid: command-injection
    sp.call("convert -resize 100 " + request.POST["file"], shell=True)
    # ruleid: command-injection
    os.execlp(request.GET["tool"], "tool")
    return HttpResponse("done")


def backup(request, target):
    command = "rsync -a /srv/shop {}".format(target)
    # ruleid: command-injection
    os.system(command)
    # ok: command-injection
    sp.run(["rsync", "-a", "/srv/shop", "backup:" + target], check=True)
    return HttpResponse("done")


async def deploy(request: web.Request, ssh):
    data = await request.json()
    # ruleid: command-injection
    ssh.exec_command("deploy " + data["branch"])
    # ok: command-injection
    ssh.exec_command("deploy main")
    return web.json_response({"branch": data["branch"]})


def refresh(job):
    # ok: command-injection
    sp.run(f"refresh {job.name}", shell=True, check=True)
