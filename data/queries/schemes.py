"""The schemes of the policy."""

from __future__ import annotations

from sqlalchemy import Connection, select

from data.schema import is_live, scheme_version


def read_levers(connection: Connection) -> list[str]:
    """The codes of the schemes that are levers of the policy."""
    levers = select(scheme_version.c.code).where(is_live(scheme_version), scheme_version.c.family == "lever")
    return list(connection.scalars(levers.order_by(scheme_version.c.code)))
