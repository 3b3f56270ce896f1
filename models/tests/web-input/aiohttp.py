import aiohttp
from aiohttp import web

routes = web.RouteTableDef()


@routes.get("/orders/{name}")
async def order(request):
    # ruleid: web-input
    sink(request.match_info["name"])
    # ruleid: web-input
    sink(request.query["q"])
    # ruleid: web-input
    sink(request.rel_url.query["q"])
    body = await request.post()
    # ruleid: web-input
    sink(body["name"])
    # ruleid: web-input
    sink((await request.json())["name"])
    # ok: web-input
    sink(request.app["db"])
    # ok: web-input
    sink(request.remote)


@routes.view("/orders")
class Orders(web.View):
    async def get(self):
        # ruleid: web-input
        sink(self.request.match_info["name"])


async def fetch(session):
    async with session.get("https://example.com") as response:
        # ok: web-input
        sink(await response.text())
