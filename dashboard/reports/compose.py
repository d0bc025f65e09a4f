"""A draft with its figures read: the document that writers put into a format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce

from dashboard.charts import Chart, chart_named
from dashboard.charts.phrases import capitalised
from dashboard.components.chart_card import CardContent, read_card
from dashboard.components.chart_image import height_in_pixels
from dashboard.components.data_table import text_rows
from dashboard.components.exported import list_rows, proof_rows_text
from dashboard.components.list_rows import read_list_page
from dashboard.components.listing import empty_list_message, title_with_territory
from dashboard.components.page import Page
from dashboard.components.passport import passport_code
from dashboard.components.source_line import indicator_sources, list_source_line, source_texts
from dashboard.drawing import DrawingError, draw_svg
from dashboard.exports.columns import TableColumn, cell_text
from dashboard.exports.office import chart_table
from dashboard.figures.base import records
from dashboard.lists import Listing, list_named
from dashboard.lists.proof import proof_listing
from dashboard.reports.document import (
    ChartDrawing,
    Content,
    Contents,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    TextParagraph,
    TextTable,
    TypedRows,
)
from dashboard.reports.draft import Block, BlockKind, Draft
from dashboard.reports.texts import text_contents
from dashboard.reports.trees import contents_of
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW, count
from data.indicators import Indicator, indicator_named
from data.queries.indicators import read_value
from data.selection import Selection

WIDTH_PIXELS = 760  # of a drawing, in CSS pixels: the width of a page of paper
MAX_TABLE_ROWS = 60  # of a chart beside its drawing
MAX_LIST_ROWS = 200


@dataclass(frozen=True)
class ReportSite:
    """What the page layer lends to reports: the page whose parts make the sheet of a territory, the names of the
    territories that have one, by code, and the warning that a request calls for (empty: none).
    """

    sheet: Page
    territories: Callable[[], Mapping[str, str]]
    warning: Callable[[PageRequest], str]


def compose(page_request: PageRequest, draft: Draft, site: ReportSite, link: str) -> Document:
    """Read every block of a draft on the snapshot of a request; one whose subject does not exist is named as such."""
    requests = {query: _request_for(page_request, query) for query in {one.query for one in draft.blocks}}
    contents = [
        content for block in draft.blocks for content in _COMPOSERS[block.kind](requests[block.query], block, site)
    ]
    figures = [requests[one.query] for one in draft.blocks if one.kind not in ("titre", "texte")]
    captions = dict.fromkeys(one.selection.caption(one.options) for one in figures)
    whole = figures[0] if figures else page_request
    return Document(
        title=draft.title or "Rapport",
        subtitle="Les filtres de chaque figure sont écrits à côté d’elle" if len(captions) > 1 else "".join(captions),
        warning=site.warning(page_request),
        day=page_request.options.today,
        contents=tuple(_facts_joined(contents)),
        link=link,
        sources=tuple(source_texts(whole.provenance, _sources_of(draft.blocks))),
    )


def compose_sheets(page_request: PageRequest, codes: Iterable[str], query: str, site: ReportSite) -> Iterator[Document]:
    """The sheet of each territory, one document each."""
    for code in codes:
        block = Block("fiche", code, query)
        contents = tuple(_sheet(_request_for(page_request, query), block, site))
        selection = page_request.selection
        yield Document(
            title=site.territories()[code],
            subtitle=selection.without_territory().caption(page_request.options),
            warning=site.warning(page_request),
            day=page_request.options.today,
            contents=contents,
            link="",
        )


def _request_for(page_request: PageRequest, query: str) -> PageRequest:
    selection, _notices = Selection.from_query(query, page_request.options)
    return replace(page_request, selection=selection, query=query)


def _heading(_request: PageRequest, block: Block, _site: ReportSite) -> Iterator[Content]:
    if block.content:
        yield Heading(block.content)


def _text(_request: PageRequest, block: Block, _site: ReportSite) -> Iterator[Content]:
    yield from text_contents(block.content)


def _chart(request: PageRequest, block: Block, _site: ReportSite) -> Iterator[Content]:
    chart = chart_named(block.content)
    if chart is None:
        yield _unknown("Ce graphique", block)
        return
    card = read_card(request.connection, chart, request.selection, request.options, request.provenance)
    figures = text_rows(card.chart.columns, card.frame)
    yield _chart_drawing(card, passport_code(request, f"chart/{chart.slug}", figures))


def _chart_drawing(card: CardContent, passport: str) -> ChartDrawing:
    """A card as a drawing with its numbers; a drawing that fails leaves the numbers, and the reason."""
    svg, empty, height = None, card.empty or "", height_in_pixels(card.height)
    if card.empty is None:
        try:
            svg = draw_svg(card.figure, WIDTH_PIXELS, height)
        except DrawingError as failure:
            empty = str(failure)
    rows = text_rows(card.chart.columns, card.frame.head(MAX_TABLE_ROWS))
    return ChartDrawing(
        card.chart.slug,
        card.finding,
        card.subtitle,
        svg,
        height / WIDTH_PIXELS,
        card.alt,
        empty,
        _table(card.caption, card.chart.columns, rows, len(card.frame) - len(rows), _typed(card)),
        _with_passport(card.source_line, passport),
        chart_table(card.chart.office, card.chart.columns, records(card.frame)) if card.empty is None else None,
    )


def _indicator(request: PageRequest, block: Block, _site: ReportSite) -> Iterator[Content]:
    declared = indicator_named(block.content)
    if declared is None:
        yield _unknown("Cet indicateur", block)
        return
    indicator = declared.in_selected_unit(request.selection)
    reading = read_value(request.connection, indicator, request.selection)
    remarks = (reading.reason, reading.note, request.selection.caption(request.options))
    proof = proof_listing(request.connection, indicator, request.selection)
    code = passport_code(request, f"proof/{indicator.slug}", proof_rows_text(request, indicator, proof), proof.slug)
    status = _with_passport(". ".join(capitalised(remark) for remark in remarks if remark), code)
    text = indicator.unit.text(reading.value)
    value = indicator.unit.value_text(reading.value)
    unit = text.removeprefix(value).strip()
    yield KeyFigures((KeyFigure(indicator.label, value, unit, status, None, reading.value, indicator.unit),))


def _listing(request: PageRequest, block: Block, _site: ReportSite) -> Iterator[Content]:
    listing = list_named(block.content)
    if listing is None:
        yield _unknown("Cette liste", block)
        return
    page = read_list_page(replace(listing, per_page=MAX_LIST_ROWS), request)
    yield Heading(title_with_territory(request, listing), 2)
    if page.missing:
        yield TextParagraph(f"{capitalised(page.missing)}.")
    elif not page.rows:
        yield TextParagraph(empty_list_message(listing, request))
    else:
        columns = listing.screen_columns
        rows = tuple(tuple(cell_text(column, row[column.name]) for column in columns) for row in page.rows)
        total = count(page.total, *listing.noun)
        typed = TypedRows(columns, tuple(tuple(row[column.name] for column in columns) for row in page.rows))
        yield _table(total, columns, rows, page.total - len(rows), typed)
    filters = request.selection.keeping_filters(listing.filters).caption(request.options)
    source = list_source_line(request.provenance, listing.sources, filters, listing.note).text
    code = passport_code(request, f"list/{listing.slug}", list_rows(request, listing), listing.slug)
    yield TextParagraph(_with_passport(source.removesuffix("."), code), "muted")


def _sheet(request: PageRequest, block: Block, site: ReportSite) -> Iterator[Content]:
    if block.content not in site.territories():
        yield _unknown("Ce territoire", block)
        return
    path = site.sheet.path.replace("<slug>", block.content)
    narrowed = site.sheet.narrow(replace(request, path=path))
    yield from contents_of([part.draw(narrowed) for part in site.sheet.parts])


Composer = Callable[[PageRequest, Block, ReportSite], Iterator[Content]]
_COMPOSERS: Mapping[BlockKind, Composer] = {
    "titre": _heading,
    "texte": _text,
    "graphique": _chart,
    "indicateur": _indicator,
    "liste": _listing,
    "fiche": _sheet,
}


def _unknown(what: str, block: Block) -> TextParagraph:
    return TextParagraph(f"{what} n’existe pas{NARROW}: «{NARROW}{block.content[:80]}{NARROW}».", "warning")


def _with_passport(text: str, code: str) -> str:
    """The code that tells later whether the figure has changed (`/passeport/<code>`)."""
    return f"{text} · passeport {code}"


def _table(
    caption: str, columns: Sequence[TableColumn], rows: tuple[tuple[str, ...], ...], omitted: int, typed: TypedRows
) -> TextTable:
    numeric = frozenset(at for at, column in enumerate(columns) if column.kind == "value")
    return TextTable(caption, tuple(column.header for column in columns), rows, numeric, (), omitted, typed)


def _typed(card: CardContent) -> TypedRows:
    values = card.frame[[column.name for column in card.chart.columns]].itertuples(index=False, name=None)
    return TypedRows(card.chart.columns, tuple(values))


def _facts_joined(contents: Sequence[Content]) -> Contents:
    """Figures that follow each other stand in one row."""

    def join(done: Contents, content: Content) -> Contents:
        if isinstance(content, KeyFigures) and done and isinstance(done[-1], KeyFigures):
            return (*done[:-1], KeyFigures((*done[-1].facts, *content.facts)))
        return (*done, content)

    return reduce(join, contents, ())


def _sources_of(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The names of the sources of the charts, indicators and lists of a report, in their order."""
    names: list[str] = []
    for block in blocks:
        subject = _subject(block)
        if isinstance(subject, Chart):
            names += subject.sources
        elif isinstance(subject, Indicator):
            names += indicator_sources((subject.slug,))
        elif isinstance(subject, Listing):
            names += subject.sources
    return tuple(dict.fromkeys(names))


def _subject(block: Block) -> Chart | Indicator | Listing | None:
    if block.kind == "graphique":
        return chart_named(block.content)
    if block.kind == "indicateur":
        return indicator_named(block.content)
    return list_named(block.content) if block.kind == "liste" else None
