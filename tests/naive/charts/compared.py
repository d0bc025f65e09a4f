"""Naive frames of the charts of a comparison."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from unittest.mock import ANY

from data.i18n import day_short
from data.indicators import INDICATORS, Indicator, groupings_of
from data.model.cases import Cases, RateInterval, rate_interval
from data.selection import ComparedItem, FilterOptions, Selection
from tests import naive
from tests.naive import aid, attendance, coverage, credits, events, label, managers, network, pace, partners, standard
from tests.naive.charts.model import Frame, Row
from tests.naive.coverage import communes, inhabitants, seats
from tests.naive.pace import year_ago

VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    **label.VALUES, **pace.VALUES, **coverage.VALUES, **aid.VALUES, **credits.VALUES, **partners.VALUES,
    **events.VALUES, **managers.VALUES, **standard.VALUES, **attendance.VALUES, **network.VALUES,
}  # fmt: skip
GROUPING = {"dep": "departement", "epci": "epci", "partenaire": "partenaire", "dispositif": "dispositif",
            "porteur": "porteur"}  # fmt: skip
COUNTS = ("lieux-labellises", "labellisations-cumulees", "lieux-en-cours", "dossiers-aides", "dossiers-a-verifier",
          "actions-partenaires", "rencontres-prealables", "besoins-ouverts")  # fmt: skip
RATES = {"labellises-pour-100000": "lieux-labellises", "epn-pour-100000": "epn"}


def known_standard(facts: naive.Facts, part: Selection) -> int:
    found = [standard.compulsory_compliance(facts, one, part.until) for one in naive.lieux_labellises(facts, part)]
    return sum(bool(one) and "unknown" not in one for one in found)


def counted_epcis(facts: naive.Facts, part: Selection) -> int:
    return len({commune.epci for commune in communes(facts, part)} & seats())


BASES: dict[str, Callable[[naive.Facts, Selection], int]] = {  # among how many each share is counted
    "standard-respecte": known_standard,
    "lieux-animes": lambda facts, part: len(naive.lieux_labellises(facts, part)),
    "lieux-au-reseau": lambda facts, part: len(naive.lieux_labellises(facts, part)),
    "epci-couverts": counted_epcis,
    "epci-touches": counted_epcis,
    "rencontres-vers-emergence": lambda facts, part: sum(
        one.day < year_ago(part.until) for one in partners.meetings(facts, part)
    ),
}


def items_of(selection: Selection, words: FilterOptions) -> tuple[ComparedItem, ...]:
    return selection.compared or tuple(ComparedItem("dep", option.code) for option in words.by_filter["dep"])


def anywhere(selection: Selection, items: tuple[ComparedItem, ...]) -> Selection:
    for key in ("dep", "epci", *(item.filter_key for item in items)):
        selection = selection.with_codes(key, [])
    return selection


def alone(selection: Selection, items: tuple[ComparedItem, ...], item: ComparedItem) -> Selection:
    return anywhere(selection, items).with_codes(item.filter_key, [item.code])


def short_name(item: ComparedItem, words: FilterOptions) -> str:
    return words.label(*item).split(" (")[0]


def years(facts: naive.Facts, selection: Selection, words: FilterOptions, slug: str, time: str) -> list[Row]:
    items = items_of(selection, words)
    values: dict[tuple[ComparedItem, int], float | None] = {}
    ends = selection.until
    if time == "month" and (ends.replace(day=28).month, naive.month_end(ends.year * 100 + ends.month)) != (
        ends.month,
        ends,
    ):
        ends = ends.replace(day=1).replace(month=ends.month - 1) if ends.month > 1 else date(ends.year - 1, 12, 31)
    first = selection.since.year if selection.since else 2000
    for item in items:
        for year in range(first, ends.year + 1):
            since = None if time == "stock" else max(date(year, 1, 1), selection.since or date.min)
            part = replace(alone(selection, items, item), since=since, until=min(date(year, 12, 31), selection.until))
            values[item, year] = VALUES[slug](facts, part)
    known = [year for (_item, year), value in values.items() if value]
    return [
        {
            "name": short_name(item, words),
            "year": year,
            "value": values[item, year],
            "remark": ANY if slug == "visites" else unfinished(year, selection.until),
        }
        for item in items
        for year in (range(min(known), ends.year + 1) if known else ())
    ]


def unfinished(year: int, until: date) -> str:
    return f"jusqu’au {day_short(until)}" if until < date(year, 12, 31) else ""


def rate(facts: naive.Facts, slug: str, part: Selection, territorial: bool) -> RateInterval | None:
    value = VALUES[slug](facts, part)
    if value is None:
        return None
    if slug in BASES:
        base = BASES[slug](facts, part)
        return rate_interval(Cases(round(value * base), base))
    counted = slug if slug in COUNTS and territorial else RATES.get(slug)
    if counted is None:
        return None
    return rate_interval(Cases(int(VALUES[counted](facts, part) or 0), inhabitants(facts, part), 100_000))


def table(facts: naive.Facts, selection: Selection, words: FilterOptions) -> list[Row]:
    items = items_of(selection, words)
    territorial = items[0].filter_key in ("dep", "epci")
    alike = len({item.filter_key for item in items}) == 1
    rows: list[Row] = []
    for one in INDICATORS:
        if not {GROUPING[item.filter_key] for item in items} <= {grouping.key for grouping in groupings_of(one)}:
            continue
        indicator = one.in_selected_unit(selection)
        parts = [alone(selection, items, item) for item in items]
        whole = VALUES[one.slug](facts, anywhere(selection, items))
        rates = [rate(facts, one.slug, part, territorial) for part in parts]
        for at, (item, part) in enumerate(zip(items, parts, strict=True)):
            value = VALUES[one.slug](facts, part)
            rows.append(
                {
                    "label": indicator.label,
                    "name": short_name(item, words),
                    "text": indicator.unit.text(value),
                    "regional_text": indicator.unit.text(whole),
                    "rate_text": rate_cell(rates[at], indicator, rates),
                    "rank": rank(rates, at) if alike else None,
                    "remark": ANY,  # the texts of each indicator, which test_compare.py holds
                    "value": value,
                    "unit": indicator.unit.symbol,
                    "regional": whole,
                }
            )
    timeless = [one.label for one in INDICATORS if one.time == "undated"]
    return rows if any(row["value"] for row in rows if row["label"] not in timeless) else []


def rate_cell(found: RateInterval | None, indicator: Indicator, rates: list[RateInterval | None]) -> str:
    if found is None:
        return ""
    percents = [f"{int(bound * 100 + 0.5)}\u202f%" for bound in (found.low, found.high)]
    decimals = [f"{bound:,.1f}".replace(",", "\u202f").replace(".", ",") for bound in found[:3]]
    low, high = percents if found.per == 1 else decimals[1:]
    margin = f"marge\u202f: {low} à {high}"
    return f"soit {decimals[0]} pour 100\u202f000 habitants, {margin}" if indicator.slug in COUNTS else margin


def rank(rates: list[RateInterval | None], at: int) -> int | None:
    """Where every other one that is known lies wholly above or wholly below."""
    own, others = rates[at], [one for place, one in enumerate(rates) if place != at and one]
    if own is None or not others:
        return None
    above, below = (sum(one.low > own.high for one in others), sum(one.high < own.low for one in others))
    return above + 1 if above + below == len(others) else None


FRAMES: dict[str, Frame] = {
    "labellises-compares": partial(years, slug="lieux-labellises", time="stock"),
    "aides-comparees": partial(years, slug="aides-votees", time="day"),
    "visites-comparees": partial(years, slug="visites", time="month"),
    "actions-comparees": partial(years, slug="actions-partenaires", time="day"),
    "comparaison": table,
}
