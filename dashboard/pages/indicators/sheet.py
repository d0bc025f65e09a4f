"""The sheet of one indicator: what it says, how, and what it does not say."""

from __future__ import annotations

from dashboard.charts.words import filters_words, sentence_of
from dashboard.components.page import address
from dashboard.components.source_line import to_correct
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.requests.page_request import Asked
from data.i18n import NARROW, day_short
from data.indicators import Grouping, Indicator, groupings_of
from data.model.facts import Reading
from data.queries.causes import read_explained
from data.queries.indicators import UNPLACED, read_by
from data.queries.proof import has_proof
from data.queries.targets import read_target
from data.sources import source_named

VALUE = "sheet-value"
ROWS = "sheet-rows"
PROOF = "sheet-proof"


def beside(reading: Reading) -> str:
    """Why there is no value, and what must be said beside it: « Taux de réponse : 74 %. »."""
    said = [f"non calculable\u202f: {reading.reason}" if reading.reason else "", reading.note or ""]
    return " ".join(f"{one[:1].upper()}{one[1:]}." for one in said if one)


def target_words(asked: Asked, indicator: Indicator) -> str:
    """The voted target, its date and who voted it; empty without one."""
    target = read_target(asked.connection, indicator.slug, asked.selection)
    if target is None:
        return ""
    return f"Objectif\u202f: {indicator.unit.text(target.value)} au {day_short(target.due)} ({target.origin})."


def territory_grouping(indicator: Indicator) -> Grouping | None:
    """The breakdown by département, when the indicator's facts have a territory."""
    return next((one for one in groupings_of(indicator) if one.key == "departement"), None)


def breakdown(asked: Asked, indicator: Indicator) -> list[Element]:
    """The figure of each département; nothing when its facts have no territory."""
    grouping = territory_grouping(indicator)
    if grouping is None:
        return []
    return [
        tags.Section(
            [tags.H2("Par département"), table(indicator, breakdown_rows(asked, indicator, grouping))],
            className="panel",
        )
    ]


def breakdown_rows(asked: Asked, indicator: Indicator, grouping: Grouping) -> list[Element]:
    """One row of the table per département of the selection, and one for what has none."""
    found = read_by(asked.connection, indicator, asked.selection, grouping, asked.known)
    reasons = dict.fromkeys(reading.reason for reading in found.values() if reading.reason)
    rows = [
        tags.Tr(
            [
                tags.Th("Non localisé" if code == UNPLACED else asked.known.label(grouping.filter, code), scope="row"),
                tags.Td(indicator.unit.figure(reading.value), className="number"),
            ]
        )
        for code, reading in found.items()
    ]
    said = f"{NARROW}; ".join(reasons)
    return [*rows, *([tags.Tr(tags.Td(f"—{NARROW}: {said}.", colSpan=2, className="muted"))] if reasons else [])]


def indicator_sheet(asked: Asked, indicator: Indicator) -> Element:
    """The sheet, its figures read on the request's snapshot."""
    indicator = indicator.worded_for(asked.selection)
    return tags.Article(
        [
            tags.P(tags.A("Indicateurs", href=address("/indicateurs", asked.selection.to_query())), className="crumbs"),
            tags.H1(indicator.label, tabIndex=-1),
            tags.P(indicator.definition, className="lead"),
            value(asked, indicator),
            *breakdown(asked, indicator),
            tags.Section([tags.H2("Ce qu’il faut savoir"), words(indicator)], className="panel"),
            tags.Section([tags.H2("Sources"), sources(asked, indicator)], className="panel"),
        ]
    )


def value(asked: Asked, indicator: Indicator) -> Element:
    """The figure, what must be said beside it, its target, and the ways to its rows."""
    reading = read_explained(asked.connection, indicator, asked.selection, asked.known)
    caption = filters_words(asked.selection, asked.known, indicator.filters)
    return tags.Section(
        [
            tags.H2("Valeur"),
            tags.P(indicator.unit.text(reading.value), id=VALUE, className="sheet-value"),
            tags.P(beside(reading), className="muted"),
            tags.P(caption, id="sheet-caption", className="muted"),
            tags.P(target_words(asked, indicator)),
            tags.Div(links(asked, indicator), className="sheet-links"),
        ],
        className="panel",
    )


def links(asked: Asked, indicator: Indicator) -> list[Element]:
    """To the rows behind the value, on screen and as files; to the value for other programs."""
    query, slug = asked.selection.to_query(), indicator.slug
    about = tags.Span(f"\u202f: {indicator.label}, les lignes", className="visually-hidden")
    files = (
        tags.A([f"Exporter en {kind.upper()}", about], href=address(f"/exports/lignes-{slug}.{kind}", query))
        for kind in ("csv", "xlsx")
    )
    proof = tags.A("Voir les lignes derrière ce chiffre", href=address(f"/indicateurs/{slug}/lignes", query), id=PROOF)
    api = tags.A("Données pour un autre logiciel (API, JSON)", href=address(f"/api/indicateurs/{slug}.json", query))
    provable = has_proof(asked.connection, indicator, asked.selection)
    return [*([tags.P([proof, *files])] if provable else []), tags.P(api)]


def table(indicator: Indicator, rows: list[Element]) -> Element:
    """The breakdown."""
    symbol = indicator.unit.symbol
    header = "Valeur" if symbol in ("%", "€") else f"Valeur ({symbol})"  # percents and euros are in each cell
    return tags.Div(
        tags.Table(
            [
                tags.Caption(f"{indicator.label}, par département", className="visually-hidden"),
                tags.Thead(tags.Tr([tags.Th("Département", scope="col"), tags.Th(header, scope="col")])),
                tags.Tbody(rows, id=ROWS),
            ],
            className="table",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        aria_label=f"{indicator.label}, par département",
    )


def words(indicator: Indicator) -> Element:
    """Method, reason, limits and unit; the definition stands under the title."""
    better = {
        "higher": "Une hausse est favorable.",
        "lower": "Une baisse est favorable.",
        "neutral": "Ni l’un ni l’autre.",
    }
    parts = (
        ("Méthode", indicator.method),
        ("À quoi il sert", indicator.why),
        ("Ce qu’il ne dit pas", indicator.limits),
        ("Unité", indicator.unit.symbol),
        ("Sens favorable", better[indicator.better]),
    )
    return tags.Dl([part for term, text in parts for part in (tags.Dt(term), tags.Dd(text))], className="definitions")


def sources(asked: Asked, indicator: Indicator) -> Element:
    """Each source with the date of its last fact and its lines to correct."""
    states = asked.provenance.states
    items = []
    for name in indicator.sources:
        state = states.get(name)
        last = f"dernier fait le {day_short(state.last_day)}" if state and state.last_day else "aucun fait daté"
        lines = to_correct([state]) if state else ""
        items.append(tags.Li(f"{sentence_of(source_named(name).label)}\u202f: {last}{lines and f', {lines}'}"))
    return tags.Ul(items)
