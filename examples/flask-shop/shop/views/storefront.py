from flask import Blueprint, abort, g, redirect, render_template, request, url_for
from sqlalchemy import select, text

from shop.auth import login_required
from shop.database import db
from shop.models import Product
from shop.services.baskets import BASKET_COOKIE, keep_basket, read_basket
from shop.services.invoices import write_invoice
from shop.services.orders import place_order

storefront = Blueprint("storefront", __name__)


@storefront.get("/")
def products():
    return render_template("products.html", products=db().scalars(select(Product).order_by(Product.name)).all())


@storefront.get("/search")
def search():
    term = request.args.get("q", "").strip()
    condition = text(f"name LIKE '%{term}%' OR description LIKE '%{term}%'")
    found = db().scalars(select(Product).where(condition).order_by(Product.name)).all()
    return render_template("products.html", products=found, term=term)


@storefront.get("/products/<int:product_id>")
def product(product_id):
    return render_template("product.html", product=db().get(Product, product_id) or abort(404))


@storefront.get("/basket")
def basket():
    wanted = read_basket(request).items()
    lines = [(db().get(Product, product_id), quantity) for product_id, quantity in wanted]
    return render_template("basket.html", lines=[line for line in lines if line[0] is not None])


@storefront.post("/basket")
def add_to_basket():
    chosen = read_basket(request)
    chosen.add(request.form.get("product", type=int), request.form.get("quantity", 1, type=int))
    return keep_basket(redirect(url_for("storefront.basket")), chosen)


@storefront.post("/checkout")
@login_required
def checkout():
    try:
        order = place_order(g.customer, read_basket(request), request.form["card"])
    except ValueError as error:
        return render_template("message.html", message=str(error)), 400
    write_invoice(order)
    response = redirect(url_for("account.orders"))
    response.delete_cookie(BASKET_COOKIE)
    return response
