"""The charts' numbers counted again from the facts, one by one."""

from datetime import date
from decimal import Decimal

from data.selection import Selection
from data.sources import REGION_SIREN
from data.types import month_end
from tests.dashboard.facts import Facts, Place, Scope

HOLDERS = {"public": "public", "prive": "private", "associatif": "nonprofit"}


def keeps(selection: Selection, scope: Scope, territory: bool = True) -> bool:
    """Whether a selection keeps a fact of this scope."""
    dep, epci, holder, typologies = scope
    places = not territory or (
        dep in (selection.codes("dep") or (dep,)) and epci in (selection.codes("epci") or (epci,))
    )
    holders = [HOLDERS[code] for code in selection.codes("porteur")]
    kinds = selection.codes("typologie")
    return places and (not holders or holder in holders) and (not kinds or any(f"|{k}|" in typologies for k in kinds))


def labelled(facts: Facts, selection: Selection, day: date) -> int:
    return sum(place.labelled_at(day) for place in facts.places if keeps(selection, place.scope))


def in_territory(facts: Facts, selection: Selection, epci: str) -> list[Place]:
    """The labelled places of an intercommunalité, whole, but for the filters other than the territory."""
    return [
        place
        for place in facts.places
        if place.scope[1] == epci and place.labelled_at(selection.until) and keeps(selection, place.scope, False)
    ]


def voted(facts: Facts, selection: Selection, year: int, scheme: str) -> Decimal:
    return sum(
        (
            vote.amount
            for vote in facts.votes
            if (vote.funder, vote.scheme) == (REGION_SIREN, scheme)
            and vote.day.year == year
            and (selection.since or vote.day) <= vote.day <= selection.until
            and keeps(selection, vote.place.scope)
        ),
        Decimal(0),
    )


def month_of_visits(facts: Facts, selection: Selection, month: int) -> tuple[int | None, int, int, int]:
    """Visits (None: nobody declared), places that declared, expected, answered."""
    reports = {r.place.number: r.visits for r in facts.reports if r.month == month and keeps(selection, r.place.scope)}
    expected = {p.number for p in facts.places if p.labelled_during(month) and keeps(selection, p.scope)}
    return sum(reports.values()) if reports else None, len(reports), len(expected), len(expected & set(reports))


def is_whole(month: int, selection: Selection) -> bool:
    first = date(month // 100, month % 100, 1)
    return (selection.since or first) <= first and month_end(month) <= selection.until
