"""A reason names its cause, and the remedy works: every indicator, chart and list, under filters that empty them."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Connection, Engine

from dashboard.charts import CHARTS, Chart
from dashboard.components.chart_card import NO_REMEDY, read_card
from dashboard.components.list_rows import read_list_page
from dashboard.components.listing import empty_list_text
from dashboard.lists import LISTS, Listing
from dashboard.requests.page_request import PageRequest
from data.engine import reading
from data.filters import FILTERS
from data.indicators import INDICATORS, Indicator
from data.queries.causes import read_value_with_blocking_filter
from data.queries.indicators import read_value
from data.queries.listing import has_rows
from data.queries.options import LoadCache, read_filter_options
from data.queries.sources import read_provenance
from data.selection import FilterOptions, Selection
from tests.conftest import TODAY

pytestmark = [pytest.mark.any_engine, pytest.mark.without_coverage]
EMPTYING = (
    "du=2005-01-01&au=2005-12-31",
    "epci=246100663&porteur=prive",
    "porteur=prive&typologie=fablab&dep=50",
    "dep=61&du=2016-01-01&au=2016-06-30",
    "dispositif=culture-patrimoine&partenaire=universites",
)


@pytest.fixture(scope="module")
def demo(demo_engine: Engine) -> Iterator[Connection]:
    with reading(demo_engine) as connection:
        yield connection


def page_request(connection: Connection, query: str) -> PageRequest:
    options = read_filter_options(connection, TODAY)
    return PageRequest(connection, options, Selection.from_query(query, options)[0], (), "/", query, LoadCache())


def without(name: str, selection: Selection, options: FilterOptions) -> Selection:
    """The selection as the named cause would leave it."""
    whole = replace(selection, since=None, until=options.until, until_given=False)
    wider = {"période": whole, "territoire": selection.without_territory(), "filtres": replace(whole, choices=())}
    wider |= {f"«\u202f{one.label.lower()}\u202f»": selection.with_codes(one.key, ()) for one in FILTERS}
    return next(found for words, found in wider.items() if words in name)


def all_wider(selection: Selection, options: FilterOptions) -> list[Selection]:
    """The selection without each of its filters, and without any."""
    whole = replace(selection, since=None, until=options.until, until_given=False)
    return [
        whole,
        selection.without_territory(),
        *(selection.with_codes(one.key, ()) for one in FILTERS[2:]),
        replace(whole, choices=()),
    ]


def check(remedy: str, selection: Selection, options: FilterOptions, has_answer: Callable[[Selection], bool]) -> None:
    """What it says to do gives something; it says that nothing helps only when nothing does."""
    if remedy.endswith(NO_REMEDY):
        assert not any(has_answer(one) for one in all_wider(selection, options))
    else:
        assert has_answer(without(remedy, selection, options))


@pytest.mark.parametrize("query", EMPTYING)
@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)
def test_an_unknown_figure_names_the_blocking_filter(indicator: Indicator, query: str, demo: Connection) -> None:
    request = page_request(demo, query)
    found = read_value_with_blocking_filter(demo, indicator, request.selection, request.options)
    if found.value is not None:
        assert found == read_value(demo, indicator, request.selection)
        return

    def has_value(selection: Selection) -> bool:
        return read_value(demo, indicator, selection).value is not None

    reason, _mark, cause = (found.reason or "").partition("(en cause\u202f: ")
    assert reason, "null without a reason"
    check(cause or NO_REMEDY, request.selection, request.options, has_value)


@pytest.mark.parametrize("query", EMPTYING)
@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: one.slug)
def test_an_empty_chart_names_the_blocking_filter(chart: Chart, query: str, demo: Connection) -> None:
    request = page_request(demo, query)
    shown = read_card(demo, chart, request.selection, request.options, read_provenance(demo))
    if shown.empty:
        selection = chart.applied(request.selection)
        check(shown.empty, selection, request.options, lambda one: len(chart.read(demo, one, request.options)) > 0)


@pytest.mark.parametrize("query", EMPTYING)
@pytest.mark.parametrize("listing", [one for one in LISTS if one.sources], ids=lambda one: one.slug)
def test_an_empty_list_names_the_blocking_filter(listing: Listing, query: str, demo: Connection) -> None:
    request = page_request(demo, query)
    shown_text = empty_list_text(read_list_page(listing, request))
    if shown_text:
        _reason, _stop, remedy = shown_text.partition(". ")
        check(
            remedy,
            request.selection,
            request.options,
            lambda one: has_rows(demo, listing.rows(one, request.options)),
        )
        for key in ("porteur", "typologie", "partenaire"):  # what is not found may be there without that filter
            for code in request.selection.codes(key) if key in listing.filters else ():
                assert request.options.label(key, code) in _reason
