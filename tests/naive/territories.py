"""Who the territories of a selection are, from the reference files."""

from __future__ import annotations

from data import reference
from data.selection import Selection
from tests import naive
from tests.naive.coverage import communes


def departements(facts: naive.Facts, selection: Selection) -> dict[str, str]:
    """The name by code of those with a commune in the selection, by code."""
    names = {one.code: one.name for one in reference.read_departements()}
    return {code: names[code] for code in sorted({one.dep for one in communes(facts, selection)})}


def intercommunalites(facts: naive.Facts, selection: Selection) -> dict[str, str]:
    """The name by code of those with a commune in the selection, by name."""
    names = {one.code: one.name for one in reference.read_epci()}
    chosen = {one.epci for one in communes(facts, selection)}
    return {code: names[code] for code in sorted(chosen, key=lambda code: names[code])}


def population(facts: naive.Facts, **where: str) -> int:
    """The inhabitants of a whole territory: `dep=` or `epci=` a code."""
    ((column, code),) = where.items()
    return sum(one.population for one in facts.communes.itertuples() if getattr(one, column) == code)
