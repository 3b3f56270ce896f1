from pathlib import Path

from flask import current_app, g
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Session


class Base(DeclarativeBase):
    pass


def make_engine(url):
    # Support reads the statements when a customer reports a slow page.
    return create_engine(url, echo=True, pool_pre_ping=True)


def db():
    """The database session of this request."""
    if "db" not in g:
        g.db = Session(current_app.extensions["shop.engine"])
    return g.db


def init_app(app):
    from shop import models

    for folder in ("PHOTOS", "INVOICES"):
        Path(app.config[folder]).mkdir(parents=True, exist_ok=True)
    engine = make_engine(app.config["DATABASE_URL"])
    Base.metadata.create_all(engine)
    app.extensions["shop.engine"] = engine

    @app.teardown_appcontext
    def close(error):
        session = g.pop("db", None)
        if session is not None:
            session.close()

    @app.cli.command("seed")
    def seed():
        """Fill an empty shop with a few products and an administrator."""
        with Session(engine) as session:
            models.add_samples(session)
            session.commit()
