"""The regression test of the masking column type: it captures SQLAlchemy's log and looks for the token."""

import unittest

from sqlalchemy import String, bindparam, create_engine, select, text
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from shop.database import Base
from shop.masking import MASK, Masked, MaskedString
from shop.models import Customer, WebSession

TOKEN = "S3ss10n-t0ken-that-must-not-be-logged"


class FormerBase(DeclarativeBase):
    pass


class FormerWebSession(FormerBase):
    """The session as it was before the fix, to show that this test would have failed."""

    __tablename__ = "former_web_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(String(64), unique=True)


class Samples(DeclarativeBase):
    pass


class Sample(Samples):
    __tablename__ = "samples"

    id: Mapped[int] = mapped_column(primary_key=True)
    secret: Mapped[str | None] = mapped_column(MaskedString(64), unique=True)


class SqlLog(unittest.TestCase):
    def setUp(self):
        self.engine = create_engine("sqlite://")
        for base in (Base, FormerBase, Samples):
            base.metadata.create_all(self.engine)

    def tearDown(self):
        self.engine.dispose()

    def logged(self, work):
        """All that SQLAlchemy logs, at its most talkative, while the work runs in a session."""
        with self.assertLogs("sqlalchemy.engine", level="DEBUG") as log, Session(self.engine) as session:
            work(session)
            session.rollback()
        return "\n".join(log.output)


class TheLeak(SqlLog):
    def test_an_ordinary_column_shows_the_token(self):
        def log_in(session):
            session.add(FormerWebSession(token=TOKEN))
            session.flush()

        self.assertIn(TOKEN, self.logged(log_in))


class WebSessionToken(SqlLog):
    def test_a_login_and_the_next_request_do_not_show_the_token(self):
        def log_in_and_return(session):
            customer = Customer(email="ada@shop.example", name="Ada")
            customer.set_password("correct horse battery")
            session.add(WebSession(customer=customer, token=TOKEN))
            session.flush()
            session.expire_all()
            found = session.scalar(select(WebSession).where(WebSession.token == TOKEN))
            self.assertEqual(found.customer.name, "Ada")

        log = self.logged(log_in_and_return)
        self.assertIn("INSERT INTO web_sessions", log)
        self.assertIn("web_sessions.token = ?", log)
        self.assertIn(MASK, log)
        self.assertNotIn(TOKEN, log)
        self.assertNotIn("scrypt:", log, "the password hash is masked as well")


class AnyMaskedColumn(SqlLog):
    def check_not_logged(self, work):
        log = self.logged(work)
        self.assertIn(MASK, log)
        self.assertNotIn(TOKEN, log)

    def test_bulk_insert(self):
        def work(session):
            session.add_all([Sample(secret=f"{TOKEN}-{number}") for number in range(20)])
            session.flush()

        self.check_not_logged(work)

    def test_update_and_delete(self):
        def work(session):
            sample = Sample(secret="first")
            session.add(sample)
            session.flush()
            sample.secret = TOKEN
            session.flush()
            session.delete(sample)
            session.flush()

        self.check_not_logged(work)

    def test_conditions(self):
        self.check_not_logged(lambda session: session.scalars(select(Sample).where(Sample.secret.in_([TOKEN, "b"]))).all())
        self.check_not_logged(lambda session: session.scalars(select(Sample).where(Sample.secret.startswith(TOKEN))).all())

    def test_result_rows(self):
        def work(session):
            session.execute(text("INSERT INTO samples (secret) VALUES (hex(42))"))
            self.assertEqual(session.execute(select(Sample.secret)).scalar_one(), "3432")

        log = self.logged(work)
        self.assertIn(f"Row ({MASK},)", log)
        self.assertNotIn("3432", log)

    def test_database_error(self):
        def work(session):
            session.execute(Sample.__table__.insert(), [{"secret": TOKEN}])
            with self.assertRaises(IntegrityError) as refused:
                session.execute(Sample.__table__.insert(), [{"secret": TOKEN}])
            self.assertIn(MASK, str(refused.exception))
            self.assertNotIn(TOKEN, str(refused.exception))

        self.check_not_logged(work)


class WaysAround(SqlLog):
    def test_a_parameter_of_text_needs_the_type_named(self):
        by_secret = text("SELECT id FROM samples WHERE secret = :secret")
        self.assertIn(TOKEN, self.logged(lambda session: session.execute(by_secret, {"secret": TOKEN})))
        typed = by_secret.bindparams(bindparam("secret", type_=MaskedString()))
        self.assertNotIn(TOKEN, self.logged(lambda session: session.execute(typed, {"secret": TOKEN})))

    def refusal(self, engine):
        with Session(engine) as session, self.assertRaises(StatementError) as refused:
            session.add(WebSession(customer_id=1, token=TOKEN, expires_at="not a date"))
            session.flush()
        return str(refused.exception)

    def test_an_error_in_another_column_needs_hidden_parameters(self):
        self.assertIn(TOKEN, self.refusal(self.engine))
        hiding = create_engine("sqlite://", hide_parameters=True)
        self.addCleanup(hiding.dispose)
        Base.metadata.create_all(hiding)
        self.assertNotIn(TOKEN, self.refusal(hiding))


class WhatIsStored(SqlLog):
    def test_the_database_holds_the_real_value(self):
        with Session(self.engine) as session:
            session.add_all([Sample(secret=TOKEN), Sample(secret=None)])
            session.flush()
            stored = session.execute(text("SELECT secret, typeof(secret) FROM samples ORDER BY id")).all()
            session.expire_all()
            read = session.scalars(select(Sample.secret).order_by(Sample.id)).all()
        self.assertEqual(stored, [(TOKEN, "text"), (None, "null")])
        self.assertEqual(read, [TOKEN, None])

    def test_a_masked_string_is_the_string_in_all_but_repr(self):
        token = Masked(TOKEN)
        self.assertEqual(token, TOKEN)
        self.assertEqual(hash(token), hash(TOKEN))
        self.assertEqual(f"{token}", TOKEN)
        self.assertEqual(str(token), TOKEN)
        self.assertEqual(repr(token), MASK)
        self.assertEqual(repr({"token": token}), "{'token': '***'}")


if __name__ == "__main__":
    unittest.main()
