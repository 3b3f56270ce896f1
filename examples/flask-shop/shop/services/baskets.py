"""The basket travels in a cookie, so that nobody needs an account to fill one."""

import jsonpickle

BASKET_COOKIE = "basket"


class Basket:
    def __init__(self):
        self.quantities = {}

    def add(self, product_id, quantity):
        key = str(product_id)
        self.quantities[key] = self.quantities.get(key, 0) + quantity

    def items(self):
        return [(int(key), quantity) for key, quantity in self.quantities.items()]


def read_basket(request):
    saved = request.cookies.get(BASKET_COOKIE)
    if not saved:
        return Basket()
    basket = jsonpickle.decode(saved, keys=True)
    return basket if isinstance(basket, Basket) else Basket()


def keep_basket(response, basket):
    response.set_cookie(BASKET_COOKIE, jsonpickle.encode(basket, keys=True), max_age=30 * 24 * 3600)
    return response
