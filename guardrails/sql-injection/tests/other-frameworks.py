import asyncpg
from aiohttp import web
from django.db import connection
from django.db.models.expressions import RawSQL
from django.http import HttpResponse
from django.shortcuts import render
from fastapi import APIRouter, Depends, FastAPI, Query
from psycopg2 import sql as pg
from pydantic import BaseModel
from sqlalchemy import text as statement

app = FastAPI()
router = APIRouter()
routes = web.RouteTableDef()


class Search(BaseModel):
    term: str


@app.get("/products")
async def products(term: str = Query(""), session=Depends(get_session)):
    # ruleid: sql-injection
    return await session.execute(statement(f"SELECT * FROM products WHERE name = '{term}'"))


@router.post("/search")
async def search(search: Search, session=Depends(get_session)):
    # ruleid: sql-injection
    return await session.execute(statement("SELECT * FROM products WHERE name = '" + search.term + "'"))


@router.get("/products/{product_id}")
async def product(product_id: int, session=Depends(get_session)):
    # ok: sql-injection
    return await session.execute(statement(f"SELECT * FROM products WHERE id = {product_id}"))


@router.get("/me")
async def me(user: str = Depends(current_user), session=Depends(get_session)):
    # ok: sql-injection
    return await session.execute(statement(f"SELECT * FROM users WHERE name = '{user}'"))


def django_list(request):
    name = request.GET.get("name")
    with connection.cursor() as cursor:
        # ruleid: sql-injection
        cursor.execute("SELECT * FROM shop_order WHERE name = '%s'" % name)
        # ok: sql-injection
        cursor.execute("SELECT * FROM shop_order WHERE name = %s", [name])
    # ruleid: sql-injection
    found = Order.objects.raw(f"SELECT * FROM shop_order WHERE name = '{name}'")
    # ruleid: sql-injection
    ranked = Order.objects.annotate(rank=RawSQL("name = '" + name + "'", ()))
    # ok: sql-injection
    safe = Order.objects.annotate(rank=RawSQL("name = %s", (name,)))
    return render(request, "orders.html", {"orders": [found, ranked, safe]})


def django_slug(request, slug):
    with connection.cursor() as cursor:
        # ruleid: sql-injection
        cursor.execute(f"SELECT * FROM shop_page WHERE slug = '{slug}'")
    return HttpResponse(cursor.fetchone())


def _of_user(request, user):
    with connection.cursor() as cursor:
        # ok: sql-injection
        cursor.execute(f"SELECT * FROM shop_page WHERE owner = '{user.name}'")
    return HttpResponse(cursor.fetchone())


def of_shop(request, shop: Shop):
    with connection.cursor() as cursor:
        # ok: sql-injection
        cursor.execute(f"SELECT * FROM shop_page WHERE shop = '{shop.name}'")
    return HttpResponse(cursor.fetchone())


def django_form(request):
    form = SearchForm(request.POST)
    if form.is_valid():
        # ruleid: sql-injection
        Order.objects.extra(where=["name = '" + form.cleaned_data["name"] + "'"])
        # ok: sql-injection
        Order.objects.extra(where=["name = %s"], params=[form.cleaned_data["name"]])


@routes.get("/aio")
async def aio_query(request):
    connection = await asyncpg.connect()
    # ruleid: sql-injection
    return await connection.fetch("SELECT * FROM products WHERE name = '" + request.query["name"] + "'")


async def aio_post(request: web.Request, connection):
    data = await request.post()
    # ruleid: sql-injection
    row = await connection.fetchrow(f"SELECT * FROM products WHERE name = '{data['name']}'")
    # ok: sql-injection
    other = await connection.fetchrow("SELECT * FROM products WHERE name = $1", data["name"])
    return row, other


async def aio_identifier(request: web.Request, cursor):
    column = request.match_info["column"]
    # ok: sql-injection
    cursor.execute(pg.SQL("SELECT {} FROM products").format(pg.Identifier(column)))
    # ruleid: sql-injection
    cursor.execute(pg.SQL("SELECT " + column + " FROM products"))
