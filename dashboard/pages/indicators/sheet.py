"""The sheet of one indicator: value, breakdown, definition, limits, sources."""

from __future__ import annotations

from dashboard.charts.phrases import capitalised, filters_text
from dashboard.charts.trend_phrases import trend_text
from dashboard.components.page import filtered_href
from dashboard.components.parts import page_charts
from dashboard.components.source_line import rejected_rows_text
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.formats import offered_formats
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW, day_short
from data.indicators import Grouping, Indicator, groupings_of
from data.model.facts import MeasuredValue
from data.queries.causes import read_value_with_blocking_filter
from data.queries.indicators import UNPLACED_CODE, read_breakdown
from data.queries.proof import has_proof
from data.queries.targets import read_target
from data.queries.trend import read_value_a_year_earlier
from data.sources import source_named

VALUE_ID = "sheet-value"
ROWS_ID = "sheet-rows"
PROOF_LINK_ID = "sheet-proof"


def reason_and_note(reading: MeasuredValue) -> str:
    """The reason without a value, and the note: « Taux de réponse : 74 %. »."""
    sentences = [f"non calculable\u202f: {reading.reason}" if reading.reason else "", reading.note or ""]
    return " ".join(f"{capitalised(sentence)}." for sentence in sentences if sentence)


def target_text(page_request: PageRequest, indicator: Indicator) -> str:
    """The voted target, its date and its origin; empty without one."""
    target = read_target(page_request.connection, indicator.slug, page_request.selection)
    if target is None:
        return ""
    return f"Objectif\u202f: {indicator.unit.text(target.value)} au {day_short(target.due)} ({target.origin})."


def territory_grouping(indicator: Indicator) -> Grouping | None:
    """The grouping by département, when the facts of the indicator have a territory."""
    return next((grouping for grouping in groupings_of(indicator) if grouping.key == "departement"), None)


def breakdown_sections(page_request: PageRequest, indicator: Indicator) -> list[Element]:
    """The value by département; empty when the facts have no territory."""
    grouping = territory_grouping(indicator)
    if grouping is None:
        return []
    return [
        tags.Section(
            [tags.H2("Par département"), breakdown_table(indicator, breakdown_rows(page_request, indicator, grouping))],
            className="panel",
        )
    ]


def breakdown_rows(page_request: PageRequest, indicator: Indicator, grouping: Grouping) -> list[Element]:
    """One row per département of the selection, and one for facts without a territory."""
    readings = read_breakdown(
        page_request.connection, indicator, page_request.selection, grouping, page_request.options
    )
    reasons = dict.fromkeys(reading.reason for reading in readings.values() if reading.reason)
    rows = [
        tags.Tr(
            [
                tags.Th(
                    "Non localisé" if code == UNPLACED_CODE else page_request.options.label(grouping.filter, code),
                    scope="row",
                ),
                tags.Td(indicator.unit.value_text(reading.value), className="number"),
            ]
        )
        for code, reading in readings.items()
    ]
    footnote = f"—{NARROW}: {f'{NARROW}; '.join(reasons)}."
    return [*rows, *([tags.Tr(tags.Td(footnote, colSpan=2, className="muted"))] if reasons else [])]


def indicator_sheet(page_request: PageRequest, indicator: Indicator) -> Element:
    """The sheet, with values read on the snapshot of the request."""
    indicator = indicator.in_selected_unit(page_request.selection)
    return tags.Article(
        [
            tags.P(
                tags.A("Indicateurs", href=filtered_href("/indicateurs", page_request.selection.to_query())),
                className="breadcrumbs",
            ),
            tags.H1(indicator.label, tabIndex=-1),
            tags.P(indicator.definition, className="lead"),
            value_section(page_request, indicator),
            page_charts(page_request, f"/indicateurs/{indicator.slug}"),
            *breakdown_sections(page_request, indicator),
            tags.Section([tags.H2("Ce qu’il faut savoir"), definition_terms(indicator)], className="panel"),
            tags.Section([tags.H2("Sources"), source_list(page_request, indicator)], className="panel"),
        ]
    )


