import elementpath
from aiohttp import web
from django.http import JsonResponse
from fastapi import APIRouter
from lxml import etree as xml

router = APIRouter()


@router.get("/product")
async def product(name: str):
    # ruleid: xpath-injection
    return xml.parse("products.xml").xpath(f"//product[name='{name}']")


@router.get("/products/{number}")
async def product_by_number(number: int):
    # ok: xpath-injection
    return xml.parse("products.xml").xpath(f"//product[{number}]")


def login(request):
    document = xml.parse("users.xml")
    name, password = request.POST["name"], request.POST["password"]
    # ruleid: xpath-injection
    user = document.xpath("//user[name='%s' and password='%s']" % (name, password))
    # ok: xpath-injection
    same = document.xpath("//user[name=$name and password=$password]", name=name, password=password)
    return JsonResponse({"user": [user, same]})


async def search(request: web.Request):
    # ruleid: xpath-injection
    found = elementpath.select(request.app["tree"], "//p[@id='" + request.query["id"] + "']")
    return web.json_response({"found": len(found)})
