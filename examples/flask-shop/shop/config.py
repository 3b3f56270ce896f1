import os
from pathlib import Path

DATA = Path(os.environ.get("SHOP_DATA", "instance")).resolve()


class Config:
    SECRET_KEY = os.environ.get("SHOP_SECRET_KEY", "shop-development-key")
    DATABASE_URL = os.environ.get("SHOP_DATABASE", f"sqlite:///{DATA / 'shop.db'}")
    PHOTOS = str(DATA / "photos")
    INVOICES = str(DATA / "invoices")
    MAX_CONTENT_LENGTH = 4 * 1024 * 1024
    # Without an address of the payment provider, payments go to the sandbox.
    PAYMENT_URL = os.environ.get("SHOP_PAYMENT_URL")
    PAYMENT_KEY = os.environ.get("SHOP_PAYMENT_KEY")
