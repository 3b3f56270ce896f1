from aiohttp import web
from django.http import HttpResponse
from django.template import Context, Engine
from django.template import Template as DjangoTemplate
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from mako.template import Template as MakoTemplate
from pydantic import BaseModel

app = FastAPI()


class Letter(BaseModel):
    text: str
    customer: str


@app.post("/letter", response_class=HTMLResponse)
async def letter(letter: Letter):
    # ruleid: template-injection
    return MakoTemplate("Dear customer, " + letter.text).render()


@app.post("/letter/data", response_class=HTMLResponse)
async def letter_data(letter: Letter):
    # ok: template-injection
    return MakoTemplate("Dear ${customer}").render(customer=letter.customer)


def preview(request):
    # ruleid: template-injection
    template = DjangoTemplate(request.POST["body"])
    # ruleid: template-injection
    other = Engine.get_default().from_string("{% load i18n %}" + request.POST["body"])
    # ok: template-injection
    third = DjangoTemplate("{{ body }}").render(Context({"body": request.POST["body"]}))
    return HttpResponse([template.render(Context()), other.render(Context()), third])


async def hello(request: web.Request):
    environment = request.app["templates"]
    # ruleid: template-injection
    text = environment.from_string("Hello " + request.match_info["name"]).render()
    # ok: template-injection
    text += environment.from_string("Hello {{ name }}").render(name=request.match_info["name"])
    return web.Response(text=text)
