"""Reports to start from: models, the report that this browser keeps, a file."""

from __future__ import annotations

from dashboard import ids
from dashboard.elements import tags
from dashboard.elements.serializer import HtmlTree
from dashboard.elements.tags import Element, Slot
from dashboard.pages.report.site import territory_of
from dashboard.pages.territories.page import sheets_link
from dashboard.reports.draft import draft_query
from dashboard.reports.models import MODELS, ReportModel
from dashboard.requests.page_request import PageRequest
from dashboard.urls import REPORT_PATH
from data.i18n import NARROW, count


def start_sections(page_request: PageRequest) -> list[Element]:
    """The models, filled with the filters of the moment, and what can be opened again."""
    filters = page_request.selection.caption(page_request.options)
    return [
        tags.Section(
            [
                tags.H2("Partir d’un modèle"),
                tags.P(
                    f"Les modèles prennent les filtres de la page d’où vous venez{NARROW}: {filters}.",
                    className="muted",
                ),
                tags.Ul([_model_item(page_request, model) for model in MODELS], className="report-models"),
                tags.P(sheets_link(page_request), className="report-sheets"),
            ],
            className="panel",
        ),
        tags.Section(
            [
                tags.H2("Reprendre un rapport"),
                Slot(ids.REPORT_RESUME, lambda: HtmlTree(ids.REPORT_RESUME, None)),
                tags.Label("Ouvrir un brouillon (fichier)", htmlFor="report-open"),
                tags.Input(
                    id="report-open",
                    type="file",
                    accept=".json,application/json",
                    className="form-control report-open",
                    data_report="open",
                ),
            ],
            className="panel",
        ),
    ]


def _model_item(page_request: PageRequest, model: ReportModel) -> Element:
    selection = page_request.selection
    draft = model.draft(selection.to_query(), territory_of(selection))
    return tags.Li(
        [
            tags.H3(model.title),
            tags.P(model.description),
            tags.P(count(len(draft.blocks), "bloc", "blocs"), className="muted"),
            tags.A(
                ["Commencer", tags.Span(f"{NARROW}: {model.title}", className="visually-hidden")],
                href=f"{REPORT_PATH}?{draft_query(draft)}",
                className="button report-start",
                data_report="start",
            ),
        ]
    )
