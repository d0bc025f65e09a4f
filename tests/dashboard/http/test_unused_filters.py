"""A filter that does not narrow a figure or a list is not claimed beside it: it is said to change nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine

from dashboard.charts import Chart
from dashboard.charts.phrases import filters_text
from dashboard.components.chart_card import read_card
from dashboard.lists import LISTS, Listing
from data.engine import reading
from data.filters import FILTERS, Filter
from data.indicators import INDICATORS, Indicator
from data.queries.options import read_filter_options
from data.queries.sources import read_provenance
from data.selection import FilterOptions, Selection
from tests.conftest import TODAY
from tests.dashboard.reading import layout_of
from tests.dashboard.some_charts import SOME_CHARTS

pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(4)]

CHOSEN = {  # of another filter: its first option
    "dep": "61",
    "epci": "200069532",
    "porteur": "prive",
    "typologie": "coworking",
    "dispositif": "emergence",
    "partenaire": "aract",
    "unite": "journees",
}
every_filter = pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.key)


@pytest.fixture(scope="module")
def demo(demo_engine: Engine) -> Iterator[tuple[Connection, FilterOptions]]:
    with reading(demo_engine) as connection:
        yield connection, read_filter_options(connection, TODAY)


def choice(one: Filter, options: FilterOptions) -> tuple[Selection, str]:
    """A selection by one filter, and the words of its choice."""
    code = CHOSEN.get(one.key, options.by_filter[one.key][0].code)
    return Selection((), None, options.until).with_codes(one.key, [code]), options.label(one.key, code)


def nothing_changes(one: Filter) -> str:
    return f"le filtre «\u202f{one.label}\u202f» ne change rien ici"


@every_filter
@pytest.mark.parametrize("chart", SOME_CHARTS, ids=lambda one: one.slug)
def test_a_chart_names_the_filters_that_narrow_it(
    demo: tuple[Connection, FilterOptions], chart: Chart, one: Filter
) -> None:
    connection, options = demo
    selection, words = choice(one, options)
    shown = read_card(connection, chart, selection, options, read_provenance(connection))
    is_used = one.key in chart.filters
    claimed = shown.caption.removeprefix(shown.chart.subtitle)
    assert (words in claimed, words in shown.source_line) == (is_used, is_used)
    assert (nothing_changes(one) in shown.source_line) is not is_used
    if not is_used:
        whole = read_card(connection, chart, selection.with_codes(one.key, ()), options, read_provenance(connection))
        assert shown.frame.equals(whole.frame)


@every_filter
@pytest.mark.parametrize("listing", LISTS, ids=lambda one: one.slug)
def test_a_filter_that_a_list_does_not_name_leaves_its_rows(
    demo: tuple[Connection, FilterOptions], listing: Listing, one: Filter
) -> None:
    connection, options = demo
    selection, words = choice(one, options)
    shown_text = filters_text(selection, options, listing.filters)
    if one.key in listing.filters:
        assert words in shown_text
        return
    assert words not in shown_text
    assert shown_text.endswith(nothing_changes(one))
    found, whole = (
        connection.execute(listing.rows(requested, options)).all()
        for requested in (selection, selection.with_codes(one.key, ()))
    )
    assert sorted(map(repr, found)) == sorted(map(repr, whole))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)
def test_an_indicator_declares_the_filters_that_narrow_it(
    client: FlaskClient, demo: tuple[Connection, FilterOptions], indicator: Indicator
) -> None:
    _connection, options = demo
    chosen = [(one, *choice(one, options)) for one in FILTERS[2:]]
    query = "&".join(selection.to_query() for _one, selection, _words in chosen)
    caption = client.get(f"/api/indicateurs/{indicator.slug}.json?{query}").json["caption"]
    for one, _selection, words in chosen:
        assert (words in caption) is (one.key in indicator.filters)


def test_the_pages_of_an_indicator_name_unused_filters_once(client: FlaskClient) -> None:
    sentence = "les filtres «\u202fPorteur\u202f» et «\u202fUnité\u202f» ne changent rien ici"
    for address in ("/indicateurs/epn", "/indicateurs/epn/lignes"):
        layout = layout_of(client, f"{address}?porteur=prive&unite=journees&dep=61")
        assert sentence in layout
        assert "porteur\u202f: privé" not in layout.split(sentence, maxsplit=1)[0].rsplit("Orne", maxsplit=1)[-1]


@pytest.mark.parametrize(
    ("address", "claimed", "name"),
    [
        ("/exports/trajectoire.csv?dep=61&unite=journees", "Orne · arrêté", "trajectoire_orne_20"),
        (
            "/exports/enveloppes.csv?dep=61&dispositif=emergence",
            "Normandie · dispositif",
            "enveloppes_normandie_",
        ),
        ("/exports/liste-lieux.csv?dep=61&dispositif=emergence", "Orne · arrêté", "liste-lieux_orne_20"),
        ("/exports/lignes-epn.csv?dep=61&porteur=prive", "Orne · arrêté", "lignes-epn_orne_20"),
    ],
)
def test_a_file_names_the_filters_that_narrow_it(client: FlaskClient, address: str, claimed: str, name: str) -> None:
    answer = client.get(address)
    rows = list(csv.DictReader(answer.get_data().decode("utf-8-sig").splitlines(), delimiter=";"))
    assert rows[0]["Filtres"].startswith(claimed)
    assert name in answer.headers["Content-Disposition"]
