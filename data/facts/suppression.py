"""Statistical disclosure control: which private places an attendance figure leaves out.

The attendance of one private place is business-confidential, and so is the sum of two, since each knows its own. A
figure is therefore published by *levels*: a level says by which columns it is cut (`Level.columns`), and the private
places of one month, unit and combination of these columns are a *cell*. The loader decides, month by month, which
places each level leaves out (`etl.rollups.suppression`), by three rules applied until nothing moves:

1. a cell never publishes one or two private places: it then leaves out all that remain;
2. when a cell publishes one or two of the places that its parts along a dimension leave out, it leaves them out too;
3. what a cell leaves out, its parts leave out as well.

So a cell less any of its parts is the sum of three private places at least, or of none: one subtraction finds nothing.
What a filter names is cut (« 50 » and « 61 » are two cells, added); months are always cut, so a period is the sum of
its months. A typology is cut by whole combinations (`|coworking|fablab|`), which overlap in no place.

Example: of ten private places that declared in March, one is the only one of the Manche. `dep=50` leaves it out; the
whole Région too, since Région less its five départements would otherwise be that place. If the Orne also had one and
the Eure another, the Région would publish all ten: the difference would be a sum of three.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, not_

from data.codes import UNITS
from data.i18n import count
from data.model.facts import SummedPlaces
from data.schema import attendance_suppression
from data.selection import Selection, unit_of
from data.types import Columns

CONFIDENTIALITY_REASON = "la fréquentation d’un lieu privé est confidentielle"
MIN_PRIVATE_PLACES = 3  # private places in a published sum
PRIVATE_HOLDER_TYPE = "private"  # the type of holder whose attendance is confidential
SUMMED_PLACES: tuple[SummedPlaces, ...] = ("declared", "expected", "seated", "paired")


@dataclass(frozen=True)
class Level:
    """One level of detail; `bit` is its place in a mask of levels (`levels` of the loader: 0b100 is level 3)."""

    number: int
    columns: tuple[str, ...]

    @property
    def bit(self) -> int:
        """The bit of this level in a mask."""
        return 1 << (self.number - 1)


REGION = Level(1, ())
DEPARTEMENT = Level(2, ("dep",))
EPCI = Level(3, ("dep", "epci"))
REGION_TYPOLOGY = Level(4, ("typologies",))
DEPARTEMENT_TYPOLOGY = Level(5, ("dep", "typologies"))
EPCI_TYPOLOGY = Level(6, ("dep", "epci", "typologies"))
EVERY_LEVEL = 0  # of a place that is not private
LEVELS = (REGION, DEPARTEMENT, EPCI, REGION_TYPOLOGY, DEPARTEMENT_TYPOLOGY, EPCI_TYPOLOGY)


def level_for_columns(needed: Iterable[str]) -> Level:
    """The level of a figure that filters or a breakdown cut by these columns of a fact."""
    columns = set(needed)
    cut = {"dep", "epci"} if "epci" in columns else {"dep"} & columns
    cut |= {"typologies"} & columns
    return next(level for level in LEVELS if set(level.columns) == cut)


def is_published(columns: Columns, kind: SummedPlaces, selection: Selection) -> ColumnElement[bool]:
    """SQL: a figure of the selection counts this row, which has `place_id` and `month`."""
    table = attendance_suppression.c
    return not_(
        exists().where(
            *omission_conditions(kind, selection),
            table.place_id == columns.place_id,
            table.first <= columns.month,
            table.last >= columns.month,
        )
    )


def omission_conditions(
    kind: SummedPlaces, selection: Selection, by: Sequence[str] = ()
) -> tuple[ColumnElement[bool], ...]:
    """SQL: the rows of `attendance_suppression` that a figure of the selection, or its breakdown, leaves out."""
    table = attendance_suppression.c
    unit = UNITS[0] if kind == "expected" else unit_of(selection)
    return (
        table.kind == kind,
        table.unit == unit,
        table.level == level_for_columns({*selection.narrowed_columns(), *by}).number,
    )


def omission_text(places: int) -> str:
    """« hors 1 lieu privé »."""
    return f"hors {count(places, 'lieu privé', 'lieux privés')}"
