"""The comparison: its address, what it shows of any items, what it offers without any."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine

from dashboard.charts import CHARTS
from dashboard.charts.compared_phrases import NO_NOTABLE_DIFFERENCE, difference_sentences, subject_names
from data.engine import reading
from data.filters import filter_named
from data.indicators import INDICATORS, indicator_named
from data.queries.compared import ComparedIndicator, grouping_of_item, is_comparable, read_compared_indicator
from data.queries.indicators import read_breakdown, read_value
from data.queries.options import read_filter_options
from data.selection import COMPARISON_KINDS, FilterOptions, Selection
from tests.conftest import TODAY
from tests.dashboard.conftest import select
from tests.dashboard.reading import components_by_id, sent_layout, text_of, written_out
from tests.naive import read_facts
from tests.naive.territories import population
from tests.properties.test_oracles import VALUES
from tests.site import COMPARISONS

pytestmark = pytest.mark.fewer_on_postgresql(10)
FILTERS = ("", "&porteur=public", "&typologie=coworking&au=2019-12-31", "&du=2019-01-01&dispositif=emergence")


@pytest.fixture
def connection(demo_engine: Engine) -> Iterator[Connection]:
    with reading(demo_engine) as opened:
        yield opened


@pytest.fixture
def options(connection: Connection) -> FilterOptions:
    return read_filter_options(connection, TODAY)


def drawn_queries(options: FilterOptions) -> list[str]:
    """Two to six items of each kind, drawn, with filters."""
    draw = random.Random(14)
    queries = []
    for turn, filters in enumerate(FILTERS):
        for kind in COMPARISON_KINDS:
            codes = [option.code for key in kind.filters for option in options.by_filter[key]]
            chosen = draw.sample(codes, min(len(codes), 2 + (turn + len(kind.key)) % 5))
            queries.append(f"{kind.key}={','.join(chosen)}{filters}")
    return queries


def read_all(connection: Connection, selection: Selection, options: FilterOptions) -> list[ComparedIndicator]:
    return [
        read_compared_indicator(connection, indicator, selection, options)
        for indicator in INDICATORS
        if is_comparable(indicator, selection)
    ]


def test_values_are_those_of_each_item_alone_and_of_the_region(connection: Connection, options: FilterOptions) -> None:
    facts = read_facts(connection)
    for query in drawn_queries(options):
        selection = select(query, options)
        replaced = {item.filter_key for item in selection.compared}
        anywhere = selection.without_comparison()
        for key in replaced:
            anywhere = anywhere.with_codes(key, ())
        found = read_all(connection, selection, options)
        assert found
        for compared in found:
            slug = compared.indicator.slug
            assert compared.regional == read_value(connection, compared.indicator, anywhere), (query, slug)
            assert len(compared.values) == len(selection.compared)
            for item, value in zip(selection.compared, compared.values, strict=True):
                alone = anywhere.with_codes(item.filter_key, [item.code])
                expected = VALUES[slug](facts, alone)
                assert value.value == (None if expected is None else pytest.approx(expected)), (query, slug, item)
                assert (value.value is None) == bool(value.reason)


def test_rates_of_counts_are_per_inhabitant_and_only_of_territories(
    connection: Connection, options: FilterOptions
) -> None:
    facts = read_facts(connection)
    selection = select("t=27,200068799", options)
    (compared,) = (one for one in read_all(connection, selection, options) if one.indicator.slug == "lieux-labellises")
    people = [population(facts, dep="27"), population(facts, epci="200068799")]
    for value, rate, inhabitants in zip(compared.values, compared.rates, people, strict=True):
        assert rate
        assert value.value is not None
        assert rate.value == pytest.approx(value.value * 100_000 / inhabitants)
    holders = select("porteurs=public,prive", options)
    (compared,) = (one for one in read_all(connection, holders, options) if one.indicator.slug == "lieux-labellises")
    assert compared.rates == (None, None)
    assert compared.regional_rate is None


def test_a_share_with_a_margin_is_its_cases(connection: Connection, options: FilterOptions) -> None:
    """The value that is shown and the interval beside it speak of the same cases."""
    shown = 0
    for query in drawn_queries(options):
        for compared in read_all(connection, select(query, options), options):
            if compared.indicator.unit.code != "part":
                continue
            for value, rate in zip((*compared.values, compared.regional), (*compared.rates, compared.regional_rate),
                                   strict=True):  # fmt: skip
                assert rate is None or rate.value == pytest.approx(value.value)
                shown += rate is not None
    assert shown > 50


def test_suppressed_values_stay_suppressed(connection: Connection, options: FilterOptions) -> None:
    """What a breakdown leaves out, the comparison leaves out: of intercommunalités and départements."""
    visits = indicator_named("visites")
    assert visits
    hidden = 0
    for key in ("dep", "epci"):
        codes = [option.code for option in options.by_filter[key]]
        for first in range(0, len(codes), 6):
            selection = select(f"t={','.join(codes[first : first + 6])}", options)
            compared = read_compared_indicator(connection, visits, selection, options)
            grouping = grouping_of_item(compared.items[0])
            whole = read_breakdown(connection, visits, selection.without_comparison(), grouping, options)
            for item, value in zip(compared.items, compared.values, strict=True):
                assert value == whole[item.code]
                hidden += value.note is not None
    assert hidden


def test_no_sentence_names_a_difference_within_the_margin(connection: Connection, options: FilterOptions) -> None:
    said = set()
    for query in (*drawn_queries(options), "partenaires=aract,aten", "t=14,27,50,61,76"):
        selection = select(query, options)
        names = subject_names(selection, options)
        for compared in read_all(connection, selection, options):
            sentences = difference_sentences(compared, names)
            rates = [rate for rate in compared.rates if rate]
            apart = [(one, other) for one in range(len(names)) for other in compared.lower_items(one)]
            assert bool(sentences) == (len(rates) > 1 and compared.are_alike)
            assert (sentences == (NO_NOTABLE_DIFFERENCE,)) == (bool(sentences) and not apart)
            for one, other in apart:
                first, second = compared.rates[one], compared.rates[other]
                assert first
                assert second
                assert first.low > second.high
            said.add(bool(apart))
    assert said == {True, False}


@pytest.mark.parametrize("address", COMPARISONS)
def test_the_page_names_what_it_compares(layout: Callable[[str], str], options: FilterOptions, address: str) -> None:
    text = layout(f"{address}&porteur=public" if "porteurs" not in address else address)
    selection = select(address.partition("?")[2], options)
    names = selection.compared_names(options)
    shown = text.replace("\u202f", " ")
    (title,) = re.findall(r'"type":"H1","props":\{"children":"([^"]*)"', shown)
    assert all(name.partition(" (")[0] in title for name in names)
    for name in names:
        assert shown.count(f'"{name}"') >= len(names), name
    assert "Normandie" in shown
    assert "marges d’erreur" in shown


def test_unknown_items_are_ignored_and_said(layout: Callable[[str], str]) -> None:
    text = layout("/comparer?t=27,zz,61&partenaires=aract,rien").replace("\u202f", " ")
    assert "« zz » (comparaison de territoires) n’existe pas" in text
    assert "« rien » (comparaison de partenaires) n’existe pas" in text
    assert "les partenaires ont été ignorés" in text
    assert '"data":"t=27,61"' in text


def test_a_seventh_item_is_left_out_and_said(layout: Callable[[str], str]) -> None:
    codes = "14,27,50,61,76,200068799,200066827"
    text = layout(f"/comparer?t={codes}").replace("\u202f", " ")
    assert "Une comparaison a 6 territoires au plus" in text
    assert f'"data":"t={codes.rpartition(",")[0]}"' in text


@pytest.mark.parametrize("query", ["", "t=", "t=zz", "t=61", "partenaires=aract", "t=61&dep=27&au=2019-01-01"])
def test_fewer_than_two_items_offer_a_form(layout: Callable[[str], str], query: str) -> None:
    text = layout(f"/comparer?{query}")
    assert '"method":"get"' in text
    assert '"type":"Select"' in text
    assert "compared-card" not in text


def test_the_form_adds_to_what_is_chosen(layout: Callable[[str], str], options: FilterOptions) -> None:
    """As a browser sends it without a script: hidden fields, then the chosen one."""
    root = json.loads(layout("/comparer?t=27,61&porteur=public"))
    form = next(_forms(root))
    fields = [(one["name"], one["value"]) for one in form if one.get("type") == "hidden"]
    sent = "&".join(f"{name}={value}" for name, value in [*fields, ("t", "14")])
    selection = select(sent, options)
    assert [item.code for item in selection.compared] == ["27", "61", "14"]
    assert selection.codes("porteur") == ("public",)


def _forms(node: object) -> Iterator[list[dict[str, str]]]:
    if isinstance(node, list):
        for one in node:
            yield from _forms(one)
    elif isinstance(node, dict):
        if node.get("type") == "Form":
            yield list(_inputs(node))
        yield from _forms(list(node.values()))


def _inputs(node: object) -> Iterator[dict[str, str]]:
    if isinstance(node, list):
        for one in node:
            yield from _inputs(one)
    elif isinstance(node, dict):
        if node.get("type") == "Input":
            yield node["props"]
        yield from _inputs(list(node.values()))


def test_similar_territories_are_one_tap_away(layout: Callable[[str], str]) -> None:
    text = layout("/comparer?t=61")
    assert "Territoires proches par leur population et leur densité de tiers-lieux labellisés" in text
    added = re.findall(r'"href":"/comparer\?t=61,([^"]+)"', text)
    assert added[:3] == ["50", "27", "14"]


@pytest.mark.parametrize(
    ("path", "compared"),
    [
        ("/territoires", ""),
        ("/territoires?dep=61,27&porteur=public", "porteur=public&t=27,61"),
        ("/territoires/61", "t=61"),
        ("/territoires/200068799?dep=14", "t=200068799"),
        ("/partenaires/aract?partenaire=tes", "partenaires=aract"),
    ],
)
def test_pages_lead_to_the_comparison(layout: Callable[[str], str], path: str, compared: str) -> None:
    href = f"/comparer?{compared}" if compared else "/comparer"
    assert f'"href":"{href}"' in layout(path)


def test_only_the_comparison_keeps_its_items_in_the_address(layout: Callable[[str], str]) -> None:
    text = layout("/label?t=27,61&dep=50")
    assert '"data":"dep=50"' in text
    assert "comparaison" not in text_of(json.loads(text))
    menu = re.findall(r'"href":"(/label[^"]*)"', layout("/comparer?t=27,61&porteur=public"))
    assert [dict(parse_qsl(href.partition("?")[2])) for href in menu[:1]] == [{"porteur": "public"}]


def test_every_kind_has_the_filter_of_its_codes() -> None:
    assert all(filter_named(key).key == key for kind in COMPARISON_KINDS for key in kind.filters)


@pytest.mark.parametrize("slug", ["comparaison", "aides-comparees", "labellises-compares"])
def test_files_hold_what_the_address_compares(client: FlaskClient, slug: str) -> None:
    """The numbers, their caption, the name of the file, and the passport that reads them again."""
    response = client.get(f"/exports/{slug}.csv?t=27,61&porteur=public")
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))
    assert {row["Comparé"] for row in rows} == {"Eure", "Orne"}
    assert {row["Filtres"].split(" · ")[-2] for row in rows} == {"comparaison\u202f: Eure et Orne"}
    assert f"_{slug}_eure-et-orne_" in response.headers["Content-Disposition"]
    text = text_of(written_out(sent_layout(client, f"/passeport/{rows[0]['Passeport']}")))
    assert "comparaison : Eure et Orne" in text
    assert "Les chiffres n’ont pas changé" in text
    assert client.get(f"/exports/{slug}.xlsx?t=27,61").status_code == 200


def test_a_file_that_compares_nothing_says_nothing_of_it(client: FlaskClient) -> None:
    response = client.get("/exports/trajectoire.csv?t=27,61")
    assert "comparaison" not in response.get_data(as_text=True)
    assert "eure" not in response.headers["Content-Disposition"]


def test_the_links_of_a_chart_carry_what_is_compared(layout: Callable[[str], str]) -> None:
    cards = [card for name, card in components_by_id(json.loads(layout("/comparer?t=27,61&porteur=public")))
             if name.startswith("card-")]  # fmt: skip
    assert len(cards) == len([chart for chart in CHARTS if "t" in chart.compares])
    assert {card["data-query"] for card in cards} == {"porteur=public&t=27,61"}
