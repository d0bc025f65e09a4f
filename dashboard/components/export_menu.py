"""The « Exporter » menu of a card: a closed list of files, so that the card stays calm."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.page import address

FILES = (("csv", "CSV (tableur, données)"), ("xlsx", "XLSX (Excel, avec notice)"))
PICTURES = (("png", "PNG (image)"), ("svg", "SVG (image modifiable)"))


def export_menu(slug: str, measured: str, query: str, file: str) -> Component:
    """Links to files, and buttons that make pictures in the browser (assets/export.js); `file` is the CSV's name."""
    return html.Details(
        [
            html.Summary(
                ["Exporter", html.Span(f"\u202f: {measured}", className="visually-hidden")], className="button"
            ),
            html.Ul(
                [
                    *(
                        html.Li(
                            html.A(
                                words,
                                id=ids.export_link(slug, kind),
                                href=file_href(slug, kind, query),
                                download=named(file, kind),
                            )
                        )
                        for kind, words in FILES
                    ),
                    *(html.Li(_picture(slug, kind, words)) for kind, words in PICTURES),
                ]
            ),
        ],
        className="export-menu",
    )


def _picture(slug: str, kind: str, words: str) -> Component:
    return html.Button(
        words,
        id=ids.export_link(slug, kind),
        type="button",
        **{"data-picture": kind},  # type: ignore[arg-type]  # Python cannot name it as an argument
    )


def file_href(slug: str, kind: str, query: str) -> str:
    """The address of a file."""
    return address(f"/exports/{slug}.{kind}", query)


def named(file: str, kind: str) -> str:
    """The name of another file of the same chart."""
    return f"{file.removesuffix('.csv')}.{kind}"
