"""The page of partners: activities, territories without any, outcomes of meetings, targets."""

from __future__ import annotations

from dashboard.charts.phrases import add_filters, as_of_text, territory_text
from dashboard.components.headline import headline_with_territory, never_loaded_headline
from dashboard.components.listing import listing_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.related_links import related_links_part
from dashboard.components.tile_values import Tile
from dashboard.lists.agreements import COVERED_EPCIS, PARTNER_LIST
from dashboard.lists.partners import EPCIS_WITHOUT_ACTIVITY
from dashboard.lists.qvt_path import QVT_PATH_LIST
from dashboard.pages.partners.status import partners_sentence
from dashboard.pages.partners.tiles import mediation_network_text, read_partner_tiles
from dashboard.requests.page_request import PageRequest
from dashboard.urls import AGENDA_PATH, PARTNERS_PATH, QVT_PATH
from data.i18n import NARROW, agree, count, number
from data.indicators.network import ESPACES_PUBLICS_NUMERIQUES
from data.indicators.partners import ACTIONS_PARTENAIRES
from data.queries.indicators import read_value
from data.queries.partner_reach import read_epci_last_activities
from data.queries.sources import missing_source_reason

TITLE = "Partenaires"
PURPOSE = "Pour décider où envoyer les partenaires, et quels objectifs inscrire dans leurs conventions."


def read_headline(page_request: PageRequest) -> Headline:
    """The number of activities, and of intercommunalités that had one."""
    missing = missing_source_reason(page_request.connection, ACTIONS_PARTENAIRES.required_sources)
    if missing:
        return never_loaded_headline(page_request, missing)
    activities = int(read_value(page_request.connection, ACTIONS_PARTENAIRES, page_request.selection).value or 0)
    where = territory_text(page_request.selection, page_request.options)
    lines = [as_of_text(page_request.selection), partners_sentence(page_request)]
    epn = int(read_value(page_request.connection, ESPACES_PUBLICS_NUMERIQUES, page_request.selection).value or 0)
    if epn:
        lines.append(mediation_network_text(epn))
    if not activities:
        return Headline(_with_filters(page_request, f"Aucune action des partenaires {where}"), tuple(lines))
    sentence = f"{count(activities, 'action', 'actions')} des partenaires {_reach_text(page_request, where)}"
    return Headline(_with_filters(page_request, sentence), tuple(lines))


def _reach_text(page_request: PageRequest, where: str) -> str:
    """« en Normandie ; 41 intercommunalités sur 69 en ont eu »; the territory alone when it has one
    intercommunalité.
    """
    areas = read_epci_last_activities(page_request.connection, page_request.selection)
    touched = sum(area.last_day is not None for area in areas)
    if len(areas) < 2:
        return where
    verb = agree(touched, "en a eu", "en ont eu")
    return f"{where}{NARROW}; {count(touched, 'intercommunalité', 'intercommunalités')} sur {number(len(areas))} {verb}"


def _with_filters(page_request: PageRequest, sentence: str) -> str:
    return add_filters(sentence, page_request.selection, page_request.options, (ACTIONS_PARTENAIRES.slug,))


def read_tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    return read_partner_tiles(page_request.connection, page_request.selection)


PARTNERS = Page(
    PARTNERS_PATH,
    lambda _slug: TITLE,
    (
        headline_part(headline_with_territory(read_headline), PURPOSE),
        tiles_part(read_tiles),
        listing_part(PARTNER_LIST),
        charts_part(PARTNERS_PATH),
        listing_part(COVERED_EPCIS),
        listing_part(EPCIS_WITHOUT_ACTIVITY),
        listing_part(QVT_PATH_LIST),
        related_links_part(
            ("Toutes les actions, une par une, à l’agenda", AGENDA_PATH),
            ("Proposer des pistes de qualité de vie au travail à un porteur", QVT_PATH),
        ),
    ),
    css_class="partners",
    guide=(
        "Le statut d’un partenaire est celui de la date choisie.",
        "Les actions sont celles de la période et du territoire choisis.",
        "Un objectif n’est affiché que s’il a été voté pour ce territoire exactement.",
    ),
    menu=TITLE,
    themes=lambda _slug: ("partenaires",),
)
