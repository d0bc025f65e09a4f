"""The card: the recipe of an accessible chart, and what changes in it with the filters."""

import copy
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from dash import dcc
from sqlalchemy import Connection

from dashboard import ids
from dashboard.charts import CHARTS, Chart, chart_named
from dashboard.charts.drill import Drill
from dashboard.components.chart_card import chart_card, chart_table, figure_patch, read_card
from dashboard.components.data_table import text_rows
from dashboard.components.source_foot import source_foot
from dashboard.components.source_line import indicator_sources, list_source_line, rejected_rows_text
from dashboard.elements.serializer import HtmlTree, serialize, tree_updates
from dashboard.elements.tags import Element, Tree
from dashboard.exports.formats import offered_formats
from dashboard.figures.base import apply_changes
from dashboard.urls import chart_path
from data.queries.sources import Provenance, SourceState, read_provenance
from data.selection import FilterOptions
from tests.dashboard.conftest import select
from tests.dashboard.facts import Facts
from tests.dashboard.reading import components_by_id, elements
from tests.dashboard.some_charts import SOME_CHARTS

pytestmark = pytest.mark.fewer_on_postgresql(4)

QUERIES = ("au=2020-12-31", "dep=61&epci=200023414&au=2005-03-01")
every = pytest.mark.parametrize("chart", SOME_CHARTS, ids=lambda chart: chart.slug)


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def inside(tree: Tree) -> Iterator[Element]:
    """Each element of a tree."""
    if isinstance(tree, Element):
        yield tree
        yield from inside(tree.children)
    elif isinstance(tree, list | tuple):
        for one in tree:
            yield from inside(one)


@every
@pytest.mark.parametrize("query", QUERIES)
def test_the_first_figure_equals_its_update(
    chart: Chart, query: str, connection: Connection, options: FilterOptions
) -> None:
    shown = read_card(connection, chart, select(query, options), options, read_provenance(connection))
    drawn = HtmlTree("card", chart_card(shown))
    notice = dict(tree_updates("card", chart_card(shown)))
    assert notice["card"]["content"] == drawn.content
    graph = next(one for one in drawn.children if isinstance(one, dcc.Graph))
    assert set(notice) == {"card", graph.id}, "neither what is fixed nor a closed table is told"
    if chart.change:
        assert apply_changes(copy.deepcopy(graph.figure), chart.change(shown.frame)) == graph.figure
    else:
        assert notice[graph.id]["figure"] == graph.figure


@every
def test_an_open_table_is_updated(chart: Chart, connection: Connection, options: FilterOptions) -> None:
    shown = read_card(connection, chart, select(QUERIES[0], options), options, read_provenance(connection))
    notice = dict(tree_updates("card", chart_card(shown, is_open=True)))
    assert notice[ids.table(chart.slug)]["content"] == serialize(chart_table(shown))


def test_figure_changes_are_a_dash_patch() -> None:
    sent = figure_patch({("data", 3): {"fillcolor": "#fff"}}).to_plotly_json()
    operation = {"operation": "Merge", "location": ["data", 3], "params": {"value": {"fillcolor": "#fff"}}}
    assert sent["operations"] == [operation]


@every
def test_a_card_has_all_its_parts(chart: Chart, connection: Connection, options: FilterOptions) -> None:
    shown = read_card(connection, chart, select("au=2020-12-31", options), options, read_provenance(connection))
    card = chart_card(shown)
    assert card.tag == "figure"
    assert card.attributes["aria_labelledby"] == ids.finding(chart.slug)
    (node,) = serialize(card)
    title, _measured, image, empty, caption = node[2:]  # type: ignore[index]
    assert [one[0] for one in (title, image, empty, caption)] == ["h2", "div", "p", "figcaption"]
    assert image[1]["role"] == "img"
    assert len(image[1]["aria-label"]) > 40
    graph = next(one for one in HtmlTree("card", card).children if isinstance(one, dcc.Graph))
    assert graph.config["displayModeBar"] is False
    assert not shown.empty
    assert "'" not in shown.finding


@every
def test_the_table_has_the_numbers_of_the_frame(chart: Chart, connection: Connection, options: FilterOptions) -> None:
    selection = select("au=2020-12-31", options)
    frame = chart.read(connection, selection, options)
    shown = read_card(connection, chart, selection, options, read_provenance(connection))
    drawn = list(inside(chart_table(shown)))
    links = [one for one in drawn if one.attributes.get("className") == "mark-link"]
    assert bool(links) == isinstance(chart.drill, Drill)
    assert {one.attributes["href"][0] for one in links} <= {chart_path(chart.slug)}
    cells = [one for one in drawn if one.tag in ("td", "th")]
    assert {cell.attributes["scope"] for cell in cells if cell.tag == "th"} == {"col", "row"}
    body = [cell.children.children if isinstance(cell.children, Element) else cell.children for cell in cells]
    del body[: len(chart.columns)]
    assert body == [text for row in text_rows(chart.columns, frame) for text in row]
    assert len(body) == len(frame) * len(chart.columns)
    assert any(one.tag == "caption" for one in drawn)


