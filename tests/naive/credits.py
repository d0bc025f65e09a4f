"""Naive values of the indicators of data/indicators/credits.py, by slug."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from data.selection import Selection
from data.sources import REGION_SIREN
from tests import naive
from tests.naive.aid_files import ORDERS, VOTED, first_vote


def fiscal_year(step: Any) -> int:
    """Its own; else that of its file, else the year of the vote; for an order, the year of its day."""
    if step.fiscal_year:
        return int(step.fiscal_year)
    if step.step in ORDERS:
        return int(step.day.year)
    vote = first_vote(step.file)
    return int(step.file.fiscal_year or (vote or step.day).year)


def used(*steps: str, kinds: tuple[str, ...]) -> Callable[[naive.Facts, Selection], float | None]:
    def value(facts: naive.Facts, selection: Selection) -> float | None:
        since, until = selection.since, selection.until
        if any(selection.codes(key) for key in ("dep", "epci", "porteur", "typologie")):
            return None
        if since and (since.month, since.day) != (1, 1):
            return None
        schemes = selection.codes("dispositif")
        envelopes = [
            one
            for one in facts.envelopes
            if one.credit in kinds
            and one.fiscal_year <= until.year
            and (since is None or one.fiscal_year >= since.year)
            and (not schemes or one.scheme in schemes)
        ]
        if len({one.credit for one in envelopes}) != 1:
            return None
        both = {(one.scheme, one.fiscal_year) for one in envelopes}
        spent = sum(
            one.amount
            for one in facts.steps
            if one.funder == REGION_SIREN
            and one.step in steps
            and one.day <= until
            and (one.scheme, fiscal_year(one)) in both
        )
        return float(spent) / float(sum(one.amount for one in envelopes))

    return value


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "enveloppe-votee": used(*VOTED, kinds=("AE", "AP")),
    "enveloppe-engagee": used("commitment", kinds=("AE", "AP")),
    "cp-mandates": used(*ORDERS, kinds=("CP",)),
}
