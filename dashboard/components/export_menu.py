"""The « Exporter » menu of a card: a closed list of files, so that the card stays calm.

It is sent once: its links take the filters of the card around it (elements/serializer.py).
"""

from __future__ import annotations

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.formats import ExportFormat, offered_formats


def export_menu(slug: str, subtitle: str) -> Element:
    """Links to files, which the server names, and buttons that make pictures in the browser."""
    return tags.Details(
        [
            tags.Summary(
                ["Exporter", tags.Span(f"\u202f: {subtitle}", className="visually-hidden")], className="button"
            ),
            tags.Ul([tags.Li(_export_control(slug, one)) for one in offered_formats("chart")]),
        ],
        className="export-menu",
    )


def _export_control(slug: str, chosen: ExportFormat) -> Element:
    """A link to a file of the server, or the button of a picture that the browser draws (assets/export.js)."""
    name, kind = ids.export_link(slug, chosen.extension), chosen.extension
    if chosen.write:
        return tags.A(chosen.label, id=name, href=(f"/exports/{slug}.{kind}", ""))
    return tags.Button(chosen.label, id=name, type="button", data_picture=kind)
