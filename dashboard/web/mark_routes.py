"""What the marks of charts lead to: a menu for assets/marks.js, the same as pages that need no script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

from flask import Flask, Response, abort, jsonify, request

from dashboard.charts import chart_named
from dashboard.components.data_table import data_table, text_rows
from dashboard.components.mark_menu import (
    ChartView,
    MarkMenu,
    mark_links,
    read_chart_view,
    read_mark_menu,
    read_period_action,
)
from dashboard.components.page import Site, filtered_href, find_page
from dashboard.components.shell import demonstration_banner
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.figures.base import FrameRow
from dashboard.requests.page_request import OpenRequest
from dashboard.urls import CHARTS_PATH, LAST_ROW_PARAMETER, PAGE_PARAMETER, ROW_PARAMETER, chart_path, normalise_path
from dashboard.web.asset_bundles import style_sheet
from dashboard.web.document import bare_document
from dashboard.web.export_routes import request_query

MAX_ROW_DIGITS = 6


def register(server: Flask, open_request: OpenRequest, site: Site) -> None:
    """Add `/graphiques/<slug>` (the table of a chart), `?ligne=3` (the menu of one mark), `.json` (for scripts). The
    page whose filters apply is in the parameter `page`.
    """
    style = style_sheet().address

    @server.get(f"{CHARTS_PATH}/<slug>.json")
    def mark_menu(slug: str) -> Response:
        with _chart_view(open_request, site, slug) as view:
            row, last = _requested_row(view, ROW_PARAMETER), _requested_row(view, LAST_ROW_PARAMETER)
            if row is None:
                abort(404, "Ce graphique n’a pas cette ligne.")
            period = read_period_action(view, row, last) if last else None
            return jsonify(period or read_mark_menu(view, row))

    @server.get(f"{CHARTS_PATH}/<slug>")
    def chart_table_page(slug: str) -> Response:
        with _chart_view(open_request, site, slug) as view:
            row = _requested_row(view, ROW_PARAMETER)
            content = _menu_page(view, read_mark_menu(view, row)) if row else _table_page(view)
            return Response(_document(view, content, style), mimetype="text/html")


@contextmanager
def _chart_view(open_request: OpenRequest, site: Site, slug: str) -> Iterator[ChartView]:
    """The chart of a slug on the page of the request. Aborts with 404 when one of the two does not exist."""
    chart = chart_named(slug)
    if chart is None:
        abort(404, f"Aucun graphique ne s’appelle «\u202f{slug[:80]}\u202f».")
    path = normalise_path(request.args.get(PAGE_PARAMETER, chart.pages[0]))
    page_and_slug = find_page(site, path)
    if page_and_slug is None:
        abort(404)
    page, page_slug = page_and_slug
    with open_request(path, request_query()) as page_request:
        if page.exists is not None and not page.exists(page_request.connection, page_slug):
            abort(404)
        yield read_chart_view(page, page_request, chart)


def _requested_row(view: ChartView, parameter: str) -> FrameRow | None:
    text = request.args.get(parameter, "")
    return view.row(int(text)) if text.isascii() and text.isdigit() and len(text) <= MAX_ROW_DIGITS else None


def _table_page(view: ChartView) -> list[Element]:
    selection = view.narrowed.selection
    caption = view.chart.applied(selection).caption(view.whole.options)
    page = "" if view.whole.path == view.chart.pages[0] else urlencode({PAGE_PARAMETER: view.whole.path}, safe="/")
    query = "&".join(filter(None, (selection.to_query(), page)))
    links = mark_links(
        view.chart,
        view.frame,
        lambda parameters: filtered_href(chart_path(view.chart.slug), "&".join(filter(None, (query, parameters)))),
    )
    return [tags.H1(view.chart.subtitle), data_table(view.chart.columns, _text_rows(view), caption, links)]


def _document(view: ChartView, content: list[Element], style: str) -> str:
    back = filtered_href(view.whole.path, view.whole.selection.to_query())
    body = tags.Main(
        [
            *demonstration_banner(view.whole),
            *content,
            tags.P(tags.A("Revenir à la page", href=back)),
        ],
        id="contenu",
        tabIndex=-1,
        className="page",
    )
    return bare_document(view.chart.subtitle, (style,), body)


def _text_rows(view: ChartView) -> tuple[tuple[str, ...], ...]:
    return text_rows(view.chart.columns, view.frame)


def _menu_page(view: ChartView, menu: MarkMenu) -> list[Element]:
    return [
        tags.H1(menu.title),
        tags.P(view.chart.subtitle),
        *(tags.P(line) for line in menu.lines),
        tags.Ul(
            [tags.Li(tags.A(action.label, href=action.href, className="mark-menu-action")) for action in menu.actions],
            className="mark-page-actions",
        ),
    ]
