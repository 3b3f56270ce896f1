"""Invoices are text files, one an order, named by month: 2026-03-000017.txt."""

from pathlib import Path

from flask import current_app

from shop.services.archives import pack


def write_invoice(order):
    lines = [f"{line.quantity} x {line.product.name}: {line.price}" for line in order.lines]
    path = Path(current_app.config["INVOICES"], f"{order.created_at:%Y-%m}-{order.id:06}.txt")
    path.write_text("\n".join([f"Order {order.id} for {order.customer.name}", *lines, f"Total: {order.total}"]))


def pack_invoices(month):
    """The path of an archive with all invoices of the month, as the accountant wants it."""
    folder = current_app.config["INVOICES"]
    return pack(folder, f"{folder}/{month}.tgz", f"{month}-*.txt")
