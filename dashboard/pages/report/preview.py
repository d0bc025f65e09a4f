"""The preview of a report: the very file of HTML, in a frame where no script runs."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.tags import Element, Slot

PENDING = "Aperçu en préparation…"


def preview_section(text: str) -> Element:
    """The frame, filled by the browser (assets/report_page.js) so that the editor does not wait for the drawings; and
    the draft that it shows, in a store. `text`: the draft of an address (empty: no preview).
    """
    return tags.Section(
        [
            Slot(ids.REPORT_DRAFT, lambda: dcc.Store(id=ids.REPORT_DRAFT, data=text), lambda: {"data": text}),
            tags.H2("Aperçu", id="apercu", tabIndex=-1),
            tags.P(
                Slot(
                    ids.REPORT_PREVIEW_STATUS, lambda: html.Span(PENDING if text else "", id=ids.REPORT_PREVIEW_STATUS)
                ),
                role="status",
                className="report-preview-status",
            ),
            Slot(ids.REPORT_PREVIEW, _frame),
        ],
        className="panel report-preview no-print",
        hidden=not text,
    )


def _frame() -> Component:
    return html.Iframe(
        id=ids.REPORT_PREVIEW, title="Aperçu du rapport", sandbox="", className="report-frame", srcDoc=""
    )
