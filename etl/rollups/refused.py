"""Where the lines to correct belong: by what they name, as it is known today."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, case, cast, delete, func, insert, null, select

from data.facts.scope import NO_CODE
from data.schema import aid, aid_file, commune, live, place, place_version, refused_scope, reject
from data.sources import SOURCES, Source
from data.sources.model import Column

LOCATED = ("dep", "epci", "holder_type", "typologies")
_TERRITORY_KINDS = frozenset(
    {"place", "aid", "commune", "insee", "siret"}  # or names
)  # of columns by which a source has a territory
_OTHER_KINDS = {"scheme": frozenset({"scheme", "aid"}), "partner": frozenset({"partner"}), "unit": frozenset({"unit"})}


def refresh(connection: Connection) -> None:
    """Count the lines to correct again, by source, scope and day."""
    connection.execute(delete(refused_scope))
    names = [column.name for column in refused_scope.c if column.name != "number"]
    found = _sums().subquery("found")
    numbered = select(cast(func.row_number().over(order_by=found.c.source), Integer), *(found.c[one] for one in names))
    connection.execute(insert(refused_scope).from_select(["number", *names], numbered))


def _sums() -> Select[Any]:
    """One row per source, scope and day. A line belongs to its own commune, else that of its place, else of its aid."""
    version = (
        select(place.c.code, place_version.c.commune, place_version.c.holder_type, place_version.c.typologies)
        .join(place, place.c.place_id == place_version.c.place_id)
        .where(live(place_version))
        .subquery("version")
    )
    town = func.coalesce(reject.c.commune, version.c.commune, aid_file.c.commune)
    holder = func.coalesce(reject.c.holder_type, version.c.holder_type, aid_file.c.holder_type, NO_CODE)
    values = {
        "dep": func.coalesce(commune.c.dep, NO_CODE),
        "epci": func.coalesce(commune.c.epci, NO_CODE),
        "holder_type": holder,
        "typologies": func.coalesce(version.c.typologies, aid_file.c.typologies, NO_CODE),
        "scheme": func.coalesce(reject.c.scheme, aid_file.c.scheme, NO_CODE),
        "partner": func.coalesce(reject.c.partner, NO_CODE),
        "unit": func.coalesce(reject.c.unit, NO_CODE),
    }
    columns = [_where_it_applies(name, value).label(name) for name, value in values.items()]
    rows = (
        select(reject.c.source, *columns, reject.c.day, func.coalesce(reject.c.amount, 0).label("amount"))
        .select_from(reject)
        .outerjoin(version, version.c.code == reject.c.place)
        .outerjoin(aid, aid.c.reference == reject.c.aid)  # by its index: files have none on the reference
        .outerjoin(aid_file, and_(aid_file.c.aid_id == aid.c.aid_id, aid_file.c.origin == "aids"))
        .outerjoin(commune, commune.c.code == town)
        .where(live(reject))
        .subquery("rows")
    )
    keys = [rows.c[name] for name in ("source", *values, "day")]
    return select(*keys, func.count().label("lines"), func.sum(rows.c.amount).label("amount")).group_by(*keys)


def _where_it_applies(name: str, value: ColumnElement[Any]) -> ColumnElement[Any]:
    """SQL: null for the sources that have no such dimension."""
    kinds = _TERRITORY_KINDS if name in LOCATED else _OTHER_KINDS[name]
    having = [source.name for source in SOURCES if any({column.kind, column.name} & kinds for column in _own(source))]
    return case((reject.c.source.in_(having), value), else_=null())


def _own(source: Source) -> list[Column]:
    """The columns that say what a row is; an activity that mentions an aid file is not of the scheme of that file."""
    return [column for column in source.columns if column.kind != "aid" or column.name in source.key]
