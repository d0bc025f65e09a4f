"""The « Exporter » menu of a card.

It is sent once: its links take the filters of the card around it (elements/serializer.py).
"""

from __future__ import annotations

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.formats import ExportFormat, offered_formats


def export_menu(slug: str, subtitle: str) -> Element:
    """Links to files that the server writes and names, and what can be copied (assets/copy.js)."""
    return tags.Details(
        [
            tags.Summary(
                ["Exporter", tags.Span(f"\u202f: {subtitle}", className="visually-hidden")], className="button"
            ),
            tags.Ul(
                [
                    *(tags.Li(_export_link(slug, format_)) for format_ in offered_formats("chart")),
                    tags.Li(tags.Button("Copier l’image", type="button", data_copy="picture")),
                    tags.Li(tags.Button("Copier la phrase", type="button", data_copy="sentence")),
                ]
            ),
        ],
        className="export-menu",
    )


def _export_link(slug: str, format_: ExportFormat) -> Element:
    name, extension = ids.export_link(slug, format_.extension), format_.extension
    return tags.A(format_.label, id=name, href=(f"/exports/{slug}.{extension}", ""))
