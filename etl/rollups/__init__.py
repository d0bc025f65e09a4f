"""Roll-ups: what pages read, computed from the live rows in the transaction of the load that changed them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Table, select

from data.schema import VERSION_TABLES, aid_file, attendance, attendance_month, label_first, label_month, label_span
from data.types import month_of
from etl.rollups import activities, aids, aract_path, labels, reach, state, visits
from etl.rollups.statistics import analyze_tables
from etl.rollups.visits import mark_changed_months


@dataclass(frozen=True)
class RollUp:
    """Some roll-ups, the version tables from which they are computed, and the tables that others read of them."""

    of: frozenset[str]
    refresh: Callable[[Connection, date], None]
    into: tuple[Table, ...] = ()


ROLL_UPS: tuple[RollUp, ...] = (  # each may read those before it
    RollUp(frozenset({"label_event", "place_version"}), labels.refresh, (label_span, label_month, label_first)),
    RollUp(frozenset({"label_event", "place_version"}), reach.refresh),
    RollUp(
        frozenset({"aid_version", "aid_step", "place_version", "scheme_version", "label_event", "activity"}),
        aids.refresh,
        (aid_file,),
    ),
    RollUp(frozenset({"attendance"}), visits.refresh_months, (attendance_month,)),
    RollUp(frozenset({"attendance", "label_event", "place_version"}), visits.refresh_totals),
    RollUp(frozenset({"activity", "place_version", "aid_version", "aid_step", "label_event"}), activities.refresh),
    RollUp(frozenset({"activity", "place_version", "aid_version", "aid_step", "scheme_version"}), aract_path.refresh),
)


def refresh(connection: Connection, tables: frozenset[str], today: date) -> None:
    """Recompute the roll-ups of these version tables; `mark_changed_months` comes first when attendance changed."""
    analyze_tables(connection, *(table for table in VERSION_TABLES if table.name in tables))
    for one in ROLL_UPS:
        if tables & one.of:
            one.refresh(connection, today)
            analyze_tables(connection, *one.into)
    state.refresh(connection, today)


def refresh_all(connection: Connection, today: date) -> None:
    """Compute every roll-up again, as after a migration that adds some."""
    mark_changed_months(connection, [select(attendance.c.place_id, month_of(attendance.c.starts).label("month"))])
    refresh(connection, frozenset(table.name for table in VERSION_TABLES), today)


__all__ = ["mark_changed_months", "refresh", "refresh_all"]
