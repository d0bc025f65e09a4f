"""The suggestions of Aract, and the place for which they are looked up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from data.engine import cached_on_snapshot
from data.schema import commune, is_live, place, place_version, qvt_suggestion

MAX_OFFERED_PLACES = 500  # by name, in the form; any other is found by its code


@dataclass(frozen=True)
class Suggestion:
    """One suggestion to enrich the specification; `conditions` are codes of data.rules.qvt, none: for all places."""

    code: str
    theme: str
    text: str
    conditions: frozenset[str]
    origin: str


class SuggestionPlace(NamedTuple):
    """A tiers-lieu: its code, name, seats (None: not known), and commune."""

    code: str
    name: str
    seats: int | None
    commune: str
    commune_name: str


@cached_on_snapshot
def read_suggestions(connection: Connection) -> list[Suggestion]:
    """The live suggestions, by theme (that with the first code first), then by code."""
    rows = connection.execute(
        select(*(qvt_suggestion.c[name] for name in ("code", "theme", "suggestion", "conditions", "origin")))
        .where(is_live(qvt_suggestion))
        .order_by(qvt_suggestion.c.code)
    ).all()
    themes = list(dict.fromkeys(row.theme for row in rows))
    found = [
        Suggestion(
            row.code, row.theme, row.suggestion, frozenset(filter(None, row.conditions.split("|"))), row.origin or ""
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: themes.index(one.theme))


def read_suggestion_place(connection: Connection, code: str) -> SuggestionPlace | None:
    """The live tiers-lieu of that code, if any."""
    row = connection.execute(_PLACES.where(place.c.code == code)).one_or_none()
    return SuggestionPlace(*row) if row else None


@cached_on_snapshot
def read_offered_places(connection: Connection) -> list[SuggestionPlace]:
    """The first MAX_OFFERED_PLACES live tiers-lieux by name."""
    rows = connection.execute(_PLACES.order_by(place_version.c.name_search_key).limit(MAX_OFFERED_PLACES))
    return [SuggestionPlace(*row) for row in rows]


_PLACES = (
    select(place.c.code, place_version.c.name, place_version.c.seats, commune.c.code, commune.c.name)
    .join(place, place.c.place_id == place_version.c.place_id)
    .join(commune, commune.c.code == place_version.c.commune)
    .where(is_live(place_version))
)