@every
def test_an_empty_card_has_a_message_and_no_figure(
    chart: Chart, connection: Connection, options: FilterOptions
) -> None:
    shown = read_card(connection, chart, select(QUERIES[1], options), options, read_provenance(connection))
    shown_text = re.sub("^Toute la Région(,|\u202f:) ", "", shown.finding)
    assert "n’a aucune commune dans l’Orne" in shown_text or chart.ignores
    assert shown.empty
    assert shown_text.lower().startswith(shown.alt.lower())
    assert not len(shown.frame)


def test_links_keep_the_filters(connection: Connection, options: FilterOptions) -> None:
    shown = read_card(
        connection, CHARTS[0], select("dep=76&au=2020-12-31", options), options, read_provenance(connection)
    )
    card = chart_card(shown)
    assert card.attributes["data_query"] == "dep=76&au=2020-12-31"  # the links of « Exporter » take it from there
    assert "/indicateurs/lieux-labellises?dep=76&au=2020-12-31" in json.dumps(serialize(card))


def test_source_line_names_sources_and_dates(connection: Connection, facts: Facts) -> None:
    provenance = read_provenance(connection)
    line = list_source_line(
        provenance, indicator_sources(("lieux-labellises",)), "Seine-Maritime", "Note", "Sans effet"
    )
    last = max(day for place in facts.places for span in place.spans for day in span if day)
    assert plain(line.text).split(" · ") == [
        f"Sources : registre du label, dernier fait le {last:%d/%m/%Y} ; registre des tiers-lieux",
        "Seine-Maritime",
        "Sans effet",
        "Note",
    ]
    assert line.summary == f"Registre du label, {last:%d/%m/%Y} · Sans effet"


def test_the_summary_has_the_dated_source_and_what_is_missing() -> None:
    states = {
        name: SourceState(name, day, 2, Decimal(300), 1, Decimal(0))
        for name, day in (("places", None), ("labels", date(2020, 12, 7)))
    }
    provenance = Provenance(states, is_demonstration=True, loaded_sources=frozenset(states))
    line = list_source_line(provenance, ("places", "labels", "aids"), "Orne")
    assert plain(line.summary) == (
        "Registre du label, 07/12/2020 · délibérations non chargées · 4 lignes à corriger · "
        "2 lignes à corriger non situées"
    )
    only = list_source_line(provenance, ("places",), "")
    assert plain(only.summary) == "Registre des tiers-lieux · 2 lignes à corriger · 1 ligne à corriger non située"


def test_the_foot_of_a_card_folds_all_but_one_line(connection: Connection, options: FilterOptions) -> None:
    card = read_card(connection, CHARTS[0], select("dep=76", options), options, read_provenance(connection))
    folded, link = source_foot(card.sources, card.indicators, "dep=76")
    assert folded.tag == "details"
    parts = list(inside(folded.children))
    assert (parts[0].tag, list(parts[0].children)[-1]) == ("summary", card.sources.summary)
    assert [one.children for one in parts if one.attributes.get("className") == "source-text"] == [card.source_line]
    assert len(card.sources.summary) < len(card.source_line) / 2
    hrefs = [one.attributes["href"] for one in parts if one.tag == "a"]
    assert hrefs == [f"/indicateurs/{one.slug}?dep=76" for one in card.indicators]
    assert link.attributes["href"] == hrefs[0]


def test_sources_are_those_of_the_indicators() -> None:
    assert indicator_sources(("visites", "taux-reponse")) == ("attendance", "places", "labels")


def test_source_line_counts_rejected_rows() -> None:
    def state(rejects: int, amount: int) -> SourceState:
        return SourceState("aids", None, rejects, Decimal(amount))

    assert rejected_rows_text(()) == ""
    assert rejected_rows_text((state(0, 0),)) == ""
    assert rejected_rows_text((state(1, 0),)) == "1 ligne à corriger"
    assert plain(rejected_rows_text((state(1, 200), state(2, 1_000)))) == "3 lignes à corriger, 1 200 € non comptés"


@every
def test_the_export_menu_has_files_and_images(chart: Chart, connection: Connection, options: FilterOptions) -> None:
    shown = read_card(connection, chart, select("au=2020-12-31", options), options, read_provenance(connection))
    menu = next(one for one in HtmlTree("card", chart_card(shown)).children if one.id == f"tools-{chart.slug}")
    offered = {
        name: props for name, props in components_by_id(elements(menu.content, [])) if name.startswith("export-")
    }
    formats = offered_formats("chart")
    assert list(offered) == [ids.export_link(chart.slug, one.extension) for one in formats]
    for one in formats:
        assert offered[ids.export_link(chart.slug, one.extension)]["href"] == f"/exports/{chart.slug}.{one.extension}"


def test_a_finding_names_the_filters_that_narrow_it(connection: Connection, options: FilterOptions) -> None:
    def finding(slug: str, query: str) -> str:
        chart = chart_named(slug)
        assert chart
        return plain(read_card(connection, chart, select(query, options), options, read_provenance(connection)).finding)

    assert finding("carte", "dep=61&porteur=prive&typologie=fablab").endswith(" (porteur : privé, typologie : fablab)")
    assert finding("cascade-aides", "dispositif=emergence").endswith(" (dispositif : Émergence)")
    assert finding("aides-par-dispositif", "dispositif=emergence").endswith(
        " d’aides votées, au titre de « Émergence »"
    )
    assert "(" not in finding("carte", "dispositif=emergence&dep=61")  # no scheme narrows a label
