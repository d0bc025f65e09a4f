"""Every chart is shown this way: the finding, what is measured, the figure, its sources, its numbers, its exports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dash import Output, Patch, dcc, html, no_update
from dash.development.base_component import Component
from sqlalchemy import Connection

from dashboard import ids
from dashboard.charts import Chart
from dashboard.charts.words import narrowed
from dashboard.components.data_table import data_table, table_rows
from dashboard.components.export_menu import FILES, export_menu, file_href, named
from dashboard.components.page import address
from dashboard.components.source_line import source_line
from dashboard.exports.naming import file_name
from dashboard.figures.base import Changes, Figure, empty_figure
from dashboard.figures.policy import GRAPH_CONFIG
from data.indicators import indicator_named
from data.queries.sources import Provenance
from data.selection import Known, Selection

EMPTY_HELP = "Élargissez la période ou retirez un filtre pour voir des données."


@dataclass(frozen=True)
class Shown:
    """A chart for one selection, ready to be shown. `empty` says why there is nothing (None: there is something).

    `frame` are its numbers: they become a table only while the reader looks at it.
    """

    chart: Chart
    finding: str
    alt: str
    frame: pd.DataFrame
    caption: str
    source_line: str
    query: str
    file: str  # the name of its CSV file
    empty: str | None

    @property
    def figure(self) -> Figure:
        """The whole figure."""
        return self.chart.draw(self.frame) if self.chart.change or not self.empty else empty_figure()

    @property
    def changes(self) -> Changes | None:
        """What it has of its own, for a chart whose bulk never differs."""
        return self.chart.change(self.frame) if self.chart.change else None


def read_shown(
    connection: Connection, chart: Chart, selection: Selection, known: Known, provenance: Provenance
) -> Shown:
    """Read, draw and put into words one chart."""
    frame = chart.read(connection, selection, known)
    empty = None if len(frame) else chart.nothing(selection, known)
    note = "" if empty else chart.note(frame)
    said = source_line(provenance, chart.indicators, selection, known, note)
    return Shown(
        chart=chart,
        finding=narrowed(empty or chart.finding(frame), selection, known, chart.indicators),
        alt=empty or chart.describe(frame),
        frame=frame,
        caption=f"{chart.measured} – {selection.caption(known)}",
        source_line=said,
        query=selection.to_query(),
        file=file_name(chart.slug, selection.until, "csv", provenance.is_demonstration),
        empty=EMPTY_HELP if empty else None,
    )


def chart_card(chart: Chart, shown: Shown) -> Component:
    """The card, drawn."""
    slug = chart.slug
    return html.Figure(
        [
            html.H2(shown.finding, id=ids.finding(slug), className="card-title"),
            html.P(chart.measured, id=ids.measured(slug), className="card-measured"),
            _image(chart, shown),
            html.P(shown.empty, id=ids.empty(slug), className="card-empty", hidden=shown.empty is None),
            html.Figcaption(
                [html.P(_source(shown), id=ids.source(slug), className="card-source"), _tools(chart, shown)]
            ),
        ],
        id=ids.card(slug),
        className="card",
        **_aria({"labelledby": ids.finding(slug)}),
    )


def _image(chart: Chart, shown: Shown) -> Component:
    graph = dcc.Graph(
        id=ids.graph(chart.slug),
        figure=shown.figure,
        config=GRAPH_CONFIG,
        responsive=True,
        style={"height": chart.height},
    )
    return html.Div(
        html.Div(graph, **_aria({"hidden": "true"})),  # its pieces are pictures without a name: the label says it all
        id=ids.image(chart.slug),
        role="img",
        className="card-image",
        hidden=shown.empty is not None,
        **_aria({"label": shown.alt}),
    )


def _source(shown: Shown) -> list[Component | str]:
    """The source line, then a link to the definition of each indicator."""
    found = (indicator_named(slug) for slug in shown.chart.indicators)
    links = [
        html.A(f"Définition\u202f: {one.label.lower()}", href=address(f"/indicateurs/{one.slug}", shown.query))
        for one in found
        if one
    ]
    return [html.Span(shown.source_line, className="source-text"), *(part for link in links for part in (" — ", link))]


def _tools(chart: Chart, shown: Shown) -> Component:
    about = html.Span(f"\u202f: {chart.measured}", className="visually-hidden")
    return html.Div(
        [
            html.Details(
                [html.Summary(["Voir les données", about]), html.Div(closed_table(), id=ids.table(chart.slug))],
                id=ids.data(chart.slug),
                className="card-data",
                **{"data-chart": chart.slug},  # type: ignore[arg-type]  # Python cannot name it as an argument
            ),
            export_menu(chart.slug, chart.measured, shown.query, shown.file),
        ],
        id=ids.tools(chart.slug),
        className="card-tools",
        hidden=shown.empty is not None,
    )


def chart_table(shown: Shown) -> Component:
    """The numbers of the chart, for an open « Voir les données »."""
    return data_table(shown.chart.columns, table_rows(shown.chart.columns, shown.frame), shown.caption)


def closed_table() -> Component:
    """What stands in a closed one: read only between its opening and the answer."""
    return html.P("Chargement des données…", className="card-loading")


def _aria(values: Mapping[str, str]) -> dict[str, Any]:
    """`aria-*` attributes, which Python cannot name as arguments."""
    return {f"aria-{name}": value for name, value in values.items()}


def card_outputs(chart: Chart) -> list[Output]:
    """What changes with the filters, in the order of `card_values`."""
    slug = chart.slug
    return [
        Output(ids.finding(slug), "children"),
        Output(ids.graph(slug), "figure"),
        Output(ids.image(slug), "aria-label"),
        Output(ids.image(slug), "hidden"),
        Output(ids.empty(slug), "children"),
        Output(ids.empty(slug), "hidden"),
        Output(ids.table(slug), "children"),
        Output(ids.source(slug), "children"),
        Output(ids.tools(slug), "hidden"),
        *(Output(ids.export_link(slug, kind), name) for kind, _words in FILES for name in ("href", "download")),
    ]


def card_values(shown: Shown, is_open: bool = False) -> list[Any]:
    """The values of `card_outputs`; `is_open` says whether the reader looks at the table: a closed one says nothing."""
    return [
        shown.finding,
        shown.figure if (changes := shown.changes) is None else patch(changes),
        shown.alt,
        shown.empty is not None,
        shown.empty,
        shown.empty is None,
        chart_table(shown) if is_open else no_update,
        _source(shown),
        shown.empty is not None,
        *(
            value
            for kind, _words in FILES
            for value in (file_href(shown.chart.slug, kind, shown.query), named(shown.file, kind))
        ),
    ]


def patch(changes: Changes) -> Patch:
    """The changes of a figure already drawn, as Dash sends them."""
    patched = Patch()
    for path, values in changes.items():
        part = patched
        for step in path:
            part = part[step]
        part.update(values)
    return patched
