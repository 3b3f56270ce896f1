from aiohttp import web
from django.http import HttpResponse
from fastapi import FastAPI, UploadFile
from lxml import etree, objectify

app = FastAPI()


def invoice(request):
    # ruleid: external-entities
    tree = etree.XML(request.body, etree.XMLParser(resolve_entities=True, no_network=False))
    # ruleid: external-entities-default
    other = objectify.fromstring(request.body)
    # ok: external-entities, external-entities-default
    third = etree.XML(request.body, etree.XMLParser(resolve_entities=False, no_network=True))
    return HttpResponse(str([tree, other, third]))


@app.post("/upload")
async def upload(file: UploadFile):
    parser = etree.XMLParser(load_dtd=True)
    # ruleid: external-entities
    return etree.fromstring(await file.read(), parser=parser).tag


async def soap(request: web.Request):
    # ruleid: external-entities-default
    return web.Response(text=etree.fromstring(await request.text()).tag)
