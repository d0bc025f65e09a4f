"""What happened outside the policy and explains its curves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    func,
    literal,
    select,
    union_all,
)

from data.engine import cached_on_snapshot
from data.i18n import search_key, sentence_list
from data.queries.partner_coverage import WHOLE_REGION
from data.schema import annotation, departement, epci, is_live
from data.selection import FilterOptions, Selection
from data.sources.annotations import ANNOTATION_THEMES


@dataclass(frozen=True)
class Annotation:
    """A day (`ends` is `starts`) or a span, its last day included; `themes` of the curves that it explains (none:
    all), `territories` the codes of départements and intercommunalités where it happened (none: the whole Région).
    """

    starts: date
    ends: date
    text: str
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()

    @property
    def is_span(self) -> bool:
        return self.ends > self.starts


@cached_on_snapshot
def read_annotations(connection: Connection) -> tuple[Annotation, ...]:
    """Every annotation, by first day; empty when the source was never loaded."""
    return tuple(
        Annotation(starts, ends or starts, text, _codes(themes), _codes(territories))
        for starts, ends, text, themes, territories in connection.execute(_ANNOTATIONS)
    )


def annotations_between(
    annotations: Sequence[Annotation],
    axis: tuple[date, date],
    themes: Collection[str],
    selection: Selection,
    options: FilterOptions,
) -> tuple[Annotation, ...]:
    """The annotations of a time axis, from its first to its last day, the longest first, then the earliest. Those of
    another theme, or of a territory outside the selection, are left out.
    """
    first, last = axis
    found = [
        one
        for one in annotations
        if one.starts <= last
        and one.ends >= first
        and (not one.themes or set(one.themes) & set(themes))
        and _is_in_selection(one.territories, selection, options)
    ]
    return tuple(sorted(found, key=lambda one: (one.starts - one.ends, one.starts, one.text)))


def annotation_text(one: Annotation, options: FilterOptions) -> str:
    """« Restrictions (Eure et Seine-Maritime) »: the text, with the territories where it happened."""
    return f"{one.text} ({territories_text(one.territories, options)})" if one.territories else one.text


def territories_text(codes: Sequence[str], options: FilterOptions) -> str:
    """« Eure et Seine-Maritime »."""
    return sentence_list([options.label("dep", options.label("epci", code)) for code in codes])


def _codes(listed: str) -> tuple[str, ...]:
    return tuple(code for code in listed.split("|") if code)


def _is_in_selection(territories: Sequence[str], selection: Selection, options: FilterOptions) -> bool:
    """Whether one of the territories and the chosen ones have a part in common."""
    deps, epcis = set(selection.codes("dep")), set(selection.codes("epci"))
    if not territories or not (deps or epcis):
        return True
    parents = {option.code: set(option.parent_codes) for option in options.by_filter.get("epci", ())}
    reached = set().union(*(parents.get(code, set()) for code in epcis)) if epcis else deps
    chosen = reached & deps if deps and epcis else reached
    return any(
        code in epcis or (not epcis and bool(parents[code] & deps)) if code in parents else code in chosen
        for code in territories
    )


def annotation_rows() -> Select[Any]:
    """One row per annotation: `starts`, `ends` (null: a single day), `text`, `themes` (French labels, « toutes » for
    every curve), `territories` (names, « toute la Région » for all of it), `origin`.
    """
    themes = union_all(
        *(
            select(literal(one.code).label("code"), *_named(literal(one.label), literal(search_key(one.label))))
            for one in ANNOTATION_THEMES
        )
    )
    areas = union_all(
        *(select(table.c.code, *_named(table.c.name, table.c.name_search_key)) for table in (departement, epci))
    )
    return select(
        *(annotation.c[name] for name in ("starts", "ends", "text", "text_search_key")),
        *_named_codes("themes", themes, "toutes"),
        *_named_codes("territories", areas, WHOLE_REGION),
        annotation.c.origin,
        annotation.c.origin_search_key,
    ).where(is_live(annotation))


def _named(name: ColumnElement[str], key: ColumnElement[str]) -> tuple[ColumnElement[str], ColumnElement[str]]:
    return name.label("name"), key.label("name_search_key")


def _named_codes(column: str, named: CompoundSelect[*tuple[Any, ...]], nothing: str) -> Iterator[ColumnElement[str]]:
    """SQL: the names of the codes in a list of codes, « Eure, Seine-Maritime », or `nothing`; and their search key."""
    names = named.subquery()
    found = (
        select(names.c.name, names.c.name_search_key)
        .where(annotation.c[column].contains(literal("|") + names.c.code + "|"))
        .order_by(names.c.name)
        .correlate(annotation)
        .subquery()
    )
    texts = select(func.aggregate_strings(found.c.name, ", ")).scalar_subquery()
    keys = select(func.aggregate_strings(found.c.name_search_key, " ")).scalar_subquery()
    yield func.coalesce(texts, nothing).label(column)
    yield func.coalesce(keys, search_key(nothing)).label(f"{column}_search_key")


_ANNOTATIONS = (
    select(*(annotation.c[name] for name in ("starts", "ends", "text", "themes", "territories")))
    .where(is_live(annotation))
    .order_by(annotation.c.starts, annotation.c.text)
)
