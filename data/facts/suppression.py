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
from dataclasses import dataclass, replace
from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, exists, func, not_, select

from data.codes import UNITS
from data.engine import once
from data.facts.aggregate import whole_months
from data.facts.model import Columns, Disclosure, Reading
from data.i18n import NARROW, count
from data.schema import attendance_suppression
from data.selection import OF_PLACES, Selection, unit_of
from data.types import months_between

CONFIDENTIAL = "la fréquentation d’un lieu privé est confidentielle"
FEWEST = 3  # private places in a published sum
PRIVATE = "private"  # the type of holder whose attendance is confidential
Kind = Literal["declared", "expected", "seated", "paired"]
KINDS: tuple[Kind, ...] = ("declared", "expected", "seated", "paired")
"""Which places a figure sums: those that declared; that were labelled (of a response rate); that declared and whose
seats are known; that declared in the same month a year before too. Each has its own cells.
"""


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


def level_of(needed: Iterable[str]) -> Level:
    """The level of a figure that filters or a breakdown cut by these columns of a fact."""
    columns = set(needed)
    cut = {"dep", "epci"} if "epci" in columns else {"dep"} & columns
    cut |= {"typologies"} & columns
    return next(level for level in LEVELS if set(level.columns) == cut)


class Run(NamedTuple):
    """The months (yyyymm, both included) during which a level leaves a place out."""

    place_id: int
    dep: str
    epci: str
    holder_type: str
    first: int
    last: int

    def overlaps(self, selection: Selection) -> bool:
        """Whether the period of a selection has one of these months whole."""
        first, last = whole_months(selection.since, selection.until)
        return self.first <= last and self.last >= (first or 0)


@once
def read_runs(connection: Connection, kind: Kind, selection: Selection, *by: str) -> list[Run]:
    """What a figure of the selection leaves out, when it is broken down by these columns."""
    table = attendance_suppression.c
    query = select(*(table[name] for name in Run._fields)).where(
        *_of_level(kind, selection, by), *selection.where(table, OF_PLACES), *_overlaps(selection)
    )
    return [Run(*row) for row in connection.execute(query)]


def _overlaps(selection: Selection) -> list[ColumnElement[bool]]:
    first, last = whole_months(selection.since, selection.until)
    since = [attendance_suppression.c.last >= first] if first else []
    return [attendance_suppression.c.first <= last, *since]


def count_places(connection: Connection, kind: Kind, selection: Selection, *by: str) -> dict[tuple[Any, ...], int]:
    """The private places that a figure leaves out in some month of the period, by the values of the columns `by`:
    standard ones, `month` (yyyymm), `year`. The key of the whole is `()`.
    """
    first, last = whole_months(selection.since, selection.until)
    found: dict[tuple[Any, ...], set[int]] = {}
    for run in read_runs(connection, kind, selection, *by):
        months = [last]
        if "month" in by or "year" in by:
            months = months_between(max(run.first, first or 0), min(run.last, last))
        for month in months:
            periods = {"month": month, "year": month // 100}
            key = tuple(periods[name] if name in periods else getattr(run, name) for name in by)
            found.setdefault(key, set()).add(run.place_id)
    return {key: len(places) for key, places in found.items()}


def omitted_by(kind: Kind, selection: Selection, column: str) -> Select[Any]:
    """SQL: `code` and `omitted`, the private places that a figure leaves out of each territory of a column."""
    code = attendance_suppression.c[column]
    return (
        select(code.label("code"), func.count(attendance_suppression.c.place_id.distinct()).label("omitted"))
        .where(*_of_level(kind, selection, [column]), *selection.where(attendance_suppression.c, OF_PLACES))
        .where(*_overlaps(selection))
        .group_by(code)
    )


def publishes(columns: Columns, kind: Kind, selection: Selection) -> ColumnElement[bool]:
    """SQL: a figure of the selection counts this row, which has `place_id` and `month`."""
    table = attendance_suppression.c
    return not_(
        exists().where(
            *_of_level(kind, selection),
            table.place_id == columns.place_id,
            table.first <= columns.month,
            table.last >= columns.month,
        )
    )


def _of_level(kind: Kind, selection: Selection, by: Sequence[str] = ()) -> tuple[ColumnElement[bool], ...]:
    table = attendance_suppression.c
    unit = UNITS[0] if kind == "expected" else unit_of(selection)
    return table.kind == kind, table.unit == unit, table.level == level_of({*selection.needs(), *by}).number


def omission(places: int) -> str:
    """« hors 1 lieu privé »."""
    return f"hors {count(places, 'lieu privé', 'lieux privés')}"


def omit(reading: Reading, places: int) -> Reading:
    """A reading that says how many private places it leaves out; unknown for that reason when nothing is left."""
    if not places:
        return reading
    if reading.value is None:
        return replace(
            reading, reason=f"{omission(places)}{NARROW}: la fréquentation d’un lieu privé est confidentielle"
        )
    return replace(reading, note="\u202f; ".join((omission(places), *([reading.note] if reading.note else []))))


def disclosure(kind: Kind) -> Disclosure:
    """The control of a measure that sums the places of this kind."""

    def count_by(connection: Connection, selection: Selection, by: str) -> dict[Any, int]:
        found = count_places(connection, kind, selection, *([by] if by else []))
        return {key[0] if key else "": places for key, places in found.items()}

    def is_published(columns: Columns, selection: Selection) -> ColumnElement[bool]:
        return publishes(columns, kind, selection)

    return Disclosure(count_by, is_published, omit)
