"""The « Exporter » menu of a card: a closed list of files, so that the card stays calm.

It is sent once: its links take the filters of the card around it (elements/serializer.py).
"""

from __future__ import annotations

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.tags import Element

FILES = (("csv", "CSV (tableur, données)"), ("xlsx", "XLSX (Excel, avec notice)"))
PICTURES = (("png", "PNG (image)"), ("svg", "SVG (image modifiable)"))


def export_menu(slug: str, measured: str) -> Element:
    """Links to files, which the server names, and buttons that make pictures in the browser."""
    return tags.Details(
        [
            tags.Summary(
                ["Exporter", tags.Span(f"\u202f: {measured}", className="visually-hidden")], className="button"
            ),
            tags.Ul(
                [
                    *(
                        tags.Li(
                            tags.A(
                                words,
                                id=ids.export_link(slug, kind),
                                href=(f"/exports/{slug}.{kind}", ""),
                            )
                        )
                        for kind, words in FILES
                    ),
                    *(tags.Li(_picture(slug, kind, words)) for kind, words in PICTURES),
                ]
            ),
        ],
        className="export-menu",
    )


def _picture(slug: str, kind: str, words: str) -> Element:
    return tags.Button(
        words,
        id=ids.export_link(slug, kind),
        type="button",
        data_picture=kind,
    )
