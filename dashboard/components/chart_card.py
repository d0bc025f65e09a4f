"""The card of a chart: its finding, what is measured, the figure, its sources, its numbers, its exports."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from dash import Patch, dcc
from dash.development.base_component import Component
from sqlalchemy import Connection

from dashboard import ids
from dashboard.charts import Chart, read_chart
from dashboard.charts.model import ChartData
from dashboard.charts.phrases import (
    NO_COMMUNE_HELP,
    add_filters,
    capitalised,
    filters_text,
    message_without_commune,
    short_period_text,
)
from dashboard.components.data_table import data_table, text_rows
from dashboard.components.export_menu import export_menu
from dashboard.components.page import filtered_href
from dashboard.components.source_line import source_line
from dashboard.elements import tags
from dashboard.elements.serializer import HtmlTree, rarely_updated, serialize
from dashboard.elements.tags import Element, Slot, Tree
from dashboard.figures.base import Figure, FigureChanges, empty_figure
from dashboard.figures.policy import GRAPH_CONFIG
from dashboard.figures.presets import compact
from dashboard.figures.text import plain_frame
from data.i18n import NARROW, uncapitalised
from data.indicators import Indicator, indicators_in_unit
from data.queries.causes import find_blocking_filter
from data.queries.sources import Provenance
from data.selection import FilterOptions, Selection

NO_REMEDY = "Aucun filtre n’en est la cause."
LOAD_HELP = "La page Données dit ce qui est chargé et donne le modèle du fichier à remplir."


@dataclass(frozen=True)
class CardContent:
    """A chart for one selection, ready to be shown. `empty` says what to do when there is nothing (None: there is
    something).

    `subtitle` is what is measured, over the period chosen. `frame` are its numbers: they become a table only while the
    reader looks at it. `indicators` are in the words of the unit chosen.
    """

    chart: Chart
    indicators: tuple[Indicator, ...]
    finding: str
    subtitle: str
    alt: str
    frame: pd.DataFrame
    caption: str
    source_line: str
    query: str
    empty: str | None

    @property
    def figure(self) -> Figure:
        drawn = self.chart.change or not self.empty
        return self.chart.draw(plain_frame(self.frame)) if drawn else empty_figure()

    @property
    def figure_update(self) -> Figure | Patch:
        """What a change of filters says of it: what it has of its own, where the bulk never differs."""
        return figure_patch(self.chart.change(plain_frame(self.frame))) if self.chart.change else compact(self.figure)


def read_card(
    connection: Connection, chart: Chart, selection: Selection, options: FilterOptions, provenance: Provenance
) -> CardContent:
    """Read, draw and put into words one chart."""
    return compose_card(connection, read_chart(connection, chart, selection, options), selection, options, provenance)


def compose_card(
    connection: Connection, read: ChartData, selection: Selection, options: FilterOptions, provenance: Provenance
) -> CardContent:
    """Put into words a chart that is read. Of an empty one, other selections are read, to say which filter is the
    cause.
    """
    chart, frame, missing = read
    applied = chart.applied(selection)
    nowhere = message_without_commune(applied, options)
    empty = (
        None if len(frame) else capitalised(missing) if missing else nowhere or chart.empty_message(applied, options)
    )
    known_help = LOAD_HELP if missing else NO_COMMUNE_HELP if nowhere else ""
    note = "" if empty else chart.note(frame)
    finding = empty or chart.finding(frame)
    return CardContent(
        chart=chart,
        indicators=indicators_in_unit(chart.indicators, selection),
        finding=finding if missing else _finding_with_filters(finding, chart, selection, options),
        subtitle=" · ".join(part for part in (chart.subtitle, short_period_text(selection)) if part),
        alt=empty or chart.describe(frame),
        frame=frame,
        caption=f"{chart.subtitle} – {applied.caption(options)}",
        source_line=source_line(provenance, chart.indicators, filters_text(selection, options, chart.filters), note),
        query=selection.to_query(),
        empty=known_help or _remedy(connection, chart, applied, options) if empty else None,
    )


def _finding_with_filters(finding: str, chart: Chart, selection: Selection, options: FilterOptions) -> str:
    """The sentence with the filters that narrow it, or with « toute la Région » when it leaves some out."""
    sentence = add_filters(finding, chart.applied(selection), options, chart.indicators)
    is_whole = any(selection.codes(key) for key in chart.ignores)
    if not is_whole:
        return sentence
    between = "," if f"{NARROW}: " in sentence else f"{NARROW}:"  # a sentence bears one colon
    return f"Toute la Région{between} {uncapitalised(sentence)}"


def _remedy(connection: Connection, chart: Chart, selection: Selection, options: FilterOptions) -> str:
    """What helps when a chart has nothing to show."""
    cause = find_blocking_filter(lambda wider: len(chart.read(connection, wider, options)) > 0, selection, options)
    return cause.remedy if cause else NO_REMEDY


def chart_card(card: CardContent, is_open: bool = False) -> Element:
    """The card, drawn; `is_open` says whether the reader looks at its table: a closed one says nothing."""
    chart = card.chart
    slug = chart.slug
    return tags.Figure(
        [
            tags.H2(card.finding, id=ids.finding(slug), className="card-title"),
            tags.P(card.subtitle, id=ids.subtitle(slug), className="card-subtitle"),
            _image(card),
            tags.P(card.empty, className="card-empty"),
            tags.Figcaption([tags.P(_source(card), className="card-source"), _tools(card, is_open)]),
        ],
        id=ids.card(slug),
        className="card",
        aria_labelledby=ids.finding(slug),
        data_query=card.query,
    )


def _text_slot(chart: Chart, name: str, tree: Tree) -> Slot:
    """Words that no filter changes are sent once; those of a chart of attendance follow its unit."""
    return rarely_updated(name, tree, unchanged=chart.in_unit is None)


def _image(card: CardContent) -> Element:
    """The graph; its pieces are pictures without a name: the label says it all."""
    slug = card.chart.slug
    graph = Slot(ids.graph(slug), lambda: _graph(card), lambda: {"figure": card.figure_update})
    return tags.Div(
        tags.Div(graph, aria_hidden="true"),
        id=ids.image(slug),
        role="img",
        className="card-image",
        hidden=card.empty is not None,
        aria_label=card.alt,
    )


def _graph(card: CardContent) -> Component:
    return dcc.Graph(
        id=ids.graph(card.chart.slug),
        figure=compact(card.figure),
        config=GRAPH_CONFIG,
        responsive="auto",  # assets/graphs.js follows the boxes
        style={"height": card.chart.height},
    )


def _source(card: CardContent) -> list[Element | str]:
    """The source line, then a link to the definition of each indicator."""
    links = [
        tags.A(
            f"Définition\u202f: {uncapitalised(one.label)}", href=filtered_href(f"/indicateurs/{one.slug}", card.query)
        )
        for one in card.indicators
    ]
    return [tags.Span(card.source_line, className="source-text"), *(part for link in links for part in (" — ", link))]


def _tools(card: CardContent, is_open: bool) -> Element:
    slug = card.chart.slug
    table = Slot(
        ids.table(slug),
        lambda: HtmlTree(ids.table(slug), table_placeholder()),
        (lambda: {"content": serialize(chart_table(card))}) if is_open else None,
    )
    data = tags.Details(
        [_summary(card.chart), tags.Div(table, id=ids.table(slug))],
        id=ids.data(slug),
        className="card-data",
        data_chart=slug,
    )
    return tags.Div(
        _text_slot(card.chart, f"tools-{slug}", [data, export_menu(slug, card.chart.subtitle)]),
        className="card-tools",
        hidden=card.empty is not None,
    )


def _summary(chart: Chart) -> Element:
    about = tags.Span(f"\u202f: {chart.subtitle}", className="visually-hidden")
    return tags.Summary(["Voir les données", about])


def chart_table(card: CardContent) -> Element:
    """The numbers of the chart, for an open « Voir les données »."""
    return data_table(card.chart.columns, text_rows(card.chart.columns, card.frame), card.caption)


def table_placeholder() -> Element:
    """What stands in a closed one: read only between its opening and the answer."""
    return tags.P("Chargement des données…", className="card-loading")


def figure_patch(changes: FigureChanges) -> Patch:
    """The changes of a figure already drawn, as Dash sends them."""
    patched = Patch()
    for path, values in changes.items():
        part = patched
        for step in path:
            part = part[step]
        part.update(values)
    return patched
