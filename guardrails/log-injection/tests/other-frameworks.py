import logging

from aiohttp import web
from django.http import HttpResponse
from fastapi import FastAPI

app = FastAPI()
LOG = logging.getLogger("shop")


def login(request):
    # ruleid: log-injection
    LOG.warning("login of {} refused".format(request.POST["name"]))
    # ok: log-injection
    LOG.warning("login refused from %s", request.META["REMOTE_ADDR"])
    # ok: log-injection
    LOG.warning("fields: %s", request.POST)
    return HttpResponse("no")


@app.get("/hello")
async def hello(name: str, page: int):
    # ruleid: log-injection
    LOG.info("hello %s", name)
    # ok: log-injection
    LOG.info("page %s", page)


async def upload(request: web.Request):
    data = await request.post()
    # ruleid: log-injection
    LOG.info("upload of %s", data["file"].filename)
