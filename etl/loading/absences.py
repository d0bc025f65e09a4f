"""Known rows that a delivery leaves out: ended in a source that is complete for each place that it names, kept and
named as unconfirmed in one of which each file is the whole list.
"""

from __future__ import annotations

from collections.abc import Set

from sqlalchemy import Connection, exists, func, select

from data.i18n import NARROW, count
from data.schema import is_live, load, place
from data.sources import Source
from data.sources.other_values import display_encoded
from data.types import day_number
from etl.loading.identities import IDENTITIES
from etl.loading.merge import Merge
from etl.problems import Problem

MAX_NAMED = 50
_UNCONFIRMED = "Lignes connues absentes de cette livraison, gardées mais non confirmées."


def count_lost(connection: Connection, job: Merge, source: Source) -> tuple[int, int]:
    """Live rows that the stage would end, but for those that it has at another date; and live rows in all."""
    rows = select(func.count()).select_from(job.version)
    lost = 0
    if job.complete_for:
        others = [name for name in job.key if name != source.dated]
        known = job.version.alias("known")
        is_new = ~exists().where(is_live(known), job.same_key(known))
        moved = exists().where(is_new, *(job.stage.c[name] == job.version.c[name] for name in others))
        lost = connection.scalar(rows.where(job.absent(), ~moved)) or 0
    return lost, connection.scalar(rows.where(is_live(job.version))) or 0


def absent_remarks(connection: Connection, job: Merge, source: Source) -> list[Problem]:
    """The warning that names the live rows that the stage ends; none when it ends none."""
    if not job.complete_for:
        return []
    version = job.version
    columns = [version.c[name] for name in job.key]
    rows = connection.execute(select(*columns).where(job.absent()).order_by(*columns)).all()
    if not rows:
        return []
    codes = dict(connection.execute(select(place.c.place_id, place.c.code)).all())
    named = [", ".join(_shown(name, value, source, codes) for name, value in zip(job.key, row, strict=True))
             for row in rows[:MAX_NAMED]]  # fmt: skip
    listed = "; ".join([*named, "…"] if len(rows) > MAX_NAMED else named).replace("; ", f"{NARROW}; ")
    ended = count(len(rows), "ligne connue absente", "lignes connues absentes")
    message = f"{ended} de ce fichier, retirée(s){NARROW}: {listed}."
    return [Problem("warning", 0, None, None, message, cause="Lignes connues absentes de ce fichier, retirées.")]


def unconfirmed_remarks(connection: Connection, job: Merge, source: Source, refused_keys: Set[str]) -> list[Problem]:
    """The warning that names the live rows of a whole list that its new delivery lacks; they stay as they are.

    `refused_keys`: as written, of the rows that the delivery has and that were refused. Such a list has one key column.
    """
    if not source.is_full_list:
        return []
    [name], version, identity = job.key, job.version, IDENTITIES.get(job.version.name)
    own_loads = select(load.c.load_id).where(load.c.source == source.name)
    natural = identity.table.c[identity.natural] if identity else version.c[name]
    known = select(natural).where(is_live(version), version.c.load_id.in_(own_loads)).order_by(natural)
    if identity:
        known = known.join(identity.table, identity.table.c[name] == version.c[name])
    absent = [key for key in connection.scalars(known.where(version.c[name].not_in(select(job.stage.c[name]))))
              if key not in refused_keys]  # fmt: skip
    if not absent:
        return []
    listed = f"{NARROW}; ".join([*absent[:MAX_NAMED], "…"] if len(absent) > MAX_NAMED else absent)
    rows = count(len(absent), "ligne connue absente", "lignes connues absentes")
    message = f"{rows} de cette livraison, gardée(s) mais non confirmée(s){NARROW}: {listed}."
    return [Problem("warning", 0, None, None, message, cause=_UNCONFIRMED)]


def _shown(name: str, value: object, source: Source, codes: dict[int, str]) -> str:
    if name == "place_id" and isinstance(value, int):
        return codes.get(value, str(value))
    column = source.column(name)
    if column.kind == "day" and not isinstance(value, int):
        value = day_number(value)  # type: ignore[arg-type]
    return str(display_encoded(value, column))
