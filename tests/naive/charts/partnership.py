"""Naive frames of the charts of agreements and targets of partners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from data.indicators import indicator_named
from data.selection import FilterOptions, Selection
from tests import naive
from tests.naive.charts.model import Frame, Row
from tests.naive.charts.partners import areas_of
from tests.naive.partners import VALUES, done
from tests.naive.partnership import chosen, extent, in_force, partners, status, targets

ACTIONS = "actions-partenaires"
COVERED = {"en entier": "Couvert", "en partie": "Couvert en partie"}


def short(label: str) -> str:
    return label.partition(" (")[0]


def timeline(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    rows = []
    for partner in partners(facts, selection):
        at_date = status(facts, selection, partner)
        common = {"partner": short(partner.label), "status": at_date.text}
        if at_date.word in ("approché", "sous convention (dates non communiquées)"):
            rows.append(common | {"kind": at_date.word, "since": partner.since, "until": None, "purpose": None})
        begun = [one for one in facts.agreements if one.partner == partner.code and one.starts <= selection.until]
        rows += [
            common | {"kind": "convention", "since": one.starts, "until": one.ends, "purpose": one.purpose}
            for one in sorted(begun, key=lambda one: one.starts)
            if selection.since is None or one.ends is None or one.ends >= selection.since
        ]
    return rows


def coverage(facts: naive.Facts, selection: Selection, words: FilterOptions) -> list[Row]:
    column, areas = areas_of(facts, selection)
    covering = [
        one
        for one in words.by_filter["partenaire"]
        if chosen(selection, one.code)
        and in_force(facts, one.code, selection.until)
        and extent(facts, selection, one.code) != "non"
    ]
    rows = []
    for code, name in areas.items():
        for partner in covering:
            own = [one for one in done(facts, selection) if (one.partner, getattr(one, column)) == (partner.code, code)]
            words_of_extent = COVERED.get(extent(facts, selection, partner.code, **{column: code}))
            acted = ", avec action" if own else ", sans action" if words_of_extent else ""
            state = f"{words_of_extent or 'Non couvert'}{acted}"
            rows.append({"row": name, "column": short(partner.label), "state": state, "actions": len(own)})
    return rows


def objectives(facts: naive.Facts, selection: Selection, words: FilterOptions) -> list[Row]:
    """The sixteen latest of: targets, and years of activity without a target, of the last three years of the period."""
    first = max(selection.until.year - 2, selection.since.year if selection.since else 0)
    rows = [
        _row(facts, selection, words, one.partner, one.indicator, one.baseline_day, one.due, one)
        for one in targets(facts, selection)
        if one.due.year >= first
    ]
    with_target = {(row["partner"], row["period"]) for row in rows if row["label"] == "Actions des partenaires"}
    ever = done(facts, replace(selection, since=None))
    for partner, year in sorted({(one.partner, one.day.year) for one in ever if one.day.year >= first}):
        row = _row(facts, selection, words, partner, ACTIONS, date(year, 1, 1), date(year, 12, 31), None)
        if (row["partner"], row["period"]) not in with_target:
            rows.append(row)
    latest = sorted(rows, key=lambda row: (-row["due"].toordinal(), *row["place"]))[:16]
    return sorted(latest, key=lambda row: (*row["place"], -row["due"].toordinal()))


def _row(
    facts: naive.Facts,
    selection: Selection,
    words: FilterOptions,
    partner: str,
    slug: str,
    since: date | None,
    due: date,
    target: Any,
) -> Row:
    indicator = indicator_named(slug)
    assert indicator
    until = min(due, selection.until)
    counted = replace(selection.with_codes("partenaire", [partner]), since=since, until=until, until_given=True)
    value = VALUES[slug](facts, counted)
    is_year = since is not None and (since, due) == (date(due.year, 1, 1), date(due.year, 12, 31))
    span = f"{since:%m/%Y}–{due:%m/%Y}" if since else f"jusqu’à {due:%m/%Y}"
    is_under_way = until < due
    if not target:
        state = "sans objectif voté, en cours" if is_under_way else "sans objectif voté"
    elif value is None:
        state = "non connu"
    else:
        state = "objectif atteint" if value >= target.value else "en cours" if is_under_way else "objectif non atteint"
    return {
        "partner": short(words.label("partenaire", partner)),
        "label": indicator.label,
        "period": str(due.year) if is_year else span,
        "since": since,
        "until": until,
        "done": value,
        "value": target and target.value,
        "unit": indicator.unit.symbol,
        "share": None if target is None or value is None else value / target.value,
        "state": state,
        "origin": target and target.origin,
        "due": due,
        "place": (words.position("partenaire", partner), slug != ACTIONS, slug),
    }


FRAMES: dict[str, Frame] = {
    "conventions-dans-le-temps": timeline,
    "couverture-conventions": coverage,
    "objectifs-partenaires": objectives,
}
