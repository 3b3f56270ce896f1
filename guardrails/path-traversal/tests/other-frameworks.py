import os
import shutil as files
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import aiofiles
from aiohttp import web
from django.http import FileResponse as DjangoFileResponse
from django.http import HttpResponse
from fastapi import APIRouter, FastAPI, UploadFile
from fastapi.responses import FileResponse

app = FastAPI()
router = APIRouter()
FOLDER = Path("/srv/media")


@app.get("/media")
async def media(name: str):
    # ruleid: path-traversal
    return FileResponse(FOLDER / name)


@app.get("/media/{name}")
async def one_medium(name: str):
    # ok: path-traversal
    return FileResponse(FOLDER / name)


@router.get("/tree/{name:path}")
async def tree(name: str):
    # ruleid: path-traversal
    return FileResponse(path=f"/srv/media/{name}")


@router.post("/upload")
async def upload(picture: UploadFile):
    # ruleid: path-traversal
    async with aiofiles.open(f"/srv/media/{picture.filename}", "wb") as target:
        await target.write(await picture.read())
    # ok: path-traversal
    async with aiofiles.open(f"/srv/media/{Path(picture.filename).name}", "wb") as target:
        await target.write(await picture.read())


def download(request):
    # ruleid: path-traversal
    return DjangoFileResponse(open(os.path.join("/srv/media", request.GET["file"]), "rb"))


def remove(request):
    # ruleid: path-traversal
    files.rmtree("/srv/media/" + request.POST["folder"])
    # ok: path-traversal
    files.rmtree("/srv/media/" + os.path.basename(request.POST["folder"]))
    return HttpResponse("done")


def page(request, slug):
    # ok: path-traversal
    return HttpResponse(open(f"/srv/pages/{slug}.html").read())


async def aio_file(request: web.Request):
    # ruleid: path-traversal
    return web.FileResponse(FOLDER / request.query["name"])


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        # ruleid: path-traversal
        self.wfile.write(open("." + self.path, "rb").read())
