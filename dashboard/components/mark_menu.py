"""The menu of a mark of a chart: what it stands for, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard import ids
from dashboard.charts import Chart, read_chart
from dashboard.charts.drill import Drill, period_name
from dashboard.components.data_table import RowLink
from dashboard.components.list_rows import count_list_rows
from dashboard.components.page import Page, filtered_href
from dashboard.exports.columns import cell_text
from dashboard.figures.base import ROW_NUMBER, FrameRow, records
from dashboard.lists import Listing, list_named
from dashboard.lists.proof import proof_listing
from dashboard.lists.state import without_page_numbers, write_query
from dashboard.requests.page_request import PageRequest
from dashboard.urls import ROW_PARAMETER, partner_path, territory_path
from data.filters import TERRITORY_FILTERS
from data.i18n import NARROW, count, day_long, number, quote_french, territory_with_article
from data.indicators import indicator_named
from data.queries.partner_status import short_partner_name
from data.selection import FilterOptions, Selection

SHEET_PATHS: Mapping[str, Callable[[str], str]] = {  # by filter whose codes have a sheet
    **dict.fromkeys(TERRITORY_FILTERS, territory_path),
    "partenaire": partner_path,
}
MAX_TITLE_TEXTS, MAX_LINES = 2, 3


@dataclass(frozen=True)
class MarkAction:
    """One entry of a menu: its text, its address."""

    label: str
    href: str


@dataclass(frozen=True)
class MarkMenu:
    """`title` names the mark, `lines` are its numbers (« Lieux labellisés : 9 »)."""

    title: str
    lines: tuple[str, ...]
    actions: tuple[MarkAction, ...]


@dataclass(frozen=True)
class ChartView:
    """A chart on a page, for one request: `whole` as the address says, `narrowed` to what the path of the page
    fixes.
    """

    page: Page
    whole: PageRequest
    narrowed: PageRequest
    chart: Chart
    drill: Drill
    frame: pd.DataFrame

    def row(self, at: int) -> FrameRow | None:
        """A row of the frame, if it has that many."""
        return records(self.frame)[at] if 0 <= at < len(self.frame) else None


def read_chart_view(page: Page, page_request: PageRequest, chart: Chart) -> ChartView:
    """A chart of a page with its numbers."""
    narrowed = page.narrow(page_request)
    read = read_chart(narrowed.connection, chart, narrowed.selection, narrowed.options)
    return ChartView(page, page_request, narrowed, read.chart, drill_of(read.chart), read.frame)


def drill_of(chart: Chart) -> Drill:
    """What the marks of a chart lead to: nothing, where it is declared so."""
    return chart.drill if isinstance(chart.drill, Drill) else Drill()


def read_mark_menu(view: ChartView, row: FrameRow) -> MarkMenu:
    """The menu of the mark of a row: sheets, filters, its period, the rows behind it; only what would change
    something.
    """
    actions = (*_sheet_actions(view, row), *_filter_actions(view, row), *_rows_actions(view, row))
    return MarkMenu(mark_title(view.chart, row), tuple(_number_lines(view.chart, row)), actions)


def read_period_action(view: ChartView, first: FrameRow, last: FrameRow) -> MarkAction | None:
    """The period from one mark to another, for a drag on an axis; None for marks without a period."""
    if view.drill.period is None:
        return None
    selection = view.drill.between(first, last, view.whole.selection)
    return MarkAction(f"Filtrer sur {period_name(selection)}", _page_href(view, selection))


def mark_title(chart: Chart, row: Mapping[str, Any]) -> str:
    """« Orne, 2020 »: the first columns, those before the numbers."""
    texts: list[str] = []
    for column in chart.columns:
        if column.kind == "value" or len(texts) == MAX_TITLE_TEXTS:
            break
        texts.append(cell_text(column, row[column.name]))
    return ", ".join(texts)


def _number_lines(chart: Chart, row: FrameRow) -> Iterator[str]:
    columns = [column for column in chart.columns if column.kind == "value" and row[column.name] is not None]
    for column in columns[:MAX_LINES]:
        yield f"{column.header}{NARROW}: {cell_text(column, row[column.name])}"


def _sheet_actions(view: ChartView, row: FrameRow) -> Iterator[MarkAction]:
    codes = {key: code for key, code in view.drill.codes(row).items() if key in SHEET_PATHS}
    for key, code in codes.items():
        selection = view.narrowed.selection
        others = selection.without_territory() if key in TERRITORY_FILTERS else selection.with_codes(key, ())
        name = f"{NARROW}: {_choice_name(view.whole.options, key, code)}" if len(codes) > 1 else ""
        yield MarkAction(f"Voir la fiche{name}", filtered_href(SHEET_PATHS[key](code), others.to_query()))


def _filter_actions(view: ChartView, row: FrameRow) -> Iterator[MarkAction]:
    selection = view.whole.selection
    for key, code in view.drill.codes(row).items():
        narrower = selection.with_codes(key, [code])
        if narrower != selection and key not in view.page.hidden_filters:
            yield MarkAction(f"Filtrer sur {_choice_text(view.whole.options, key, code)}", _page_href(view, narrower))
    narrower = view.drill.in_period_of(row, selection)
    if (narrower.since, narrower.until) != (selection.since, selection.until):
        is_date = view.drill.period == "day" or narrower.since is None
        label = f"Arrêter au {day_long(narrower.until)}" if is_date else f"Filtrer sur {period_name(narrower)}"
        yield MarkAction(label, _page_href(view, narrower))


def _choice_text(options: FilterOptions, key: str, code: str) -> str:
    name = _choice_name(options, key, code)
    return territory_with_article(name) if key in TERRITORY_FILTERS else quote_french(name)


def _choice_name(options: FilterOptions, key: str, code: str) -> str:
    label = options.label(key, code)
    return short_partner_name(label) if key == "partenaire" else label


def _rows_actions(view: ChartView, row: FrameRow) -> Iterator[MarkAction]:
    if not view.drill.has_rows(row):
        return
    selection = view.drill.selection_of(row, view.narrowed.selection)
    for listing, what in _listings(view, row, selection):
        total = count_list_rows(listing, replace(view.narrowed, path=listing.path, query="", selection=selection))
        if total:
            noun = f"les {number(total)} {listing.noun[1]}" if total > 1 else count(total, *listing.noun)
            anchor = f"#{ids.listing(listing.slug, 'title')}"
            yield MarkAction(f"Voir {noun}{what}", f"{filtered_href(listing.path, selection.to_query())}{anchor}")


def _listings(view: ChartView, row: FrameRow, selection: Selection) -> Iterator[tuple[Listing, str]]:
    """The lists of the rows behind a mark, and what they are the rows of."""
    listing = list_named(view.drill.listing or "")
    if listing:
        yield listing, ""
    indicator = indicator_named(view.drill.indicator_of(row) or "")
    if indicator:
        unit = indicator.in_selected_unit(selection)
        yield (
            proof_listing(view.narrowed.connection, unit, selection),
            f" du chiffre «{NARROW}{unit.label}{NARROW}»",
        )


def _page_href(view: ChartView, selection: Selection) -> str:
    """The page with another selection: its lists keep their order, and go back to their first page."""
    parameters = without_page_numbers(view.whole.parameters)
    return filtered_href(view.whole.path, write_query(selection.to_query(), parameters))


def drill_kind(chart: Chart) -> str | None:
    """For assets/marks.js: « period » when a drag chooses one, « mark » when marks lead elsewhere, else None."""
    drill = drill_of(chart)
    if drill.period and drill.is_along_axis:
        return "period"
    return "mark" if drill.filters or drill.period else None


def mark_links(chart: Chart, frame: pd.DataFrame, href: Callable[[str], str | tuple[str, str]]) -> list[RowLink | None]:
    """For each row of the table of a chart, the link to the menu of its mark, if any; `href` makes it from the
    parameters of the row. Empty for a chart whose marks lead nowhere.
    """
    drill = drill_of(chart)
    if drill_kind(chart) is None:
        return []
    return [
        RowLink(mark_title(chart, row), href(f"{ROW_PARAMETER}={row[ROW_NUMBER]}")) if drill.has_actions(row) else None
        for row in records(frame)
    ]
