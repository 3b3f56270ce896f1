from aiohttp import web

from rendering import render_draft, render_letter, render_sandboxed

routes = web.RouteTableDef()


@routes.post("/draft")
async def draft(request: web.Request):
    form = await request.post()
    return web.Response(text=render_draft(form["body"], form["customer"]))


@routes.post("/letter")
async def letter(request: web.Request):
    form = await request.post()
    return web.Response(text=render_letter(form["body"], form["customer"]))


@routes.post("/letter/own")
async def own_letter(request: web.Request):
    form = await request.post()
    return web.Response(text=render_sandboxed(form["body"], form["customer"]))
