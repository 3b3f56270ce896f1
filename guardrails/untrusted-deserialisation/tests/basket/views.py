from flask import Blueprint, jsonify, request

import basket as baskets
from models import StoredBasket

shop = Blueprint("shop", __name__)


@shop.get("/basket")
def basket():
    cookie = request.cookies.get("basket", "")
    version = request.cookies.get("version")
    if version == "1":
        return jsonify(baskets.unpack(cookie))
    if version == "2":
        return jsonify(baskets.unpack_signed(cookie))
    return jsonify(baskets.unpack_json(cookie))


@shop.get("/basket/<int:number>")
def stored(number):
    return jsonify(baskets.unpack_stored(StoredBasket.query.get(number)))
