"""Run by alembic: migrates over the connection that `upgrade` hands it."""

from __future__ import annotations

from typing import Literal

from alembic import context
from sqlalchemy.types import TypeDecorator

from data.schema import metadata


def _render_item(kind: str, item: object, _autogenerate: object) -> str | Literal[False]:
    """Our own types as what the database keeps: a migration is of its day, and these types may change later."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{type(item.impl_instance).__name__}()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=_render_item,
    transaction_per_migration=False,
)
context.run_migrations()
