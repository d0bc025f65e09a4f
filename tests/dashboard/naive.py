"""The charts' numbers counted again from the facts, one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.selection import Selection
from data.sources import REGION_SIREN
from data.types import month_end
from tests.dashboard.facts import Facts, Place, Scope
from tests.naive import suppression

HOLDERS = {"public": "public", "prive": "private", "associatif": "nonprofit"}


def is_selected(selection: Selection, scope: Scope, territory: bool = True) -> bool:
    """Whether a selection keeps a fact of this scope."""
    dep, epci, holder, typologies = scope
    places = not territory or (
        dep in (selection.codes("dep") or (dep,)) and epci in (selection.codes("epci") or (epci,))
    )
    holders = [HOLDERS[code] for code in selection.codes("porteur")]
    kinds = selection.codes("typologie")
    return places and (not holders or holder in holders) and (not kinds or any(f"|{k}|" in typologies for k in kinds))


def labelled(facts: Facts, selection: Selection, day: date) -> int:
    return sum(place.labelled_at(day) for place in facts.places if is_selected(selection, place.scope))


def in_territory(facts: Facts, selection: Selection, epci: str) -> list[Place]:
    """The labelled places of an intercommunalité, whole, but for the filters other than the territory."""
    return [
        place
        for place in facts.places
        if place.scope[1] == epci and place.labelled_at(selection.until) and is_selected(selection, place.scope, False)
    ]


def voted(facts: Facts, selection: Selection, year: int, scheme: str) -> Decimal:
    return sum(
        (
            vote.amount
            for vote in facts.votes
            if (vote.funder, vote.scheme) == (REGION_SIREN, scheme)
            and vote.day.year == year
            and (selection.since or vote.day) <= vote.day <= selection.until
            and is_selected(selection, vote.place.scope)
        ),
        Decimal(0),
    )


@dataclass(frozen=True)
class Member:
    """A private place as tests.naive.suppression knows it."""

    place_id: int
    dep: str
    epci: str
    typologies: str


def members(facts: Facts, numbers: Iterable[int]) -> list[Member]:
    """Those of the places that are private."""
    wanted = set(numbers)
    return [
        Member(place.number, place.scope[0], place.scope[1], place.scope[3])
        for place in facts.places
        if place.number in wanted and place.scope[2] == "private"
    ]


def omitted(facts: Facts, selection: Selection, month: int, kind: str) -> set[int]:
    """The private places that a figure of this kind (declared, expected, paired) leaves out of a month."""
    declared = {year: {r.place.number for r in facts.reports if r.month == year} for year in (month, month - 100)}
    level = suppression.level_of(selection)
    if kind == "expected":
        expected = (place.number for place in facts.places if place.labelled_during(month))
        return suppression.suppress(members(facts, expected))[level]
    hidden = {year: suppression.suppress(members(facts, declared[year])) for year in declared}
    if kind == "declared":
        return hidden[month][level]
    both = members(facts, declared[month] & declared[month - 100])
    here = {one.place_id for one in both}
    base = {one: here & (hidden[month][one] | hidden[month - 100][one]) for one in suppression.LEVELS}
    publish = [suppression.published(members(facts, declared[year]), hidden[year]) for year in declared]
    return suppression.suppress(both, base, publish)[level]


def month_of_visits(facts: Facts, selection: Selection, month: int) -> tuple[int | None, int, int, int]:
    """Visits (None: nobody declared, or nothing is left), places that declared, expected, answered."""
    all_reports = {
        r.place.number: r.visits for r in facts.reports if r.month == month and is_selected(selection, r.place.scope)
    }
    hidden = omitted(facts, selection, month, "declared")
    reports = {number: visits for number, visits in all_reports.items() if number not in hidden}
    expected = {p.number for p in facts.places if p.labelled_during(month) and is_selected(selection, p.scope)}
    expected -= omitted(facts, selection, month, "expected")
    return sum(reports.values()) if reports else None, len(reports), len(expected), len(expected & set(all_reports))


def is_whole(month: int, selection: Selection) -> bool:
    first = date(month // 100, month % 100, 1)
    return (selection.since or first) <= first and month_end(month) <= selection.until
