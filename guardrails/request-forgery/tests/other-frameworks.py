import aiohttp
import httpx
from aiohttp import web
from django.http import HttpResponse
from fastapi import FastAPI
from pydantic import BaseModel, HttpUrl
from urllib3 import PoolManager as Pool

app = FastAPI()
ALLOWED_FEEDS = ("https://feeds.example.com/a", "https://feeds.example.com/b")


class Hook(BaseModel):
    url: HttpUrl
    payload: dict


@app.post("/hooks")
async def hook(hook: Hook):
    async with httpx.AsyncClient() as client:
        # ruleid: request-forgery
        await client.post(hook.url, json=hook.payload)
        # ok: request-forgery
        await client.post("https://hooks.example.com/", json=hook.payload)


@app.get("/avatar")
async def avatar(url: str):
    # ruleid: request-forgery
    return httpx.get(url).content


@app.get("/avatars/{user_id}")
async def avatar_of(user_id: int):
    # ok: request-forgery
    return httpx.get(f"https://{user_id}.avatars.example.com/").content


def proxy(request):
    pool = Pool()
    # ruleid: request-forgery
    answer = pool.request("GET", request.GET["target"])
    # ok: request-forgery
    pool.request("GET", "https://api.example.com/?target=" + request.GET["target"])
    return HttpResponse(answer.data)


def feed(request):
    url = request.GET["feed"]
    if url not in ALLOWED_FEEDS:
        return HttpResponse(status=400)
    # ok: request-forgery
    return HttpResponse(httpx.get(url).content)


async def relay(request: web.Request):
    async with aiohttp.ClientSession() as session:
        # ruleid: request-forgery
        async with session.get(request.query["url"]) as answer:
            return web.Response(body=await answer.read())
