"""The question a page asks: which territory, holders, period. The URL query is its written form.

A filter is declared once in FILTERS: its key in the URL, the column it narrows, its options, its words. Unknown or
invalid values of a query are dropped and told, never an exception.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import ColumnElement, Connection, or_, select
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from data.i18n import NARROW, day_short, sentence_list
from data.options import LEVERS_FIRST, Option, labels_of, read_departements, read_intercommunalites, read_typologies
from data.schema import attendance_total, partner_version, scheme_version
from data.sources.attendance import UNITS
from data.sources.places import HOLDER_TYPES

Columns = ReadOnlyColumnCollection[str, Any]
EARLIEST = date(2000, 1, 1)


def one_of(column: ColumnElement[object], values: Sequence[str]) -> ColumnElement[bool]:
    """SQL: the column holds one of the values. For a single one `=`: cheaper to write, and the rows come in order."""
    return column == values[0] if len(values) == 1 else column.in_(values)


@dataclass(frozen=True)
class Filter:
    """One way to narrow what is shown.

    `column` is the column of the facts that it narrows (a fact without it is not narrowed); `values` the database's
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


def unit_of(selection: Selection) -> str:
    """The unit of attendance chosen, as the database has it."""
    one = next(one for one in FILTERS if one.key == "unite")
    return one.values[(*selection.codes(one.key), one.default or "")[0]]


@dataclass(frozen=True)
class Known:
    """What a query may name: each filter's options, the default and the latest possible « arrêté au »."""

    options: Mapping[str, tuple[Option, ...]]
    until: date
    today: date

    def label(self, key: str, code: str) -> str:
        """The label of a code of a filter (the code itself when it is not known)."""
        return next((option.label for option in self.options.get(key, ()) if option.code == code), code)

    def position(self, key: str, code: str) -> int:
        """The place of a code among all those of a filter, from 0 (after the last when it is not known)."""
        codes = [option.code for option in self.options.get(key, ())]
        return codes.index(code) if code in codes else len(codes)


@dataclass(frozen=True)
class Selection:
    """What is asked: codes by filter (only filters with a choice, in the order of FILTERS) and the period.

    `until` is always a date; `until_given` says whether the query named it.
    """

    choices: tuple[tuple[str, tuple[str, ...]], ...]
    since: date | None
    until: date
    until_given: bool = False

    def codes(self, key: str) -> tuple[str, ...]:
        """The codes chosen for a filter; empty when nothing was."""
        return next((codes for chosen, codes in self.choices if chosen == key), ())

    def where(self, columns: Columns, fixed: Sequence[str] = ()) -> list[ColumnElement[bool]]:
        """SQL conditions on those columns that filters narrow, but for the `fixed` ones."""
        clauses = []
        for one in FILTERS:
            codes = self.codes(one.key) or ((one.default,) if one.default else ())
            if codes and one.column in columns and one.column not in fixed:
                clauses.append(one.clause(columns[one.column], codes))
        return clauses

    def needs(self) -> frozenset[str]:
        """The columns of the facts that the chosen codes narrow."""
        return frozenset(one.column for one in FILTERS if self.codes(one.key))

    def choosing(self, key: str, codes: Iterable[str]) -> Selection:
        """The same selection with other codes for one filter."""
        chosen = {**dict(self.choices), key: tuple(codes)}
        return replace(self, choices=tuple((one.key, chosen[one.key]) for one in FILTERS if chosen.get(one.key)))

    def anywhere(self) -> Selection:
        """The same selection in the whole Région."""
        return self.choosing("dep", ()).choosing("epci", ())

    def to_query(self) -> str:
        """The canonical query: `dep=50,61&au=2020-12-31`; empty when nothing was asked."""
        return self._query

    @cached_property
    def _query(self) -> str:
        parts = [(key, ",".join(codes)) for key, codes in self.choices]
        parts += [("du", self.since.isoformat())] if self.since else []
        parts += [("au", self.until.isoformat())] if self.until_given else []
        return urlencode(parts, safe=",")

    def territory(self, known: Known) -> str:
        """The words for where: « Normandie », « Orne et Manche », « CC du Pays de Honfleur »."""
        names = [known.label("epci", code) for code in self.codes("epci")]
        names = names or [known.label("dep", code) for code in self.codes("dep")]
        return sentence_list(names) or "Normandie"

    def caption(self, known: Known) -> str:
        """All filters in words: « Normandie · tous porteurs · du 01/01/2019 au 31/12/2020 »."""
        parts = [self.territory(known)]
        if self.codes("epci") and self.codes("dep"):
            parts.append(sentence_list([known.label("dep", code) for code in self.codes("dep")]))
        for one in FILTERS[2:]:
            codes = self.codes(one.key)
            if codes:
                words = sentence_list([known.label(one.key, code) for code in codes])
                parts.append(f"{one.label.lower()}{NARROW}: {words}")
        until = day_short(self.until)
        parts.append(f"du {day_short(self.since)} au {until}" if self.since else f"arrêté au {until}")
        return " · ".join(parts)

    @staticmethod
    def from_query(query: str, known: Known) -> tuple[Selection, tuple[str, ...]]:
        """Read a URL query. Returns the selection and, in French, what was ignored and why."""
        given: dict[str, list[str]] = {}
        for key, value in parse_qsl(query.lstrip("?")[:MAX_QUERY], max_num_fields=None):
            given.setdefault(key, []).extend(part.strip() for part in value.split(",") if part.strip())
        notices: list[str] = []
        chosen = [(one.key, _known_codes(one, given[one.key], known, notices)) for one in FILTERS if one.key in given]
        choices = tuple((key, codes) for key, codes in chosen if codes)
        since = _day(given.get("du", ()), "du", known, notices)
        until = _day(given.get("au", ()), "au", known, notices)
        if since and since > (until or known.until):
            notices.append(f"La date de début ({day_short(since)}) suit la date de fin\u202f: elle a été ignorée.")
            since = None
        return Selection(choices, since, until or known.until, until is not None), tuple(notices)


MAX_QUERY = 4_000
MAX_ECHO = 40


def _known_codes(one: Filter, asked: Iterable[str], known: Known, notices: list[str]) -> tuple[str, ...]:
    order = [option.code for option in known.options.get(one.key, ())]
    wanted = set(asked)
    notices.extend(_ignored(one.label.lower(), code) for code in sorted(wanted - set(order)))
    codes = [code for code in order if code in wanted]
    if not one.multiple:
        notices.extend(_only_one(one.label.lower(), code) for code in codes[1:])
        codes = codes[:1]
    return () if codes == [one.default] else tuple(codes)


def _day(asked: Sequence[str], key: str, known: Known, notices: list[str]) -> date | None:
    notices.extend(_only_one("date", text) for text in dict.fromkeys(asked) if text != asked[0])
    for text in asked[:1]:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            notices.append(_ignored("date", text))
            return None
        if EARLIEST <= day <= known.today:
            return day
        notices.append(
            f"La date «\u202f{key} = {day_short(day)}\u202f» est antérieure à 2000 ou dans le "
            f"futur\u202f: elle a été ignorée."
        )
    return None


def _ignored(what: str, text: str) -> str:
    return f"Le choix «\u202f{_shown(text)}\u202f» ({what}) n’existe pas\u202f: il a été ignoré."


def _only_one(what: str, text: str) -> str:
    return f"Un seul choix est possible ({what})\u202f: «\u202f{_shown(text)}\u202f» a été ignoré."


def _shown(text: str) -> str:
    return text if len(text) <= MAX_ECHO else f"{text[:MAX_ECHO]}…"
