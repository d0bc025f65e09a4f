"""The selection: codes by filter and a period, with its SQL conditions and French texts."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import ColumnElement

from data.filters import FILTERS, filter_named
from data.i18n import NARROW, day_short, sentence_list
from data.selection.compared import ComparedItems, kind_of_items, read_compared_items
from data.selection.options import FilterOptions
from data.selection.query import (
    ANNOTATIONS_KEY,
    HIDDEN_ANNOTATIONS,
    MAX_QUERY_LENGTH,
    read_codes,
    read_day,
    read_hides_annotations,
)
from data.types import Columns


@dataclass(frozen=True)
class Selection:
    """Codes by filter (only filters with a choice, in the order of FILTERS), the period, and what a comparison sets
    side by side.

    `until` is always a date; `until_given` is whether the query had it. `compared` narrows nothing by itself.
    `annotated`: curves show their annotations.
    """

    choices: tuple[tuple[str, tuple[str, ...]], ...]
    since: date | None
    until: date
    until_given: bool = False
    compared: ComparedItems = ()
    annotated: bool = True

    def codes(self, key: str) -> tuple[str, ...]:
        """The codes chosen for a filter; empty when nothing was."""
        return next((codes for chosen, codes in self.choices if chosen == key), ())

    def where(
        self, columns: Columns, filters: Collection[str], fixed: Collection[str] = ()
    ) -> list[ColumnElement[bool]]:
        """SQL conditions of the filters of these keys on their columns, except the columns `fixed`.

        Each table lists the filters that apply to it. Raises KeyError when it has no column for one of them.
        """
        clauses = []
        for filter_ in FILTERS:
            codes = self.codes(filter_.key) or ((filter_.default,) if filter_.default else ())
            if codes and filter_.key in filters and filter_.column not in fixed:
                clauses.append(filter_.clause(columns[filter_.column], codes))
        return clauses

    def narrowed_columns(self) -> frozenset[str]:
        """The columns of facts that the chosen codes restrict."""
        return frozenset(filter_.column for filter_ in FILTERS if self.codes(filter_.key))

    def with_codes(self, key: str, codes: Iterable[str]) -> Selection:
        """This selection with other codes for one filter."""
        chosen = {**dict(self.choices), key: tuple(codes)}
        return replace(
            self, choices=tuple((filter_.key, chosen[filter_.key]) for filter_ in FILTERS if chosen.get(filter_.key))
        )

    def keeping_filters(self, filters: Collection[str]) -> Selection:
        """This selection with the choices of these filters only, by key, and what it compares when its kind is named
        too.
        """
        choices = tuple((key, codes) for key, codes in self.choices if key in filters)
        is_compared = kind_of_items(self.compared).key in filters
        return replace(self, choices=choices, compared=self.compared if is_compared else ())

    def unused_labels(self, filters: Collection[str]) -> list[str]:
        """The labels of the filters with a choice whose key is not in `filters`."""
        return [filter_.label for filter_ in FILTERS if self.codes(filter_.key) and filter_.key not in filters]

    def without_territory(self) -> Selection:
        """This selection without the territory filters: the whole Région."""
        return self.with_codes("dep", ()).with_codes("epci", ())

    def without_comparison(self) -> Selection:
        """This selection without what it compares."""
        return replace(self, compared=()) if self.compared else self

    def to_query(self) -> str:
        """The canonical URL query: `dep=50,61&au=2020-12-31`; empty for the default selection."""
        return self._query

    @cached_property
    def _query(self) -> str:
        parts = [(key, ",".join(codes)) for key, codes in self.choices]
        parts += [("du", self.since.isoformat())] if self.since else []
        parts += [("au", self.until.isoformat())] if self.until_given else []
        parts += [] if self.annotated else [(ANNOTATIONS_KEY, HIDDEN_ANNOTATIONS)]
        items = self.compared
        parts += [(kind_of_items(items).key, ",".join(item.code for item in items))] if items else []
        return urlencode(parts, safe=",")

    def territory_text(self, options: FilterOptions) -> str:
        """The French name of the territory: « Normandie », « Orne et Manche », « CC du Pays de Honfleur »."""
        names = [options.label("epci", code) for code in self.codes("epci")]
        names = names or [options.label("dep", code) for code in self.codes("dep")]
        return sentence_list(names) or "Normandie"

    def compared_names(self, options: FilterOptions) -> list[str]:
        """The French names of what is compared, in order: « Eure », « Orne »."""
        return [options.label(item.filter_key, item.code) for item in self.compared]

    def caption(self, options: FilterOptions) -> str:
        """All filters as a French text: « Normandie · tous porteurs · du 01/01/2019 au 31/12/2020 »."""
        parts = [self.territory_text(options)]
        if self.codes("epci") and self.codes("dep"):
            parts.append(sentence_list([options.label("dep", code) for code in self.codes("dep")]))
        for filter_ in FILTERS[2:]:
            codes = self.codes(filter_.key)
            if codes:
                labels = sentence_list([options.label(filter_.key, code) for code in codes])
                parts.append(f"{filter_.label.lower()}{NARROW}: {labels}")
        if self.compared:
            parts.append(f"comparaison{NARROW}: {sentence_list(self.compared_names(options))}")
        until = day_short(self.until)
        parts.append(f"du {day_short(self.since)} au {until}" if self.since else f"arrêté au {until}")
        return " · ".join(parts)

    @staticmethod
    def from_query(query: str, options: FilterOptions) -> tuple[Selection, tuple[str, ...]]:
        """Parse a URL query. Returns the selection and the French notices of what was ignored."""
        parameters: dict[str, list[str]] = {}
        for key, value in parse_qsl(query.lstrip("?")[:MAX_QUERY_LENGTH], max_num_fields=None):
            parameters.setdefault(key, []).extend(part.strip() for part in value.split(",") if part.strip())
        notices: list[str] = []
        chosen = [
            (filter_.key, read_codes(filter_, parameters[filter_.key], options, notices))
            for filter_ in FILTERS
            if filter_.key in parameters
        ]
        choices = tuple((key, codes) for key, codes in chosen if codes)
        since = read_day(parameters.get("du", ()), "du", options, notices)
        until = read_day(parameters.get("au", ()), "au", options, notices)
        if since and since > (until or options.until):
            notices.append(f"La date de début ({day_short(since)}) suit la date de fin\u202f: elle a été ignorée.")
            since = None
        annotated = not read_hides_annotations(parameters.get(ANNOTATIONS_KEY, ()), notices)
        compared = read_compared_items(parameters, options, notices)
        return Selection(choices, since, until or options.until, until is not None, compared, annotated), tuple(notices)


def unit_of(selection: Selection) -> str:
    """The unit of attendance of a selection, as its database value."""
    unit_filter = filter_named("unite")
    return unit_filter.database_values[(*selection.codes(unit_filter.key), unit_filter.default or "")[0]]
