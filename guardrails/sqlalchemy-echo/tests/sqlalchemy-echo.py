import os

import sqlalchemy
import sqlalchemy as sa
from sqlalchemy import create_engine
from sqlalchemy import create_engine as connect
from sqlalchemy.ext.asyncio import create_async_engine


def engine_for(url):
    # ruleid: sqlalchemy-echo
    return create_engine(url, echo=True)


def engine_rows(url):
    # ruleid: sqlalchemy-echo
    return sa.create_engine(url, pool_pre_ping=True, echo="debug")


def engine_renamed(url):
    # ruleid: sqlalchemy-echo
    engine = connect(url, echo=True, future=True)
    return engine


async def engine_async(url):
    # ruleid: sqlalchemy-echo
    return create_async_engine(url, echo=True)


def switched_on(app, engine):
    # ruleid: sqlalchemy-echo
    app.config["SQLALCHEMY_ECHO"] = True
    # ruleid: sqlalchemy-echo
    engine.echo = True


def engine_quiet(url):
    # ok: sqlalchemy-echo
    return create_engine(url)


def engine_configured(url):
    # ok: sqlalchemy-echo
    return sqlalchemy.create_engine(url, echo=os.environ.get("SQL_ECHO") == "1")


def engine_hidden(url):
    # ok: sqlalchemy-echo
    return connect(url, echo=True, hide_parameters=True)


def engine_off(url):
    # ok: sqlalchemy-echo
    return create_engine(url, echo=False)


def audible(speaker):
    # ok: sqlalchemy-echo
    speaker.echo = True
