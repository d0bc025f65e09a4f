"""The sheet of one indicator: what it says, how, and what it does not say."""

from __future__ import annotations

from typing import Any

from dash import Output, html
from dash.development.base_component import Component

from dashboard.components.aria import aria
from dashboard.components.page import Asked, address
from data.facts.model import Reading
from data.facts.targets import read_target
from data.i18n import NARROW, count, day_short
from data.indicators import Grouping, Indicator, groupings_of
from data.queries.indicators import UNPLACED, read_by, read_value
from data.queries.proof import has_proof
from data.queries.sources import read_sources
from data.sources import source_named

VALUE = "sheet-value"
REASON = "sheet-reason"
CAPTION = "sheet-caption"
ROWS = "sheet-rows"
PROOF = "sheet-proof"
API = "sheet-api"
CRUMB = "sheet-crumb"
TARGET = "sheet-target"
LINES = "sheet-lines"
EXPORTS = {kind: f"sheet-{kind}" for kind in ("csv", "xlsx")}


def sheet_outputs() -> tuple[Output, ...]:
    """What follows the filters on a sheet."""
    return (
        Output(VALUE, "children"),
        Output(REASON, "children"),
        Output(CAPTION, "children"),
        Output(TARGET, "children"),
        Output(ROWS, "children"),
        Output(LINES, "hidden"),
        Output(PROOF, "href"),
        *(Output(name, "href") for name in EXPORTS.values()),
        Output(API, "href"),
        Output(CRUMB, "href"),
    )


def sheet_values(asked: Asked, indicator: Indicator) -> list[Any]:
    """The values of `sheet_outputs()`."""
    reading = read_value(asked.connection, indicator, asked.selection)
    query = asked.selection.to_query()
    return [
        indicator.unit.text(reading.value),
        beside(reading),
        asked.selection.caption(asked.known),
        target_words(asked, indicator),
        breakdown(asked, indicator),
        not has_proof(asked.connection, indicator, asked.selection),
        address(f"/indicateurs/{indicator.slug}/lignes", query),
        *(address(f"/exports/lignes-{indicator.slug}.{kind}", query) for kind in EXPORTS),
        address(f"/api/indicateurs/{indicator.slug}.json", query),
        address("/indicateurs", query),
    ]


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


def breakdown(asked: Asked, indicator: Indicator) -> list[Component]:
    """One row of the table per département of the selection, and one for what has none."""
    grouping = territory_grouping(indicator)
    if grouping is None:
        return []
    found = read_by(asked.connection, indicator, asked.selection, grouping, asked.known)
    reasons = dict.fromkeys(reading.reason for reading in found.values() if reading.reason)
    rows = [
        html.Tr(
            [
                html.Th("Non localisé" if code == UNPLACED else asked.known.label(grouping.filter, code), scope="row"),
                html.Td(indicator.unit.figure(reading.value), className="number"),
            ]
        )
        for code, reading in found.items()
    ]
    said = f"{NARROW}; ".join(reasons)
    return [*rows, *([html.Tr(html.Td(f"—{NARROW}: {said}.", colSpan=2, className="muted"))] if reasons else [])]


def indicator_sheet(asked: Asked, indicator: Indicator) -> Component:
    """The sheet, its figures read on the request's snapshot."""
    value, reason, caption, target, rows, hidden, proof, csv, xlsx, api, crumb = sheet_values(asked, indicator)
    return html.Article(
        [
            html.P(html.A("Indicateurs", href=crumb, id=CRUMB), className="crumbs"),
            html.H1(indicator.label, tabIndex=-1),
            html.P(indicator.definition, className="lead"),
            html.Section(
                [
                    html.H2("Valeur"),
                    html.P(value, id=VALUE, className="sheet-value"),
                    html.P(reason, id=REASON, className="muted"),
                    html.P(caption, id=CAPTION, className="muted"),
                    html.P(target, id=TARGET),
                    html.Div(links(indicator, (hidden, proof, csv, xlsx, api)), className="sheet-links"),
                ],
                className="panel",
            ),
            html.Section(
                [html.H2("Par département"), table(indicator, rows)],
                className="panel",
                hidden=territory_grouping(indicator) is None,
            ),
            html.Section([html.H2("Ce qu’il faut savoir"), words(indicator)], className="panel"),
            html.Section([html.H2("Sources"), sources(asked, indicator)], className="panel"),
        ],
        className="page sheet",
    )


def links(indicator: Indicator, values: tuple[bool, str, str, str, str]) -> list[Component]:
    """To the rows behind the value, on screen and as files; to the value for other programs."""
    hidden, proof, csv, xlsx, api = values
    about = html.Span(f"\u202f: {indicator.label}, les lignes", className="visually-hidden")
    return [
        html.P(
            [
                html.A("Voir les lignes derrière ce chiffre", href=proof, id=PROOF),
                *(
                    html.A([f"Exporter en {kind.upper()}", about], href=href, id=EXPORTS[kind], download="")
                    for kind, href in (("csv", csv), ("xlsx", xlsx))
                ),
            ],
            id=LINES,
            hidden=hidden,
        ),
        html.P(html.A("Données pour un autre logiciel (API, JSON)", href=api, id=API)),
    ]


def table(indicator: Indicator, rows: list[Component]) -> Component:
    """The breakdown."""
    symbol = indicator.unit.symbol
    header = "Valeur" if symbol in ("%", "€") else f"Valeur ({symbol})"  # percents and euros are in each cell
    return html.Div(
        html.Table(
            [
                html.Caption(f"{indicator.label}, par département", className="visually-hidden"),
                html.Thead(html.Tr([html.Th("Département", scope="col"), html.Th(header, scope="col")])),
                html.Tbody(rows, id=ROWS),
            ],
            className="table",
        ),
        className="table-scroll",
        tabIndex=0,
        role="region",
        **aria(label=f"{indicator.label}, par département"),
    )


def words(indicator: Indicator) -> Component:
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
    return html.Dl([part for term, text in parts for part in (html.Dt(term), html.Dd(text))], className="definitions")


def sources(asked: Asked, indicator: Indicator) -> Component:
    """Each source with the date of its last fact and its lines to correct."""
    states = read_sources(asked.connection, indicator.sources)
    items = []
    for name in indicator.sources:
        state = states.get(name)
        last = f"dernier fait le {day_short(state.last_day)}" if state and state.last_day else "aucun fait daté"
        lines = count(state.rejects, "ligne à corriger", "lignes à corriger") if state and state.rejects else ""
        items.append(html.Li(f"{source_named(name).label.capitalize()}\u202f: {last}{lines and f', {lines}'}"))
    return html.Ul(items)
