"""The card of a chart: its finding, what is measured, the figure, its sources, its numbers, its exports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
    message_without_commune,
    short_period_text,
    unused_filters_text,
)
from dashboard.components.annotations import (
    NO_ANNOTATIONS,
    AxisAnnotations,
    annotations_box,
    read_axis_annotations,
)
from dashboard.components.data_table import data_table, text_rows
from dashboard.components.export_menu import export_menu
from dashboard.components.mark_menu import drill_kind, mark_links
from dashboard.components.report_button import report_button
from dashboard.components.source_foot import source_foot
from dashboard.components.source_line import SourceLine, list_source_line
from dashboard.elements import tags
from dashboard.elements.serializer import HtmlTree, rarely_updated, serialize
from dashboard.elements.tags import Element, Slot, Tree
from dashboard.figures.annotations import draw_annotations
from dashboard.figures.base import Figure, FigureChanges, empty_figure
from dashboard.figures.policy import GRAPH_CONFIG
from dashboard.figures.presets import compact
from dashboard.figures.text import plain_frame
from dashboard.urls import chart_path
from data.i18n import NARROW, uncapitalised
from data.indicators import Indicator, indicators_in_unit
from data.queries.causes import find_blocking_filter
from data.queries.sources import Provenance, missing_source_reason
from data.selection import FilterOptions, Selection

NO_REMEDY = "Aucun filtre n’en est la cause."
LOAD_HELP = "La page Données dit ce qui est chargé et donne le modèle du fichier à remplir."


@dataclass(frozen=True)
class CardContent:
    """The content of a card: a chart for one selection. `empty` is the help text of an empty chart (None: not
    empty).

    `subtitle` is what is measured, over the period chosen. `frame` holds its numbers, formatted as a table only while
    that table is open. `indicators` are in the unit of attendance chosen; `annotations` explain its time axis.
    """

    chart: Chart
    indicators: tuple[Indicator, ...]
    finding: str
    subtitle: str
    alt: str
    frame: pd.DataFrame
    caption: str
    sources: SourceLine
    query: str
    empty: str | None
    annotations: AxisAnnotations = NO_ANNOTATIONS

    @property
    def source_line(self) -> str:
        """The whole source line, for files and paper."""
        return self.sources.text

    @property
    def height(self) -> str:
        """The height of the figure, in CSS."""
        return self.chart.height_of(self.frame)

    @property
    def figure(self) -> Figure:
        is_drawn = self.chart.change or not self.empty
        if not is_drawn:
            return empty_figure()
        return draw_annotations(self.chart.draw(plain_frame(self.frame)), self.annotations.drawn)

    @property
    def figure_update(self) -> Figure | Patch:
        """The figure property after a change of filters: a patch for a figure whose bulk is constant, else the compact
        figure.
        """
        return figure_patch(self.chart.change(plain_frame(self.frame))) if self.chart.change else compact(self.figure)


def read_card(
    connection: Connection, chart: Chart, selection: Selection, options: FilterOptions, provenance: Provenance
) -> CardContent:
    """Read a chart and compose its card."""
    return compose_card(connection, read_chart(connection, chart, selection, options), selection, options, provenance)


def compose_card(
    connection: Connection, chart_data: ChartData, selection: Selection, options: FilterOptions, provenance: Provenance
) -> CardContent:
    """Compose the card of a chart whose data are read. For an empty one, other selections are read to find the filter
    that empties it.
    """
    chart, frame, missing = chart_data
    chart_selection = chart.applied(selection)
    no_commune = message_without_commune(chart_selection, options)
    empty = (
        None
        if len(frame)
        else capitalised(missing)
        if missing
        else no_commune
        or chart.read_empty_cause(connection, chart_selection)
        or chart.empty_message(chart_selection, options)
    )
    help_text = LOAD_HELP if missing else NO_COMMUNE_HELP if no_commune else ""
    note = "" if empty else chart.note(frame)
    annotations = read_axis_annotations(connection, chart, frame, chart_selection, options)
    finding = empty or chart.finding(frame)
    return CardContent(
        chart=chart,
        indicators=indicators_in_unit(chart.indicators, selection),
        finding=finding if missing else _finding_with_filters(finding, chart, selection, options),
        subtitle=" · ".join(part for part in (chart.subtitle, short_period_text(selection)) if part),
        alt=empty or f"{chart.describe(frame)}{annotations.sentence}",
        frame=frame,
        caption=f"{chart.subtitle} – {chart_selection.caption(options)}{annotations.caption}",
        sources=list_source_line(
            provenance,
            chart.sources,
            chart_selection.caption(options),
            note,
            unused_filters_text(selection, chart.filters),
        ),
        query=selection.to_query(),
        empty=help_text or _remedy(connection, chart, chart_selection, options, empty) if empty else None,
        annotations=annotations,
    )


def _finding_with_filters(finding: str, chart: Chart, selection: Selection, options: FilterOptions) -> str:
    """The finding with the filters that apply to it, or with « toute la Région » when the chart ignores some."""
    sentence = add_filters(finding, chart.applied(selection), options, chart.indicators)
    ignores_filters = any(selection.codes(key) for key in chart.ignores)
    if not ignores_filters:
        return sentence
    separator = "," if f"{NARROW}: " in sentence else f"{NARROW}:"  # one colon per sentence
    return f"Toute la Région{separator} {uncapitalised(sentence)}"


def _remedy(connection: Connection, chart: Chart, selection: Selection, options: FilterOptions, message: str) -> str:
    """The help text of an empty chart: the filter to remove, else the source to load when its message names one."""
    cause = find_blocking_filter(lambda wider: len(chart.read(connection, wider, options)) > 0, selection, options)
    if cause:
        return cause.remedy
    optional = missing_source_reason(connection, chart.sources)
    return LOAD_HELP if optional and optional in message else NO_REMEDY


def chart_card(card: CardContent, is_open: bool = False) -> Element:
    """The card as elements; `is_open`: its table is open, so that its content is included in updates."""
    chart = card.chart
    slug = chart.slug
    return tags.Figure(
        [
            tags.H2(card.finding, id=ids.finding(slug), className="card-title"),
            tags.P(card.subtitle, id=ids.subtitle(slug), className="card-subtitle"),
            _image_box(card),
            tags.P(card.empty, className="card-empty"),
            tags.Figcaption(
                [
                    tags.Div(source_foot(card.sources, card.indicators, card.query), className="card-source"),
                    annotations_box(card.annotations, card.query),
                    _card_tools(card, is_open),
                ]
            ),
        ],
        id=ids.card(slug),
        className="card",
        aria_labelledby=ids.finding(slug),
        data_query=card.query,
    )


def _text_slot(chart: Chart, name: str, tree: Tree) -> Slot:
    """Texts that no filter changes, sent once; those of a chart of attendance change with its unit."""
    return rarely_updated(name, tree, unchanged=chart.in_unit is None)


def _image_box(card: CardContent) -> Element:
    """The graph, whose inner elements have no accessible name: the label of the box describes it all."""
    slug = card.chart.slug
    graph = Slot(ids.graph(slug), lambda: _graph_component(card), lambda: _graph_update(card))
    return tags.Div(
        tags.Div(graph, aria_hidden="true", className="card-drawing", style={"height": card.height}),
        id=ids.image(slug),
        role="img",
        className="card-image",
        data_drill=drill_kind(card.chart),
        hidden=card.empty is not None,
        aria_label=card.alt,
    )


def _graph_update(card: CardContent) -> dict[str, Any]:
    """The properties of the graph that follow the filters; its height only where it follows the frame."""
    style = {} if isinstance(card.chart.height, str) else {"style": {"height": card.height}}
    return {"figure": card.figure_update} | style


def _graph_component(card: CardContent) -> Component:
    return dcc.Graph(
        id=ids.graph(card.chart.slug),
        figure=compact(card.figure),
        config=GRAPH_CONFIG,
        responsive="auto",  # assets/graphs.js follows the size of the boxes
        style={"height": card.height},
    )


def _card_tools(card: CardContent, is_open: bool) -> Element:
    slug = card.chart.slug
    table = Slot(
        ids.table(slug),
        lambda: HtmlTree(ids.table(slug), table_placeholder(slug), None),
        (lambda: {"content": serialize(chart_table(card))}) if is_open else None,
    )
    data = tags.Details(
        [_table_summary(card.chart), tags.Div(table, id=ids.table(slug))],
        id=ids.data(slug),
        className="card-data",
        data_chart=slug,
    )
    return tags.Div(
        _text_slot(
            card.chart,
            f"tools-{slug}",
            [data, export_menu(slug, card.chart.subtitle), report_button("graphique", slug, card.chart.subtitle)],
        ),
        className="card-tools",
        hidden=card.empty is not None,
    )


def _table_summary(chart: Chart) -> Element:
    hidden_text = tags.Span(f"\u202f: {chart.subtitle}", className="visually-hidden")
    return tags.Summary(["Voir les données", hidden_text])


def chart_table(card: CardContent) -> Element:
    """The numbers of the chart, for an open « Voir les données »."""
    links = mark_links(card.chart, card.frame, lambda parameters: (chart_path(card.chart.slug), parameters))
    return data_table(card.chart.columns, text_rows(card.chart.columns, card.frame), card.caption, links)


def table_placeholder(slug: str) -> Element:
    """The content of a closed table: a text until the response comes, a link to the table where no script asks for
    it.
    """
    link = tags.A("Afficher les données", href=(chart_path(slug), ""), className="card-table-link")
    return tags.P([tags.Span("Chargement des données…"), link], className="card-loading")


def figure_patch(changes: FigureChanges) -> Patch:
    """The changes of a drawn figure as a Patch of Dash."""
    patch = Patch()
    for path, values in changes.items():
        part = patch
        for step in path:
            part = part[step]
        part.update(values)
    return patch
