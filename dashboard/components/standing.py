"""Where the label stands against its target: said by the headline and by the first tile of the overview."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from data.facts.aggregate import read_stock_at
from data.facts.targets import Target, read_target
from data.indicators.label import LIEUX_LABELLISES
from data.queries.indicators import read_value
from data.selection import Selection


@dataclass(frozen=True)
class Standing:
    """Labelled places on the day asked for; their target, if one was voted; those on its due date, once it is past."""

    labelled: int
    target: Target | None
    at_due: int | None


def read_standing(connection: Connection, selection: Selection) -> Standing:
    """Read once for the whole page."""
    labelled = int(read_value(connection, LIEUX_LABELLISES, selection).value or 0)
    target = read_target(connection, LIEUX_LABELLISES.slug, selection)
    if target is None or selection.until <= target.due:
        return Standing(labelled, target, None)
    reached = read_stock_at(connection, LIEUX_LABELLISES.basis, selection, [target.due])[target.due]
    return Standing(labelled, target, int(reached.value or 0))
