"""What a passport may show: a chart, a list or the rows behind an indicator, of which files are exported, or the value
of every indicator; and the figures of each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.charts import ALL_CHARTS, Chart, read_chart
from dashboard.charts.model import ChartData
from dashboard.components.chart_card import compose_card
from dashboard.components.data_table import TextRows, text_rows
from dashboard.components.list_rows import list_query
from dashboard.components.listing import title_with_territory
from dashboard.exports.columns import TableColumn
from dashboard.lists import LISTS, Listing
from dashboard.lists.proof import proof_listing
from dashboard.lists.state import read_list_state
from dashboard.requests.page_request import PageRequest
from dashboard.requests.passport_code import name_hash
from data.i18n import NARROW
from data.indicators import INDICATORS, Indicator
from data.queries.indicators import read_value
from data.queries.listing import count_rows
from data.queries.sources import missing_source_reason

UNKNOWN = "inconnu"
COUNT_COLUMNS = (TableColumn("what", "Mesure"), TableColumn("value", "Valeur", "value"))


@dataclass(frozen=True)
class Exported:
    """What is shown; `name` (« chart/trajectoire ») is what the code of its passport hashes."""

    name: str
    thing: Chart | Listing | Indicator | tuple[Indicator, ...]


@dataclass(frozen=True)
class ExportedFigures:
    """What is shown, as a page writes it: a `title` (the finding of a chart), the `columns` of the table and its `rows`
    of texts; `subtitle` is what is measured, `path` the page that shows it, `sources` the names of its sources.
    """

    title: str
    subtitle: str
    path: str
    sources: tuple[str, ...]
    columns: tuple[TableColumn, ...]
    rows: TextRows


VALUES = Exported("values", INDICATORS)
"""The value of every indicator: what identifies a view, whatever its page shows."""


def all_exported() -> Iterator[Exported]:
    """Everything that has a file, by name."""
    yield from (Exported(f"chart/{chart.slug}", chart) for chart in ALL_CHARTS)
    yield from (Exported(f"list/{listing.slug}", listing) for listing in LISTS)
    yield from (Exported(f"proof/{indicator.slug}", indicator) for indicator in INDICATORS)


def find_exported(name: bytes) -> Exported | None:
    """What has this hash of its name, if anything."""
    return next((exported for exported in (*all_exported(), VALUES) if name_hash(exported.name) == name), None)


def read_figures(page_request: PageRequest, exported: Exported) -> ExportedFigures:
    """The figures of a request."""
    thing = exported.thing
    if isinstance(thing, Chart):
        return _chart_figures(page_request, thing)
    if isinstance(thing, Listing):
        return _list_figures(page_request, thing)
    if isinstance(thing, tuple):
        return _values_figures(page_request, thing)
    return _proof_figures(page_request, thing)


def chart_rows(chart_data: ChartData) -> TextRows:
    """The figures of a chart as its table writes them."""
    return text_rows(chart_data.chart.columns, chart_data.frame)


def list_rows(page_request: PageRequest, listing: Listing) -> TextRows:
    """The figure of a list: how many rows it has for the search of a request; none without its sources."""
    if missing_source_reason(page_request.connection, listing.necessary_sources):
        return ()
    query = list_query(listing, page_request, read_list_state(listing, page_request.query))
    return (("Nombre de lignes", str(count_rows(page_request.connection, query))),)


def proof_rows_text(page_request: PageRequest, indicator: Indicator, listing: Listing) -> TextRows:
    """The figures of the rows behind an indicator: its value, and how many they are."""
    value = read_value(page_request.connection, indicator, page_request.selection)
    text = indicator.unit.text(value.value) if value.value is not None else value.reason or "—"
    return ((indicator.label, text), *list_rows(page_request, listing))


def _chart_figures(page_request: PageRequest, chart: Chart) -> ExportedFigures:
    selection, options = page_request.selection, page_request.options
    chart_data = read_chart(page_request.connection, chart, selection, options)
    card = compose_card(page_request.connection, chart_data, selection, options, page_request.provenance)
    return ExportedFigures(
        card.finding,
        card.subtitle,
        chart.pages[0],
        chart.sources,
        chart_data.chart.columns,
        chart_rows(chart_data),
    )


def _list_figures(page_request: PageRequest, listing: Listing) -> ExportedFigures:
    rows = list_rows(page_request, listing)
    title = title_with_territory(page_request, listing)
    return ExportedFigures(title, listing.calculation, listing.path, listing.sources, COUNT_COLUMNS, rows)


def _values_figures(page_request: PageRequest, indicators: tuple[Indicator, ...]) -> ExportedFigures:
    selection = page_request.selection
    worded = [one.in_selected_unit(selection) for one in indicators]
    values = [(one, read_value(page_request.connection, one, selection)) for one in worded]
    return ExportedFigures(
        f"Valeurs de tous les indicateurs{NARROW}: {selection.caption(page_request.options)}",
        "",
        "/indicateurs",
        tuple(dict.fromkeys(name for one in indicators for name in one.sources)),
        COUNT_COLUMNS,
        tuple((one.label, one.unit.text(read.value) if read.value is not None else UNKNOWN) for one, read in values),
    )


def _proof_figures(page_request: PageRequest, indicator: Indicator) -> ExportedFigures:
    worded = indicator.in_selected_unit(page_request.selection)
    listing = proof_listing(page_request.connection, worded, page_request.selection)
    return ExportedFigures(
        title_with_territory(page_request, listing),
        listing.calculation,
        listing.path,
        indicator.sources,
        COUNT_COLUMNS,
        proof_rows_text(page_request, worded, listing),
    )
