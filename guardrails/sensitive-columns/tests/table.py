import sqlalchemy as sa
from sqlalchemy import Column, DateTime, Integer, MetaData, String, Table
from sqlalchemy.orm import mapped_column

from shop.masking import MaskedString

metadata = MetaData()

partners = Table(
    "partners",
    metadata,
    Column("id", Integer, primary_key=True),
    # ruleid: sensitive-columns-table
    Column("webhook_secret", String(64)),
    # ruleid: sensitive-columns-table
    sa.Column("api_key", sa.String(40), nullable=False),
    # ok: sensitive-columns-table
    Column("refresh_token", MaskedString(64)),
    # ok: sensitive-columns-table
    Column("api_key_created_at", DateTime),
    # ok: sensitive-columns-table
    Column("reset_token", sa.Boolean),
)


class Device:
    # ruleid: sensitive-columns-table
    push_target = mapped_column("push_token", String(200))
    # ok: sensitive-columns-table
    legacy = mapped_column("push_secret", MaskedString(200))
    # ok: sensitive-columns-table
    push_name = mapped_column("name", String(200))
    # ruleid: sensitive-columns
    token = mapped_column("token", String(200))
