"""The rows that make a figure, a hundred to a page, each with its file and its line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dash import Output, html
from dash.development.base_component import Component

from dashboard.components.aria import aria
from dashboard.components.page import Asked, address, parameter
from data.i18n import count, day_short, number
from data.indicators import Indicator
from data.queries.indicators import read_value
from data.queries.proof import count_proof, read_proof

PER_PAGE = 100
COUNT = "proof-count"
HEAD = "proof-head"
BODY = "proof-body"
PAGER = "proof-pager"
EXPORT = "proof-export"
CRUMB = "proof-crumb"
SHEET = "proof-sheet"
MAX_PAGE_DIGITS = 7
LINE = "Ligne"


@dataclass(frozen=True)
class Pages:
    """Which hundred of how many rows."""

    number: int
    rows: int

    @property
    def last(self) -> int:
        """The number of the last page, at least 1."""
        return max(1, -(-self.rows // PER_PAGE))

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.number - 1) * PER_PAGE


def asked_page(query: str, rows: int) -> Pages:
    """The page that a query names, brought between the first and the last."""
    text = parameter(query, "page") or ""
    asked = int(text) if text.isascii() and text.isdigit() and len(text) <= MAX_PAGE_DIGITS else 1
    return Pages(min(max(1, asked), Pages(1, rows).last), rows)


def proof_outputs() -> tuple[Output, ...]:
    """What follows the filters on the list."""
    return (
        Output(COUNT, "children"),
        Output(HEAD, "children"),
        Output(BODY, "children"),
        Output(PAGER, "children"),
        Output(EXPORT, "href"),
        Output(CRUMB, "href"),
        Output(SHEET, "href"),
    )


def proof_values(asked: Asked, indicator: Indicator) -> list[Any]:
    """The values of `proof_outputs()`."""
    pages = asked_page(asked.query, count_proof(asked.connection, indicator, asked.selection))
    rows = read_proof(asked.connection, indicator, asked.selection, PER_PAGE, pages.offset)
    query = asked.selection.to_query()
    return [
        count_words(asked, indicator, pages),
        [html.Th(header, scope="col") for header in rows.columns],
        [
            html.Tr([_cell(header, value) for header, value in zip(rows.columns, row, strict=True)])
            for row in rows.itertuples(index=False)
        ],
        pager(f"/indicateurs/{indicator.slug}/lignes", query, pages),
        address(f"/exports/lignes-{indicator.slug}.csv", query),
        address("/indicateurs", query),
        address(f"/indicateurs/{indicator.slug}", query),
    ]


def count_words(asked: Asked, indicator: Indicator, pages: Pages) -> str:
    """How many rows, for which figure, under which filters."""
    if not pages.rows:
        return f"Aucune ligne ne compte dans ce chiffre ({asked.selection.caption(asked.known)})."
    value = indicator.unit.text(read_value(asked.connection, indicator, asked.selection).value)
    which = f", page {pages.number} sur {pages.last}" if pages.last > 1 else ""
    rows = count(pages.rows, "ligne", "lignes")
    return f"{rows}{which}. Chiffre\u202f: {value} ({asked.selection.caption(asked.known)})."


def _cell(header: str, value: Any) -> Component:
    if value is None:
        return html.Td("—")
    if header == LINE:
        return html.Td(str(value), className="number")  # a place in a file, not a quantity
    if isinstance(value, date):
        return html.Td(day_short(value))
    if isinstance(value, Decimal):
        return html.Td(number(value, 2), className="number")
    if isinstance(value, int | float):
        return html.Td(number(value), className="number")
    return html.Td(str(value))


def pager(path: str, query: str, pages: Pages) -> list[Component]:
    """Links to the first, previous, next and last pages: real addresses, which the browser loads."""
    if pages.last == 1:
        return []
    steps = (
        ("Première page", 1),
        ("Page précédente", pages.number - 1),
        ("Page suivante", pages.number + 1),
        ("Dernière page", pages.last),
    )
    joiner = "&" if query else ""
    return [
        html.Li(html.A(label, href=f"{path}?{query}{joiner}page={target}"))
        for label, target in steps
        if 1 <= target <= pages.last and target != pages.number
    ]


def proof_list(asked: Asked, indicator: Indicator) -> Component:
    """The page."""
    words, head, body, links, export, crumb, sheet = proof_values(asked, indicator)
    return html.Div(
        [
            html.P(
                [
                    html.A("Indicateurs", href=crumb, id=CRUMB),
                    " › ",
                    html.A(indicator.label, href=sheet, id=SHEET),
                ],
                className="crumbs",
            ),
            html.H1(f"{indicator.label}\u202f: les lignes qui font le chiffre", tabIndex=-1),
            html.P(words, id=COUNT, role="status", className="lead"),
            *([html.P(note)] if (note := indicator.basis.fact.note) else []),
            html.P(
                html.A("Exporter en CSV (toutes les lignes)", href=export, id=EXPORT, className="button", download="")
            ),
            html.Div(
                html.Table(
                    [
                        html.Caption(f"Lignes comptées\u202f: {indicator.label}", className="visually-hidden"),
                        html.Thead(html.Tr(head, id=HEAD)),
                        html.Tbody(body, id=BODY),
                    ],
                    className="table",
                ),
                className="panel table-scroll rows",
                tabIndex=0,
                role="region",
                **aria(label="Lignes comptées"),
            ),
            html.Nav(html.Ul(links, id=PAGER), className="pager", **aria(label="Pages de la liste")),
        ],
        className="page",
    )
