"""The passport of an exported file: content, filters, sources with their loads, limits, the code that reopens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.components.chart_card import CardContent
from dashboard.components.data_table import TextRows
from dashboard.components.listing import title_with_territory
from dashboard.components.source_line import list_source_line, rejected_rows_text, source_texts
from dashboard.exports.prepared import Passport
from dashboard.lists import Listing
from dashboard.lists.state import list_parameters, without_pages, write_query
from dashboard.requests.page_request import PageRequest
from dashboard.requests.passport_code import PassportCode, encode_passport, figures_hash, name_hash
from dashboard.urls import PASSPORT_PATH
from data.i18n import NARROW, day_short
from data.queries.knowledge import read_known_state, read_last_loads
from data.selection import Selection
from data.sources import source_named


@dataclass(frozen=True)
class ExportContext:
    """A request for a file: `site` is the absolute address of the site, without a slash; `warning` says that the data
    are invented or may not be published; `code` is that of the passport.
    """

    page_request: PageRequest
    site: str
    warning: str
    code: str

    @property
    def address(self) -> str:
        """The absolute address of the passport."""
        return f"{self.site}{PASSPORT_PATH}/{self.code}"

    @property
    def nature(self) -> str:
        """The warning in short: « Données de démonstration »."""
        return self.warning.partition(f"{NARROW}:")[0]


def passport_code(page_request: PageRequest, name: str, rows: TextRows, list_slug: str = "") -> str:
    """The code of what is exported (« chart/trajectoire ») with these figures, for the selection of a request at its
    very date, and the parameters of its list.
    """
    dated = replace(page_request.selection, until_given=True).to_query()
    parameters = without_pages(list_parameters(page_request.query, (list_slug,)))
    return encode_passport(
        PassportCode(
            name_hash(name),
            read_known_state(page_request.connection),
            page_request.options.today,
            figures_hash(text for row in rows for text in row),
            write_query(dated, parameters),
        )
    )


def chart_passport(context: ExportContext, card: CardContent, link: str) -> Passport:
    """The passport of a chart, with its finding as title; `link` is the address of its page."""
    chart, indicators, page_request = card.chart, card.indicators, context.page_request
    note = "" if card.empty else chart.note(card.frame)
    sources = chart.sources
    return _passport(
        context,
        (card.finding, card.subtitle, card.source_line),
        (
            ("Ce qui est mesuré", chart.subtitle),
            *_date_terms(page_request, chart.applied(page_request.selection)),
            *_source_terms(page_request, sources),
            *((("À savoir", note),) if note else ()),
            *((f"Définition – {indicator.label}", indicator.definition) for indicator in indicators),
            *((f"Méthode – {indicator.label}", indicator.method) for indicator in indicators),
            *((f"Limites – {indicator.label}", indicator.limits) for indicator in indicators),
        ),
        link,
    )


def list_passport(context: ExportContext, listing: Listing, text: str, link: str, missing: str = "") -> Passport:
    """The passport of a list; `text` is the searched text, `missing` the reason without rows when a source was never
    loaded.
    """
    page_request = context.page_request
    selection = page_request.selection.keeping_filters(listing.filters)
    caption = selection.caption(page_request.options)
    return _passport(
        context,
        (
            title_with_territory(page_request, listing),
            listing.calculation,
            list_source_line(page_request.provenance, listing.sources, caption).text,
        ),
        (
            *((("Motif", missing),) if missing else ()),
            *_date_terms(page_request, selection),
            *((("Calcul", listing.calculation),) if listing.calculation else ()),
            *((("Recherche", text),) if text else ()),
            *_source_terms(page_request, listing.sources),
            *((("À savoir", listing.note),) if listing.note else ()),
        ),
        link,
    )


def _passport(
    context: ExportContext, lines: tuple[str, str, str], parts: tuple[tuple[str, str], ...], link: str
) -> Passport:
    """From the title, the subtitle and the source line, the terms, and the address of the page."""
    title, subtitle, source_line = lines
    closing = (
        ("Adresse de la page", link),
        ("Passeport", context.address),
        ("Portée", "Donnée de gestion, ne vaut pas compte administratif."),
    )
    today = context.page_request.options.today
    return Passport(
        title,
        subtitle,
        context.warning,
        (*parts, ("Exporté le", day_short(today)), *closing),
        source_line,
        today,
        context.code,
        context.address,
    )


def _date_terms(page_request: PageRequest, selection: Selection) -> list[tuple[str, str]]:
    since = [("Depuis le", day_short(selection.since))] if selection.since else []
    return [("Filtres", selection.caption(page_request.options)), *since, ("Arrêté au", day_short(selection.until))]


def _source_terms(page_request: PageRequest, names: Sequence[str]) -> list[tuple[str, str]]:
    states = page_request.provenance.states
    rejected = rejected_rows_text(tuple(states[name] for name in names if name in states))
    texts = source_texts(page_request.provenance, names)
    loads = read_last_loads(page_request.connection)
    return [
        *(("Source", f"{text[:1].upper()}{text[1:]}") for text in texts),
        *(("Chargement", _load_text(name, page_request)) for name in names if name in loads),
        *([("À corriger", rejected)] if rejected else []),
    ]


def _load_text(name: str, page_request: PageRequest) -> str:
    """« Registre du label : chargement 7 du 22/11/2026, labels.csv »."""
    last, label = read_last_loads(page_request.connection)[name], source_named(name).label
    day = day_short(last.loaded_at.date())
    return f"{label[:1].upper()}{label[1:]}{NARROW}: chargement {last.load_id} du {day}, {last.file}"
