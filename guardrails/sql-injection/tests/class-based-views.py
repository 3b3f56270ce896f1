from http.server import BaseHTTPRequestHandler
from unittest import mock

from aiohttp import web
from django.db import connection as database
from django.views import View
from rest_framework.viewsets import ModelViewSet


class OrderView(View):
    def get(self, request, state):
        # ruleid: sql-injection
        database.cursor().execute(f"SELECT * FROM shop_order WHERE state = '{state}'")

    def post(self, request, order_id):
        # ok: sql-injection
        database.cursor().execute(f"SELECT * FROM shop_order WHERE id = {order_id}")


class OrderViewSet(ModelViewSet):
    def get_queryset(self):
        state = self.request.query_params.get("state")
        # ruleid: sql-injection
        return Order.objects.filter(paid=True).raw("SELECT * FROM shop_order WHERE state = '" + state + "'")

    def perform_create(self, serializer):
        # ruleid: sql-injection
        database.cursor().execute("INSERT INTO log VALUES ('%s')" % serializer.validated_data["note"])
        # ok: sql-injection
        database.cursor().execute("INSERT INTO log VALUES (%s)", [serializer.validated_data["note"]])

    def list(self, request):
        # ruleid: sql-injection
        database.cursor().execute("SELECT * FROM shop_order WHERE slug = '" + self.kwargs["slug"] + "'")


class Search(web.View):
    async def post(self):
        data = await self.request.json()
        # ruleid: sql-injection
        await self.db.execute(f"SELECT * FROM products WHERE name = '{data['name']}'")


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        # ruleid: sql-injection
        self.server.db.execute("SELECT * FROM pages WHERE path = '" + self.path + "'")


class Client:
    def __init__(self, path):
        self.path = path

    def save(self, db):
        # ok: sql-injection
        db.execute("INSERT INTO pages VALUES ('" + self.path + "')")


class Report:
    def rows(self, query, cursor):
        # ok: sql-injection
        cursor.execute("EXPLAIN " + query)


@mock.patch("shop.views.search")
def test_search(search, cursor):
    # ok: sql-injection
    cursor.execute("SELECT * FROM products WHERE name = '" + search + "'")
