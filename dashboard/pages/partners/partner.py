"""The sheet of a partner."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dashboard.charts.agreements import TIMELINE
from dashboard.charts.objectives import OBJECTIVES
from dashboard.charts.phrases import add_territory, as_of_text, capitalised, chosen_territory_text, period_text
from dashboard.components.compare_link import compare_link_part
from dashboard.components.page import Page, Part
from dashboard.components.parts import Headline, breadcrumbs_part, chart_cards_part, headline_part
from dashboard.components.sheet import sheet_panel
from dashboard.elements.tags import Element, Tree
from dashboard.pages.partners.page import TITLE
from dashboard.pages.partners.sheet import (
    activity_content,
    agreement_content,
    narrow_to_partner,
    read_requested_status,
    requested_code,
    source_content,
    territory_content,
)
from dashboard.requests.page_request import PageRequest
from dashboard.urls import PARTNERS_PATH, sheet_code
from data.i18n import count
from data.indicators.partners import ACTIONS_PARTENAIRES
from data.queries.indicators import read_value
from data.queries.partner_coverage import read_covering_partners
from data.queries.partner_status import PartnerStatus, partner_exists
from data.queries.sources import missing_source_reason
from data.selection import ComparedItem


def read_partner_headline(page_request: PageRequest) -> Headline:
    """The name of the partner, its status at the date, and its activities of the period."""
    status = read_requested_status(page_request)
    if status is None:  # withdrawn since the link was made
        return Headline("Partenaire introuvable", ("Aucun fichier chargé ne décrit plus ce partenaire.",))
    status_text = capitalised(_status_in_territory(page_request, status))
    lines = (f"{status_text}.", f"{_activities_text(page_request)}.", as_of_text(page_request.selection))
    return Headline(status.label, lines)


def _status_in_territory(page_request: PageRequest, status: PartnerStatus) -> str:
    """« Dans la Manche, sous convention jusqu’au 31/12/2026 »; an agreement that covers none of it says so."""
    selection, where = page_request.selection, chosen_territory_text(page_request.selection, page_request.options)
    if status.state != "in_force" or not where:
        return status.text
    is_covering = status.code in read_covering_partners(page_request.connection, selection)
    return f"{where}, {status.text}" if is_covering else f"{status.text}, mais pas {where}"


def _activities_text(page_request: PageRequest) -> str:
    """« Dans l’Orne, 14 actions jusqu’au 31 décembre 2020 »."""
    connection, selection = page_request.connection, page_request.selection
    missing = missing_source_reason(connection, ACTIONS_PARTENAIRES.required_sources)
    if missing:
        return capitalised(missing)
    actions = int(read_value(connection, ACTIONS_PARTENAIRES, selection).value or 0)
    text = f"{count(actions, 'action', 'actions') if actions else 'Aucune action'} {period_text(selection)}"
    return add_territory(text, selection, page_request.options)


def partner_panel(title: str, read_content: Callable[[PageRequest], Sequence[Element]]) -> Part:
    """A panel of the sheet, without content for a partner that no file names."""
    return sheet_panel(
        title, lambda page_request: read_content(page_request) if read_requested_status(page_request) else ()
    )


def draw_charts(page_request: PageRequest) -> Tree:
    """Its charts; none for a partner that no file names."""
    return chart_cards_part(TIMELINE, OBJECTIVES).draw(page_request) if read_requested_status(page_request) else []


PARTNER = Page(
    f"{PARTNERS_PATH}/<slug>",
    lambda slug: f"{sheet_code(slug)} – {TITLE}",
    (
        breadcrumbs_part(lambda _page_request: [(TITLE, PARTNERS_PATH)]),
        headline_part(read_partner_headline),
        compare_link_part(
            lambda page_request: ComparedItem("partenaire", requested_code(page_request)),
            "Comparer avec d’autres partenaires",
        ),
        Part(draw_charts),
        partner_panel("Conventions", agreement_content),
        partner_panel("Territoires couverts, et où il agit", territory_content),
        partner_panel("Actions", activity_content),
        partner_panel("Sources", source_content),
    ),
    css_class="partner",
    guide=(
        "Cette fiche rassemble ce que les fichiers disent d’un seul partenaire.",
        "Les conventions disent où il doit agir, les actions où il a agi.",
        "Les filtres de territoire et de période s’appliquent\u202f; le partenaire ne change pas.",
    ),
    accepts_slug=lambda slug: "\0" not in slug,  # PostgreSQL refuses NUL in a parameter
    themes=lambda _slug: ("partenaires",),
    hidden_filters=("partenaire",),
    narrow=narrow_to_partner,
    exists=lambda connection, slug: partner_exists(connection, sheet_code(slug)),
    unknown_slug="Aucun partenaire de la Région ne porte ce code. La page «\u202fPartenaires\u202f» les montre tous.",
)
