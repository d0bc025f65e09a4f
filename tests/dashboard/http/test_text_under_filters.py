"""What every page says under every filter: 0 and 1 are singular, the territory and the period are named."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine

from dashboard.charts import CHARTS, Chart
from dashboard.charts.phrases import chosen_territory_text, message_without_commune
from dashboard.components.chart_card import read_card
from dashboard.components.tile_values import response_tile
from dashboard.web.factory import create_app
from data.engine import reading, writing
from data.facts.suppression import omission_text
from data.i18n import day_long, day_short
from data.queries.comparable_places import last_months_of_period
from data.queries.options import read_filter_options
from data.queries.sources import read_provenance
from data.queries.suppression import count_omitted_places
from data.selection import FilterOptions, Selection
from tests.conftest import TODAY, NewEngine
from tests.dashboard.facts import fill, some_facts
from tests.dashboard.reading import Json, layout_of, text_of
from tests.sampling import in_turn
from tests.site import EVERY_PAGE, STEERING

pytestmark = [pytest.mark.any_engine, pytest.mark.without_coverage]
BLOCKS = {"P", "H1", "H2", "Li", "Td", "Th", "Button", "Label", "Dd", "A", "Caption"}
SINGULAR_ENDS = (
    "avis|dans|mois|cas|sous|sans|plus|moins|jamais|pas|puis|depuis|vers|des|les|hors|autres fois|fois|palmarès"
)
PLURAL = re.compile(rf"(?<![\d,.\u202f\u00a0/–-])[01](?:\u202f€)? (?!(?:{SINGULAR_ENDS})\b)[a-zà-ÿœ]+[sx]\b(?!-)")
WHOLE = "Toute la Région"
LISIEUX, ORNE = "200069532", "61"
QUERIES = (
    "",
    "dep=61",
    "dep=76&porteur=public",
    "dep=14,50",
    "dep=14,27,50,61",
    f"epci={LISIEUX}",
    f"epci={LISIEUX}&porteur=associatif",
    "epci=200069532,200066827,200071454",
    "porteur=prive",
    "typologie=coworking",
    "du=2020-01-01&au=2020-12-31",
    "dep=27&du=2020-11-01&au=2020-12-31",
    "au=2018-01-31",
)


def texts(node: Json) -> Iterator[str]:
    """What is read in one go: the blocks of a page, and the words written in its figures."""
    if isinstance(node, list):
        for one in node:
            yield from texts(one)
    elif isinstance(node, dict):
        if node.get("type") in BLOCKS:
            yield text_of(node)
        for name, value in node.items():
            if name in ("figure", "aria_label", "aria-label"):
                yield from strings(value)
            else:
                yield from texts(value)


def strings(node: Json) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for one in node:
            yield from strings(one)
    elif isinstance(node, dict):
        for value in node.values():
            yield from strings(value)


def plurals(text: str) -> list[str]:
    """The numbers 0 and 1 that are followed by a plural."""
    return PLURAL.findall(re.sub(r"<[^>]*>", "", text))


@pytest.mark.parametrize(
    "text", ["0 labellisés", "sur 1 attendues", "<b>1</b> lieux", "1\u202f€ votés", "12 (1 autres)", "pour 0 visés"]
)
def test_a_plural_after_0_or_1_is_detected(text: str) -> None:
    assert plurals(text)


@pytest.mark.parametrize(
    "text", ["1 lieu", "10 lieux", "2021 lieux", "1,0 lieux", "1 tiers-lieu", "1 cas", "10\u202f001 lieux", "1 mois"]
)
def test_a_singular_after_0_or_1_is_accepted(text: str) -> None:
    assert not plurals(text)


@pytest.fixture(scope="module", params=[1, 3], ids=lambda one: f"{one} places")
def small(request: pytest.FixtureRequest, new_engine: NewEngine) -> Iterator[FlaskClient]:
    """A small world, where many counts are 0 or 1."""
    with new_engine() as engine:
        with writing(engine) as connection:
            fill(connection, some_facts(seed=request.param, count=request.param))
        client = create_app(engine, lambda: date(2021, 1, 15)).server.test_client()
        client.get("/")
        yield client


@pytest.mark.parametrize("address", [path for path in EVERY_PAGE if path != "/lieux/DEMO-07"])  # it has other places
def test_0_and_1_are_singular(small: FlaskClient, address: str) -> None:
    for query in ("", "dep=61", "porteur=public", "du=2020-06-01&au=2020-12-31"):
        layout = json.loads(layout_of(small, f"{address}?{query}"))
        wrong = [text for text in texts(layout) if plurals(text.replace(" €", "\u202f€"))]
        assert not wrong, (query, wrong)


@pytest.fixture(scope="module")
def demo(demo_engine: Engine) -> Iterator[tuple[Connection, FilterOptions]]:
    with reading(demo_engine) as connection:
        yield connection, read_filter_options(connection, TODAY)


def names_territory(sentence: str, selection: Selection, options: FilterOptions) -> bool:
    """Whether a sentence says where: the phrase of all that is chosen, or each name."""
    where = chosen_territory_text(selection, options)
    key = "epci" if selection.codes("epci") else "dep"
    labels = [options.label(key, code) for code in selection.codes(key)]
    return where.lower() in sentence.lower() or all(label in sentence for label in labels)


def places(sentence: str, chart: Chart, selection: Selection, options: FilterOptions) -> bool:
    """Whether a sentence says where its numbers are: the whole Région, when the chart ignores a filter that is chosen;
    else what is chosen.
    """
    if chart.applied(selection) == selection:
        return not sentence.startswith(WHOLE) and names_territory(sentence, selection, options)
    return sentence.startswith(WHOLE)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: one.slug)
def test_a_chart_names_its_territory_and_period(demo: tuple[Connection, FilterOptions], chart: Chart) -> None:
    connection, options = demo
    provenance = read_provenance(connection)
    for query in QUERIES:
        selection, notices = Selection.from_query(query, options)
        assert not notices
        shown = read_card(connection, chart, selection, options, provenance)
        assert places(shown.finding, chart, selection, options), (query, shown.finding)
        days = [day_short(day) for day in (selection.since, selection.until) if day and selection.until_given]
        assert all(day in shown.subtitle for day in days), (query, shown.subtitle)
        assert shown.finding[0] == shown.finding[0].upper()
        assert shown.finding.count("\u202f: ") < 2 or not shown.finding.startswith(WHOLE)


@pytest.mark.parametrize("path", STEERING)
def test_a_page_names_its_territory(client: FlaskClient, demo: tuple[Connection, FilterOptions], path: str) -> None:
    _connection, options = demo
    for query in in_turn(path, QUERIES, 2):
        selection = Selection.from_query(query, options)[0]
        layout = layout_of(client, f"{path}?{query}")
        titles = dict(_with_id(json.loads(layout)))
        assert names_territory(text_of(titles["headline"]["children"]), selection, options), query
        assert chosen_territory_text(selection, options) in titles["page-title"]["data"][0]
        opening = text_of([titles[name]["children"] for name in ("headline", "headline-lines")])
        assert not selection.since or path == "/lieux" or day_long(selection.since) in opening


@pytest.mark.parametrize("unit", ["visites", "journees"])
def test_a_response_rate_names_the_places_left_out(
    client: FlaskClient, demo: tuple[Connection, FilterOptions], unit: str
) -> None:
    connection, options = demo
    seen = set()
    for query in QUERIES:
        requested = f"{query}&unite={unit}"
        selection = Selection.from_query(requested, options)[0]
        recent = last_months_of_period(selection)
        omitted = count_omitted_places(connection, "expected", recent).get((), 0) if recent else 0
        assert (omission_text(omitted) in response_tile(connection, selection).status) is bool(omitted), query
        lines = text_of(
            dict(_with_id(json.loads(layout_of(client, f"/frequentation?{requested}"))))["headline-lines"]["children"]
        )
        lacking = re.search(r"manque(nt)? sur [^:]*", lines)
        assert not lacking or (omission_text(omitted) in lacking[0]) is bool(omitted), query
        seen.add(bool(omitted))
    assert seen == {True, False}


def test_definitions_are_in_the_unit_chosen(client: FlaskClient) -> None:
    layout = layout_of(client, "/frequentation?unite=journees")
    assert "Définition\u202f: journées" in layout
    assert "Définition\u202f: visites" not in layout


def test_names_and_acronyms_keep_their_capitals(client: FlaskClient) -> None:
    assert "Réseau des EPN\u202f: " in layout_of(client, "/indicateurs/epn")
    assert "Définition\u202f: rencontres suivies d’une aide Émergence" in layout_of(client, "/partenaires")


def test_a_sheet_names_once_the_filters_that_narrow_it(client: FlaskClient) -> None:
    sentence = "Lieux, aides et visites suivent les filtres choisis"
    assert f"{sentence} (porteur\u202f: privé)." in layout_of(client, "/territoires/50?porteur=prive")
    both = f"{sentence} (porteur\u202f: privé, dispositif\u202f: Émergence)."
    assert both in layout_of(client, "/territoires/50?porteur=prive&dispositif=emergence")
    assert sentence not in layout_of(client, "/territoires/50?partenaire=aract&au=2020-06-30")


def test_a_single_territory_is_not_counted_among_several(demo: tuple[Connection, FilterOptions]) -> None:
    connection, options = demo
    provenance = read_provenance(connection)
    for epci in options.by_filter["epci"]:
        selection = Selection((("epci", (epci.code,)), ("porteur", ("private",))), None, options.until)
        for chart in CHARTS:
            if "/territoires" in chart.pages:
                finding = read_card(connection, chart, selection, options, provenance).finding
                assert "ces territoires" not in finding
                assert "des 1 " not in finding


@pytest.mark.parametrize("slug", ["visites", "taux-reponse", "aides-votees", "lieux-labellises", "actions-partenaires"])
@pytest.mark.parametrize("query", ["au=2001-01-01", "dep=50&porteur=prive&au=2001-01-01"])
def test_an_empty_list_names_the_filter_that_empties_it(client: FlaskClient, slug: str, query: str) -> None:
    layout = layout_of(client, f"/indicateurs/{slug}/lignes?{query}")
    assert "Aucun filtre n’en est la cause" not in layout
    assert "Élargissez la période" in layout or "Retirez les filtres" in layout


def test_the_rows_and_the_figure_give_the_same_cause(client: FlaskClient) -> None:
    query = "dep=50&porteur=prive"
    assert "en cause\u202f: le territoire choisi" in layout_of(client, f"/indicateurs/visites?{query}")
    assert "retirez le territoire" in layout_of(client, f"/indicateurs/visites/lignes?{query}")


def _with_id(node: Json) -> Iterator[tuple[str, dict[str, Json]]]:
    if isinstance(node, list):
        for one in node:
            yield from _with_id(one)
    elif isinstance(node, dict):
        props = node.get("props")
        if isinstance(props, dict) and "id" in props:
            yield props["id"], props
        for value in node.values():
            yield from _with_id(value)


def test_filters_without_common_commune_give_a_remedy(app: Dash, client: FlaskClient) -> None:
    del app
    query = f"dep={ORNE}&epci={LISIEUX}"
    for path in STEERING:
        layout = layout_of(client, f"{path}?{query}")
        assert "La CA Lisieux Normandie n’a aucune commune dans l’Orne" in layout
        assert "côté Orne" not in layout
        assert "andie, la CA" not in layout
        assert "Retirez le filtre" in layout


def test_every_intercommunalite_is_whole_partial_or_outside(demo: tuple[Connection, FilterOptions]) -> None:
    _connection, options = demo
    for epci in options.by_filter["epci"]:
        for dep in options.by_filter["dep"]:
            selection = Selection((("dep", (dep.code,)), ("epci", (epci.code,))), None, options.until)
            assert bool(message_without_commune(selection, options)) is (dep.code not in epci.parent_codes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("", "dep=61"),
        ("dep=61", "dep=50"),
        ("dep=61", "dep=61&du=2020-01-01"),
        ("", "porteur=prive"),
        ("", "epci=200069532"),
    ],
)
def test_files_of_different_figures_have_different_names(client: FlaskClient, one: str, other: str) -> None:
    for address in ("/exports/trajectoire.csv", "/exports/liste-label.csv", "/exports/lignes-visites.csv"):
        named = [client.get(f"{address}?{query}").headers["Content-Disposition"] for query in (one, other)]
        assert named[0] != named[1]


def test_a_file_carries_its_territory_and_period(client: FlaskClient) -> None:
    answer = client.get("/exports/trajectoire.xlsx?dep=50,61&du=2019-01-01&au=2020-12-31&porteur=prive")
    assert "trajectoire_manche-et-orne_porteur-prive_2019-01-01_2020-12-31" in answer.headers["Content-Disposition"]
    answer = client.get("/exports/liste-dossiers.csv?epci=241400415")
    assert "liste-dossiers_cc-coeur-cote-fleurie_20" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("query", ["dep=50&porteur=prive", "epci=246100663&porteur=prive", "porteur=prive", "dep=61"])
def test_no_section_names_twice_the_places_left_out(client: FlaskClient, query: str) -> None:
    for text in texts(json.loads(layout_of(client, f"/frequentation?{query}"))):
        assert len(re.findall(r"[Hh]ors \d+ lieux? privés?", text)) < 2, text
