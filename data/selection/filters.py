"""The filters, each declared once: its key in the URL, the column it narrows, its options, its words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Connection, or_, select

from data.options import LEVERS_FIRST, Option, labels_of, read_departements, read_intercommunalites, read_typologies
from data.schema import attendance_total, partner_version, scheme_version
from data.sources.attendance import UNITS
from data.sources.places import HOLDER_TYPES


def one_of(column: ColumnElement[object], values: Sequence[str]) -> ColumnElement[bool]:
    """SQL: the column holds one of the values. For a single one `=`: cheaper to write, and the rows come in order."""
    return column == values[0] if len(values) == 1 else column.in_(values)


@dataclass(frozen=True)
class Filter:
    """One way to narrow what is shown.

    `column` is the column that it narrows, of the facts and tables that name the filter; `values` the database's
    value of a code where it differs; `everything` the words for no choice; `default` the code taken without a choice;
    `themes` the indicators' themes whose pages show it (empty: every page); `search` the label of the field that looks
    for a choice where there are many.
    """

    key: str
    label: str
    column: str
    everything: str
    options: Callable[[Connection], tuple[Option, ...]]
    values: Mapping[str, str] = field(default_factory=dict)
    matches: Callable[[ColumnElement[object], Sequence[str]], ColumnElement[bool]] = one_of
    multiple: bool = True
    default: str | None = None
    themes: tuple[str, ...] = ()
    search: str = "Rechercher dans la liste"

    def clause(self, column: ColumnElement[object], codes: Sequence[str]) -> ColumnElement[bool]:
        """SQL: the rows of these codes."""
        return self.matches(column, [self.values.get(code, code) for code in codes])

    def code_of(self, value: str) -> str:
        """The code under which a database value is known outside."""
        return next((code for code, kept in self.values.items() if kept == value), value)


_HOLDER_CODES = {"public": "public", "prive": "private", "associatif": "nonprofit"}
_UNIT_CODES = {
    "visites": "visits",
    "personnes": "people",
    "journees": "person_days",
    "demi-journees": "half_days",
    "heures": "hours",
}


def _static(codes: Mapping[str, str], labels: Iterable[tuple[str, str]]) -> Callable[[Connection], tuple[Option, ...]]:
    named = dict(labels)
    options = tuple(Option(code, named[value]) for code, value in codes.items())
    return lambda _connection: options


def _units(connection: Connection) -> tuple[Option, ...]:
    """Visits, and the units in which something was declared: another would show nothing."""
    declared = {"visits", *connection.scalars(select(attendance_total.c.unit).distinct())}
    named = {choice.code: choice.label for choice in UNITS}
    return tuple(Option(code, named[value]) for code, value in _UNIT_CODES.items() if value in declared)


FILTERS: tuple[Filter, ...] = (
    Filter("dep", "Département", "dep", "tous", read_departements),
    Filter(
        "epci",
        "Intercommunalité",
        "epci",
        "toutes",
        read_intercommunalites,
        search="Rechercher une intercommunalité, ou une de ses communes",
    ),
    Filter(
        "porteur",
        "Porteur",
        "holder_type",
        "tous",
        _static(_HOLDER_CODES, ((choice.code, choice.label) for choice in HOLDER_TYPES)),
        values=_HOLDER_CODES,
    ),
    Filter(
        "typologie",
        "Typologie",
        "typologies",
        "toutes",
        read_typologies,
        matches=lambda column, values: or_(*(column.contains(f"|{value}|", autoescape=True) for value in values)),
    ),
    Filter("dispositif", "Dispositif", "scheme", "tous", labels_of(scheme_version, LEVERS_FIRST), themes=("aides",)),
    Filter("partenaire", "Partenaire", "partner", "tous", labels_of(partner_version), themes=("partenaires",)),
    Filter(
        "unite",
        "Unité",
        "unit",
        "visites",
        _units,
        values=_UNIT_CODES,
        multiple=False,
        default="visites",
        themes=("frequentation",),
    ),
)

# Which filters narrow a table: each fact and each list names its own.
OF_TERRITORY = ("dep", "epci")
OF_PLACES = (*OF_TERRITORY, "porteur", "typologie")
OF_AIDS = (*OF_PLACES, "dispositif")
OF_ACTIVITIES = (*OF_PLACES, "partenaire")
OF_ATTENDANCE = (*OF_PLACES, "unite")


def filter_of(key: str) -> Filter:
    """The filter of that key. Raises StopIteration when there is none."""
    return next(one for one in FILTERS if one.key == key)
