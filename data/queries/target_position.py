"""Where the label stands against its target: said by the headline and by the first tile of the overview."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from data.facts.aggregate import read_stock_at
from data.facts.targets import Target, read_target, why_no_target
from data.indicators.label import LIEUX_LABELLISES
from data.indicators.pace import PART_OBJECTIF
from data.queries.indicators import read_value
from data.queries.sources import missing_source
from data.selection import Selection


@dataclass(frozen=True)
class Standing:
    """Labelled places on the day asked for; their target, if one was voted; those on its due date, once it is past.

    `missing` is the reason why nothing is known of labelled places (`labelled` is then 0, and not to be shown);
    `no_target` the reason why there is no target.
    """

    labelled: int
    target: Target | None
    at_due: int | None
    missing: str | None = None
    no_target: str = ""


def read_standing(connection: Connection, selection: Selection) -> Standing:
    """Read once for the whole page."""
    missing = missing_source(connection, LIEUX_LABELLISES.necessary)
    labelled = int(read_value(connection, LIEUX_LABELLISES, selection).value or 0)
    target = None if missing else read_target(connection, LIEUX_LABELLISES.slug, selection)
    if target is None:
        no_target = missing_source(connection, PART_OBJECTIF.necessary) or why_no_target(selection)
        return Standing(labelled, None, None, missing, no_target)
    if selection.until <= target.due:
        return Standing(labelled, target, None)
    reached = read_stock_at(connection, LIEUX_LABELLISES.basis, selection, [target.due])[target.due]
    return Standing(labelled, target, int(reached.value or 0))
