"""The page on which a report is put together: its draft is in the address, which each change replaces."""

from __future__ import annotations

from dashboard.components.page import Page, Part
from dashboard.components.prose import ALL_FILTERS
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.pages.report.editor import draft_editor, report_files
from dashboard.pages.report.preview import preview_section
from dashboard.pages.report.start import start_sections
from dashboard.reports.draft import Draft, DraftError, from_address
from dashboard.requests.page_request import PageRequest, query_parameter
from dashboard.urls import DRAFT_PARAMETER, REPORT_PATH
from data.i18n import NARROW, count

TITLE = "Rapport"
PURPOSE = "Pour mettre sous les yeux des élus les graphiques, les chiffres et les listes choisis, avec vos textes."
START_HELP = (
    "Partez d’un modèle, ou parcourez les pages et choisissez «\u202f+ rapport\u202f» sous chaque graphique, chiffre, "
    "liste ou fiche de territoire."
)


def draw_report(page_request: PageRequest) -> Element:
    """The editor of the draft in the address and its preview, then reports to start from. The slots stand in the same
    order with and without a draft (elements/serializer.py).
    """
    text = query_parameter(page_request.query, DRAFT_PARAMETER) or ""
    draft, problem = read_draft(text)
    return tags.Div(
        [
            tags.H1(_title(draft, problem), tabIndex=-1),
            tags.P(problem or (_summary(draft) if draft else START_HELP), className="lead"),
            tags.P(PURPOSE, className="purpose"),
            *(report_files(text) if draft else ()),
            tags.Div(
                [
                    *(draft_editor(page_request, draft) if draft else ()),
                    preview_section(text if draft else ""),
                ],
                className="report-columns",
            ),
            *start_sections(page_request),
        ]
    )


def read_draft(text: str) -> tuple[Draft | None, str]:
    """The draft in an address, or the reason why it cannot be read; neither when the address has none."""
    if not text:
        return None, ""
    try:
        return from_address(text), ""
    except DraftError as reason:
        return None, str(reason)


def _title(draft: Draft | None, problem: str) -> str:
    if draft is None:
        return "Ce rapport ne peut pas être ouvert" if problem else "Composer un rapport"
    return f"Rapport{NARROW}: {draft.title}" if draft.title else "Rapport sans titre"


def _summary(draft: Draft) -> str:
    return (
        f"{count(len(draft.blocks), 'bloc', 'blocs')}. Les chiffres sont relus dans la base à chaque ouverture"
        f"{NARROW}; le brouillon est dans l’adresse de cette page et dans ce navigateur, nulle part ailleurs."
    )


REPORT = Page(
    REPORT_PATH,
    lambda _slug: TITLE,
    (Part(draw_report),),
    css_class="report",
    guide=(
        "«\u202f+ rapport\u202f», sous un graphique ou une liste, l’ajoute au rapport.",
        "Les chiffres sont relus à chaque ouverture, avec leurs filtres.",
        "Le rapport est dans l’adresse\u202f: la partager, c’est le partager.",
    ),
    hidden_filters=ALL_FILTERS,
)
