"""A selection: codes by filter and a period, its SQL conditions and its words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import ColumnElement
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from data.filters import FILTERS, filter_named
from data.i18n import NARROW, day_short, sentence_list
from data.selection.options import FilterOptions
from data.selection.query import MAX_QUERY_LENGTH, read_codes, read_day

Columns = ReadOnlyColumnCollection[str, Any]


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

    def where(
        self, columns: Columns, filters: Collection[str], fixed: Collection[str] = ()
    ) -> list[ColumnElement[bool]]:
        """SQL conditions of these filters, by key, on the columns that they narrow, but for the `fixed` columns.

        Each table says which filters narrow it. Raises KeyError when it has no column for one of them.
        """
        clauses = []
        for one in FILTERS:
            codes = self.codes(one.key) or ((one.default,) if one.default else ())
            if codes and one.key in filters and one.column not in fixed:
                clauses.append(one.clause(columns[one.column], codes))
        return clauses

    def narrowed_columns(self) -> frozenset[str]:
        """The columns of the facts that the chosen codes narrow."""
        return frozenset(one.column for one in FILTERS if self.codes(one.key))

    def with_codes(self, key: str, codes: Iterable[str]) -> Selection:
        """The same selection with other codes for one filter."""
        chosen = {**dict(self.choices), key: tuple(codes)}
        return replace(self, choices=tuple((one.key, chosen[one.key]) for one in FILTERS if chosen.get(one.key)))

    def keeping_filters(self, filters: Collection[str]) -> Selection:
        """The same selection with the choices of these filters only, by key: those that narrow what is shown."""
        return replace(self, choices=tuple((key, codes) for key, codes in self.choices if key in filters))

    def unused_labels(self, filters: Collection[str]) -> list[str]:
        """The labels of the filters with a choice that are not among these, by key."""
        return [one.label for one in FILTERS if self.codes(one.key) and one.key not in filters]

    def without_territory(self) -> Selection:
        """The same selection in the whole Région."""
        return self.with_codes("dep", ()).with_codes("epci", ())

    def to_query(self) -> str:
        """The canonical query: `dep=50,61&au=2020-12-31`; empty when nothing was asked."""
        return self._query

    @cached_property
    def _query(self) -> str:
        parts = [(key, ",".join(codes)) for key, codes in self.choices]
        parts += [("du", self.since.isoformat())] if self.since else []
        parts += [("au", self.until.isoformat())] if self.until_given else []
        return urlencode(parts, safe=",")

    def territory_text(self, options: FilterOptions) -> str:
        """The words for where: « Normandie », « Orne et Manche », « CC du Pays de Honfleur »."""
        names = [options.label("epci", code) for code in self.codes("epci")]
        names = names or [options.label("dep", code) for code in self.codes("dep")]
        return sentence_list(names) or "Normandie"

    def caption(self, options: FilterOptions) -> str:
        """All filters in words: « Normandie · tous porteurs · du 01/01/2019 au 31/12/2020 »."""
        parts = [self.territory_text(options)]
        if self.codes("epci") and self.codes("dep"):
            parts.append(sentence_list([options.label("dep", code) for code in self.codes("dep")]))
        for one in FILTERS[2:]:
            codes = self.codes(one.key)
            if codes:
                words = sentence_list([options.label(one.key, code) for code in codes])
                parts.append(f"{one.label.lower()}{NARROW}: {words}")
        until = day_short(self.until)
        parts.append(f"du {day_short(self.since)} au {until}" if self.since else f"arrêté au {until}")
        return " · ".join(parts)

    @staticmethod
    def from_query(query: str, options: FilterOptions) -> tuple[Selection, tuple[str, ...]]:
        """Read a URL query. Returns the selection and, in French, what was ignored and why."""
        given: dict[str, list[str]] = {}
        for key, value in parse_qsl(query.lstrip("?")[:MAX_QUERY_LENGTH], max_num_fields=None):
            given.setdefault(key, []).extend(part.strip() for part in value.split(",") if part.strip())
        notices: list[str] = []
        chosen = [(one.key, read_codes(one, given[one.key], options, notices)) for one in FILTERS if one.key in given]
        choices = tuple((key, codes) for key, codes in chosen if codes)
        since = read_day(given.get("du", ()), "du", options, notices)
        until = read_day(given.get("au", ()), "au", options, notices)
        if since and since > (until or options.until):
            notices.append(f"La date de début ({day_short(since)}) suit la date de fin\u202f: elle a été ignorée.")
            since = None
        return Selection(choices, since, until or options.until, until is not None), tuple(notices)


def unit_of(selection: Selection) -> str:
    """The unit of attendance chosen, as the database has it."""
    one = filter_named("unite")
    return one.database_values[(*selection.codes(one.key), one.default or "")[0]]
