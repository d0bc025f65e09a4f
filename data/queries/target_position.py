"""Labelled places against the target, for the headline and the first tile of the overview."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from data.facts.label import LABEL_SOURCES, LABELLED_COUNT
from data.queries.measures import read_measure, read_stock_at
from data.queries.pace import TARGET_INDICATOR, TARGET_SOURCES
from data.queries.sources import missing_source_reason
from data.queries.targets import Target, no_target_reason, read_target
from data.selection import Selection


@dataclass(frozen=True)
class TargetPosition:
    """Labelled places at `until`; their target, if any; labelled places on its due date, once it is past.

    `missing_reason` is the French reason why labelled places are unknown (`labelled` is then 0, not to be shown);
    `no_target_reason` the French reason why there is no target.
    """

    labelled: int
    target: Target | None
    at_due: int | None
    missing_reason: str | None = None
    no_target_reason: str = ""


def read_target_position(connection: Connection, selection: Selection) -> TargetPosition:
    """The position of a selection against its target, read once per page."""
    missing = missing_source_reason(connection, LABEL_SOURCES)
    labelled = 0 if missing else int(read_measure(connection, LABELLED_COUNT, selection).value or 0)
    target = None if missing else read_target(connection, TARGET_INDICATOR, selection)
    if target is None:
        no_target = missing_source_reason(connection, TARGET_SOURCES) or no_target_reason(selection)
        return TargetPosition(labelled, None, None, missing, no_target)
    if selection.until <= target.due:
        return TargetPosition(labelled, target, None)
    reached = read_stock_at(connection, LABELLED_COUNT, selection, [target.due])[target.due]
    return TargetPosition(labelled, target, int(reached.value or 0))
