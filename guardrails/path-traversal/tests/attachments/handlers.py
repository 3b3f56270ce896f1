from aiohttp import web

from storage import Storage, folder_of

routes = web.RouteTableDef()


@routes.get("/raw")
async def raw(request: web.Request):
    storage = Storage(folder_of(request.app["site"]))
    return web.Response(body=storage.read(request.query["name"]))


@routes.get("/attachment")
async def attachment(request: web.Request):
    storage = Storage(folder_of(request.app["site"]))
    return web.Response(body=storage.read_inside(request.query["name"]))


@routes.head("/raw")
async def raw_exists(request: web.Request):
    storage = Storage(folder_of(request.app["site"]))
    return web.Response(status=200 if storage.is_there(request.query["name"]) else 404)


@routes.head("/attachment")
async def exists(request: web.Request):
    storage = Storage(folder_of(request.app["site"]))
    return web.Response(status=200 if storage.is_inside(request.query["name"]) else 404)
