"""The « Exporter » menu of a card: a closed list of files, so that the card stays calm.

It is sent once: its links take the filters of their card (`data-query`) when it is opened (assets/export.js).
"""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import ids

FILES = (("csv", "CSV (tableur, données)"), ("xlsx", "XLSX (Excel, avec notice)"))
PICTURES = (("png", "PNG (image)"), ("svg", "SVG (image modifiable)"))


def export_menu(slug: str, measured: str) -> Component:
    """Links to files, which the server names, and buttons that make pictures in the browser."""
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
                                href=f"/exports/{slug}.{kind}",
                                download="",
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
