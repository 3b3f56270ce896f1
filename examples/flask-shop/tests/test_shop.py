"""The shop works: one walk through it from registration to refund."""

import hashlib
import hmac
import io
import logging
import tempfile
import unittest

from sqlalchemy import select
from sqlalchemy.orm import Session

from shop import create_app
from shop.models import Order, Partner, PasswordReset, Product, add_samples


# The application logs its SQL; a handler of our own keeps SQLAlchemy from adding one that prints it.
logging.getLogger("sqlalchemy.engine.Engine").addHandler(logging.NullHandler())


class Shop(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        path = self.folder.name
        self.app = create_app(
            TESTING=True,
            DATABASE_URL=f"sqlite:///{path}/shop.db",
            PHOTOS=f"{path}/photos",
            INVOICES=f"{path}/invoices",
        )
        self.engine = self.app.extensions["shop.engine"]
        self.addCleanup(self.engine.dispose)
        with Session(self.engine) as session:
            add_samples(session)
            session.add(Partner(name="payments", webhook_secret="between us"))
            session.commit()
            self.teapot = session.scalar(select(Product.id).where(Product.name == "Teapot"))
        self.client = self.app.test_client()

    def register(self, client):
        form = {"name": "Ada", "email": "ada@shop.example", "password": "correct horse battery"}
        self.assertEqual(client.post("/register", data=form).status_code, 302)

    def office(self):
        client = self.app.test_client()
        form = {"email": "office@shop.example", "password": "change me"}
        self.assertEqual(client.post("/admin/login", data=form).status_code, 302)
        return client

    def buy_a_teapot(self):
        self.register(self.client)
        self.client.post("/basket", data={"product": self.teapot, "quantity": 2})
        self.assertIn("2 x Teapot", self.client.get("/basket").text)
        self.assertEqual(self.client.post("/checkout", data={"card": "tok_1"}).status_code, 302)

    def test_pages_for_everybody(self):
        self.assertIn("Teapot", self.client.get("/").text)
        self.assertIn("Assam", self.client.get("/products/3").text)
        found = self.client.get("/search?q=cup").text
        self.assertIn("Cup", found)
        self.assertNotIn("Tin of tea", found)
        self.assertEqual(self.client.get("/orders").status_code, 302)
        self.assertEqual(self.client.get("/admin/healthz").json, {"ok": True})

    def test_an_order_is_paid_and_refunded(self):
        self.buy_a_teapot()
        self.assertIn("48.00, paid", self.client.get("/orders").text)
        office = self.office()
        self.assertIn("Ada", office.get("/admin/orders").text)
        self.assertEqual(office.post("/admin/orders/1/refund").status_code, 302)
        self.assertEqual([call[0] for call in self.app.extensions["shop.gateway"].calls], ["charge", "refund"])

    def test_the_office_is_closed_to_customers(self):
        self.register(self.client)
        self.assertEqual(self.client.get("/admin/orders").status_code, 403)

    def test_logging_in_and_out(self):
        self.register(self.client)
        self.client.post("/logout")
        self.assertEqual(self.client.get("/orders").status_code, 302)
        login = {"email": "ada@shop.example", "password": "wrong"}
        self.assertEqual(self.client.post("/login", data=login).status_code, 401)
        login["password"] = "correct horse battery"
        self.assertEqual(self.client.post("/login", data=login).status_code, 302)
        self.assertEqual(self.client.get("/orders").status_code, 200)

    def test_a_forgotten_password(self):
        self.register(self.client)
        self.client.post("/forgot", data={"email": "ada@shop.example"})
        with Session(self.engine) as session:
            token = session.scalar(select(PasswordReset.reset_token))
        self.client.post(f"/reset/{token}", data={"password": "another horse battery"})
        self.assertEqual(self.client.get(f"/reset/{token}").status_code, 404)
        login = {"email": "ada@shop.example", "password": "another horse battery"}
        self.assertEqual(self.client.post("/login", data=login).status_code, 302)

    def test_the_mobile_app(self):
        self.buy_a_teapot()
        login = {"email": "ada@shop.example", "password": "correct horse battery", "device": "phone"}
        token = self.client.post("/api/login", json=login).json["token"]
        phone = self.app.test_client()
        self.assertEqual(phone.get("/api/orders").status_code, 401)
        answer = phone.get("/api/orders", headers={"Authorization": f"Bearer {token}"})
        self.assertEqual(answer.json["orders"][0]["total"], 48.0)

    def test_the_payment_provider_reports_a_failure(self):
        self.buy_a_teapot()
        body = b'{"payment": "sandbox-1", "type": "failed"}'
        headers = {"Content-Type": "application/json", "X-Signature": "wrong"}
        self.assertEqual(self.client.post("/webhooks/payments", data=body, headers=headers).status_code, 403)
        headers["X-Signature"] = hmac.new(b"between us", body, hashlib.sha256).hexdigest()
        self.assertEqual(self.client.post("/webhooks/payments", data=body, headers=headers).status_code, 204)
        with Session(self.engine) as session:
            self.assertEqual(session.scalar(select(Order.status)), "open")

    def test_photos_and_invoices(self):
        self.buy_a_teapot()
        office = self.office()
        photo = {"photo": (io.BytesIO(b"jpeg"), "teapot.jpg")}
        self.assertEqual(office.post(f"/admin/products/{self.teapot}/photo", data=photo).status_code, 302)
        with Session(self.engine) as session:
            month = f"{session.scalar(select(Order.created_at)):%Y-%m}"
        with office.get(f"/admin/invoices/{month}") as archive:
            self.assertEqual(archive.data[:2], b"\x1f\x8b")


if __name__ == "__main__":
    unittest.main()
