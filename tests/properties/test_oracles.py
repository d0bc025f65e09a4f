"""Every indicator × grouping × filter: the pages' roll-ups against the naive recomputation."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Connection, Engine

from data.engine import reading
from data.filters import FILTERS
from data.indicators import GROUPINGS, INDICATORS, Indicator, groupings_of
from data.model.facts import Measure, Ratio, Total
from data.queries.indicators import read_breakdown, read_value
from data.queries.options import read_filter_options
from data.selection import FilterOptions, Selection
from tests import naive
from tests.conftest import TODAY
from tests.naive import aid, attendance, coverage, credits, events, label, managers, network, pace, partners, standard
from tests.sampling import in_turn

pytestmark = pytest.mark.without_coverage

QUERIES = (
    "",
    "dep=14",
    "dep=50,61&au=2019-06-15",
    "porteur=public",
    "porteur=prive,associatif&du=2019-01-01",
    "typologie=coworking",
    "typologie=fablab&dep=76",
    "typologie=coworking,fablab&epci=200066827,246100663",
    "epci=200066827,246100663",
    "dep=61&epci=200066827",
    "du=2018-09-10&au=2020-02-29",
    "du=2020-01-15&au=2020-03-31&dep=14",
    "au=2016-01-01",
    "dispositif=emergence",
    "unite=journees",
    "unite=journees&dep=27,76&du=2019-03-01",
    "dep=50&porteur=prive",
    "unite=personnes&porteur=prive",
    "partenaire=aract",
    "partenaire=tes&dep=14&du=2019-01-01",
    "theme=financement,communication&axe=animer-le-reseau&au=2020-09-01",
)
CODES, PERIODS = ("departement", "epci", "porteur", "dispositif", "theme", "axe"), ("annee", "mois")
MANY = 16  # codes recomputed for one query: each of the 70 intercommunalités comes back with every fourth one


def cases(*groupings: str) -> pytest.MarkDecorator:
    """Every indicator by each of these groupings that it has, under a third of the queries."""
    found = [
        (indicator, query, grouping.key)
        for indicator in INDICATORS
        for grouping in groupings_of(indicator)
        if grouping.key in groupings
        for query in in_turn(f"{indicator.slug} {grouping.key}", QUERIES, 3)
    ]
    ids = [f"{indicator.slug}-{grouping}-{query}" for indicator, query, grouping in found]
    return pytest.mark.parametrize(("indicator", "query", "grouping"), found, ids=ids)


@pytest.fixture(scope="module")
def facts(demo_engine: Engine) -> naive.Facts:
    with reading(demo_engine) as connection:
        return naive.read_facts(connection)


@pytest.fixture
def connection(demo_engine: Engine) -> Iterator[Connection]:
    with reading(demo_engine) as opened:
        yield opened


@pytest.fixture
def options(connection: Connection) -> FilterOptions:
    return read_filter_options(connection, TODAY)


VALUES = {
    **label.VALUES,
    **pace.VALUES,
    **coverage.VALUES,
    **aid.VALUES,
    **credits.VALUES,
    **partners.VALUES,
    **events.VALUES,
    **managers.VALUES,
    **standard.VALUES,
    **attendance.VALUES,
    **network.VALUES,
}


def _naive(facts: naive.Facts, slug: str, selection: Selection) -> float | None:
    assert slug in VALUES, f"{slug} has no naive recomputation: write one"
    return VALUES[slug](facts, selection)


def _same(value: float | None, expected: float | None) -> bool:
    return value == (None if expected is None else pytest.approx(expected))


@pytest.mark.fewer_on_postgresql(5)
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)
def test_value_equals_the_naive_value(
    connection: Connection, facts: naive.Facts, options: FilterOptions, indicator: Indicator, query: str
) -> None:
    selection, _notices = Selection.from_query(query, options)
    reading_ = read_value(connection, indicator, selection)
    assert _same(reading_.value, _naive(facts, indicator.slug, selection))
    assert (reading_.value is None) == bool(reading_.reason)


@pytest.mark.fewer_on_postgresql(5)
@cases(*CODES)
def test_breakdown_by_code_equals_the_naive_values(
    connection: Connection, facts: naive.Facts, options: FilterOptions, indicator: Indicator, query: str, grouping: str
) -> None:
    one = next(one for one in GROUPINGS if one.key == grouping)
    selection, _notices = Selection.from_query(query, options)
    found = read_breakdown(connection, indicator, selection, one, options)
    chosen = selection.codes(one.filter)
    codes = [code for code in found if code != "non-localise"]
    assert not chosen or set(codes) <= set(chosen)
    for code in _sampled(codes, query):
        value = _naive(facts, indicator.slug, selection.with_codes(one.filter, [code]))
        assert _same(found[code].value, value), code
    within = _territories(facts, selection, grouping)
    assert within is None or set(found) - {"non-localise"} == within


def _sampled(codes: list[str], query: str) -> list[str]:
    """Every code without filters; with one, a part of those of a long list, another with each query."""
    steps = max(1, len(codes) // MANY) if query else 1
    return codes[QUERIES.index(query) % steps :: steps]


def _territories(facts: naive.Facts, selection: Selection, grouping: str) -> set[str] | None:
    """Every territory of the selection appears."""
    column = {"departement": "dep", "epci": "epci"}.get(grouping)
    if column is None:
        return None
    deps, epcis = selection.codes("dep"), selection.codes("epci")
    rows = facts.communes
    rows = rows[rows.dep.isin(deps)] if deps else rows
    rows = rows[rows.epci.isin(epcis)] if epcis else rows
    return set(rows[column])


@pytest.mark.fewer_on_postgresql(5)
@cases(*PERIODS)
def test_breakdown_by_period_equals_the_naive_values(
    connection: Connection, facts: naive.Facts, options: FilterOptions, indicator: Indicator, query: str, grouping: str
) -> None:
    one = next(one for one in GROUPINGS if one.key == grouping)
    selection, _notices = Selection.from_query(query, options)
    found = read_breakdown(connection, indicator, selection, one, options)
    keys = list(found)
    assert keys == sorted(keys)
    for key in keys if grouping == "annee" else keys[:: max(1, len(keys) // 6)]:
        assert _same(found[key].value, _naive(facts, indicator.slug, _cut(selection, indicator, key))), key
    whole = read_value(connection, indicator, selection).value
    measure = indicator.measure
    if indicator.time != "stock" and isinstance(measure, Measure) and isinstance(measure.value, Total):
        assert sum(value.value or 0 for value in found.values()) == pytest.approx(whole or 0)


def _cut(selection: Selection, indicator: Indicator, key: str) -> Selection:
    """The part of the selection within a period."""
    year, month = (int(key[:4]), int(key[5:]) if len(key) > 4 else None)
    first = date(year, month or 1, 1)
    last = naive.month_end(year * 100 + (month or 12))
    since = None if indicator.time == "stock" else max(first, selection.since or first)
    return Selection(selection.choices, since, min(last, selection.until), until_given=True)


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)
def test_parts_sum_to_the_whole(connection: Connection, options: FilterOptions, indicator: Indicator) -> None:
    if not isinstance(indicator.measure, Measure) or isinstance(indicator.measure.value, Ratio):
        pytest.skip("only counts and sums are added")
    # the parts of a confidential figure leave out more private places than the whole (test_disclosure.py)
    query = "porteur=public,associatif" if indicator.measure.disclosure else ""
    selection, _notices = Selection.from_query(query, options)
    whole = read_value(connection, indicator, selection).value
    for grouping in groupings_of(indicator):
        if not grouping.period:
            parts = read_breakdown(connection, indicator, selection, grouping, options)
            assert sum(part.value or 0 for part in parts.values()) == pytest.approx(whole), grouping.key


def test_oracle_queries_use_every_filter() -> None:
    asked = {part.split("=")[0] for query in QUERIES for part in query.split("&")}
    assert {one.key for one in FILTERS} <= asked, (
        "add a query with the new filter to QUERIES, and the filter to naive.kept"
    )