def value_section(page_request: PageRequest, indicator: Indicator) -> Element:
    """The value, its note, its target, and the links to its rows."""
    reading = read_value_with_blocking_filter(
        page_request.connection, indicator, page_request.selection, page_request.options
    )
    caption = filters_text(page_request.selection, page_request.options, indicator.filters)
    return tags.Section(
        [
            tags.H2("Valeur"),
            tags.P(indicator.unit.text(reading.value), id=VALUE_ID, className="sheet-value"),
            tags.P(reason_and_note(reading), className="muted"),
            tags.P(_trend_sentence(page_request, indicator, reading), id="sheet-trend"),
            tags.P(caption, id="sheet-caption", className="muted"),
            tags.P(target_text(page_request, indicator)),
            tags.Div(rows_and_api_links(page_request, indicator), className="sheet-links no-print"),
        ],
        className="panel",
    )


def _trend_sentence(page_request: PageRequest, indicator: Indicator, reading: MeasuredValue) -> str:
    """How the value compares with that of a year earlier; empty without value, whose reason is said."""
    if reading.value is None:
        return ""
    before = read_value_a_year_earlier(page_request.connection, indicator, page_request.selection)
    return f"{capitalised(trend_text(indicator, reading, before, page_request.selection))}."


def rows_and_api_links(page_request: PageRequest, indicator: Indicator) -> list[Element]:
    """Links to the rows behind the value, on screen and as files, and to the value in the API."""
    query, slug = page_request.selection.to_query(), indicator.slug
    hidden_text = tags.Span(f"\u202f: {indicator.label}, les lignes", className="visually-hidden")
    files = (
        tags.A(
            [f"Exporter en {format_.name}", hidden_text],
            href=filtered_href(f"/exports/lignes-{slug}.{format_.extension}", query),
        )
        for format_ in offered_formats("proof")
    )
    proof = tags.A(
        "Voir les lignes derrière ce chiffre",
        href=filtered_href(f"/indicateurs/{slug}/lignes", query),
        id=PROOF_LINK_ID,
    )
    api = tags.A(
        "Données pour un autre logiciel (API, JSON)", href=filtered_href(f"/api/indicateurs/{slug}.json", query)
    )
    has_rows = has_proof(page_request.connection, indicator, page_request.selection)
    return [*([tags.P([proof, *files])] if has_rows else []), tags.P(api)]


def breakdown_table(indicator: Indicator, rows: list[Element]) -> Element:
    symbol = indicator.unit.symbol
    header = "Valeur" if symbol in ("%", "€") else f"Valeur ({symbol})"  # each cell has its percent or euro sign
    return tags.Div(
        tags.Table(
            [
                tags.Caption(f"{indicator.label}, par département", className="visually-hidden"),
                tags.Thead(tags.Tr([tags.Th("Département", scope="col"), tags.Th(header, scope="col")])),
                tags.Tbody(rows, id=ROWS_ID),
            ],
            className="table",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        aria_label=f"{indicator.label}, par département",
    )


def definition_terms(indicator: Indicator) -> Element:
    """Method, purpose, limits, unit and direction; the definition itself is under the title."""
    better_texts = {
        "higher": "Une hausse est favorable.",
        "lower": "Une baisse est favorable.",
        "neutral": "Ni l’un ni l’autre.",
    }
    parts = (
        ("Méthode", indicator.method),
        ("À quoi il sert", indicator.why),
        ("Ce qu’il ne dit pas", indicator.limits),
        ("Unité", indicator.unit.symbol),
        ("Sens favorable", better_texts[indicator.better]),
    )
    return tags.Dl([part for term, text in parts for part in (tags.Dt(term), tags.Dd(text))], className="definitions")


def source_list(page_request: PageRequest, indicator: Indicator) -> Element:
    """Each source with its last fact and its rejected rows."""
    states = page_request.provenance.states
    items = []
    for name in indicator.sources:
        state = states.get(name)
        last = f"dernier fait le {day_short(state.last_day)}" if state and state.last_day else "aucun fait daté"
        lines = rejected_rows_text([state]) if state else ""
        items.append(tags.Li(f"{capitalised(source_named(name).label)}\u202f: {last}{lines and f', {lines}'}"))
    return tags.Ul(items)
