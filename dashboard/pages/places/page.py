"""All the places, and the sheet of each."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.charts.phrases import add_filters, capitalised, territory_text
from dashboard.components.headline import headline_with_territory, never_loaded_headline
from dashboard.components.listing import listing_part
from dashboard.components.page import Page, filtered_href
from dashboard.components.parts import Headline, breadcrumbs_part, group_parts, headline_part
from dashboard.elements import tags
from dashboard.lists.places import PLACES
from dashboard.pages.places.commitments import commitment_content, equipment_content
from dashboard.pages.places.network import network_content
from dashboard.pages.places.sheet import (
    activity_content,
    aid_content,
    attendance_content,
    identity_content,
    label_content,
    place_panel,
    requested_place,
    source_content,
)
from dashboard.requests.page_request import PageRequest
from dashboard.urls import FINDER_PATH, PLACES_PATH, sheet_code
from data.i18n import NARROW, count, day_long, number
from data.queries.place import Place, place_exists, read_label_state
from data.queries.places import FORMER_STATE, NO_STATE, STATE_LABELS, count_states
from data.queries.sources import missing_source_reason

TITLE = "Lieux"
SHEET_PATH = f"{PLACES_PATH}/<slug>"
PATH_FILTERS = ("dep", "epci", "porteur", "typologie")  # fixed by the place


def read_headline(page_request: PageRequest) -> Headline:
    """The number of known places, with or without a label; then its breakdown by state of the label."""
    missing = missing_source_reason(page_request.connection, ("places",))
    if missing:
        return never_loaded_headline(page_request, missing)
    states = count_states(page_request.connection, page_request.selection)
    where = territory_text(page_request.selection, page_request.options)
    total = sum(states.values())
    title = f"{count(total, 'tiers-lieu connu', 'tiers-lieux connus')} {where}, labellisés ou non"
    finder = tags.A(
        "Trouver un lieu labellisé près d’une commune",
        href=filtered_href(FINDER_PATH, page_request.selection.to_query()),
    )
    return Headline(
        add_filters(title, page_request.selection, page_request.options, ("lieux-labellises",)),
        (_states_text(page_request, states, total), [finder, "."]),
    )


def _states_text(page_request: PageRequest, states: Mapping[str, int], total: int) -> str:
    """« 60 connus = 34 labellisés + 4 en parcours + 4 sortis du label + 18 sans label ni candidature, au … »."""
    until = day_long(page_request.selection.until)
    missing = missing_source_reason(page_request.connection, ("labels",))
    if missing:
        return f"{capitalised(missing)}{NARROW}: on ne sait pas lesquels ont le label (arrêté au {until})."
    labelled, waiting, left, without_label = (
        states.get(state, 0) for state in (*STATE_LABELS.values(), FORMER_STATE, NO_STATE)
    )
    parts = (
        count(labelled, "labellisé", "labellisés"),
        f"{number(waiting)} en parcours",
        count(left, "sorti du label", "sortis du label"),
        f"{number(without_label)} sans label ni candidature en cours",
    )
    return f"{count(total, 'connu', 'connus')} = {' + '.join(parts)}, au {until}."


def read_place_headline(page_request: PageRequest) -> Headline:
    """The name of the place, its location, and the state of its label at the date."""
    place = requested_place(page_request)
    if place is None:  # withdrawn since the link was made
        return Headline("Lieu introuvable", ("Aucun fichier chargé ne décrit plus ce lieu.",))
    return Headline(
        place.name, (f"{place.commune} ({place.departement}), {place.epci_name}.", _state_text(page_request, place))
    )


def _state_text(page_request: PageRequest, place: Place) -> str:
    until = page_request.selection.until
    state, since = read_label_state(page_request.connection, place.place_id, until)
    left = place.facts["closed"]
    closed = f"Lieu fermé le {day_long(left)}. " if left and left <= until else ""
    missing = missing_source_reason(page_request.connection, ("labels",))
    if missing:
        return f"{closed}{capitalised(missing)}."
    if state == NO_STATE or since is None:
        return f"{closed}Ni labellisé ni en parcours de labellisation au {day_long(until)}."
    state_label = f"{state[:1].upper()}{state[1:]}"
    return f"{closed}{state_label} depuis le {day_long(since)} (arrêté au {day_long(until)})."


PLACE_LIST = Page(
    PLACES_PATH,
    lambda _slug: TITLE,
    (headline_part(headline_with_territory(read_headline)), listing_part(PLACES)),
    css_class="places",
    guide=(
        "Chaque ligne est un lieu du registre, labellisé ou non.",
        "Un nom ouvre la fiche du lieu, un en-tête trie la liste.",
        "La recherche trouve un lieu par son nom, sa commune ou son code.",
    ),
    menu=TITLE,
)
PLACE = Page(
    SHEET_PATH,
    lambda slug: f"Lieu {sheet_code(slug)}",
    (
        breadcrumbs_part(lambda _page_request: [(TITLE, PLACES_PATH)]),
        headline_part(read_place_headline),
        group_parts(
            (
                place_panel("Le lieu", identity_content),
                place_panel("Équipements", equipment_content),
            ),
            "place-halves",
        ),
        place_panel("Engagements", commitment_content),
        place_panel("Vie du label", label_content),
        place_panel("Aides", aid_content),
        place_panel("Fréquentation", attendance_content),
        place_panel("Actions et évènements", activity_content),
        place_panel("Réseau des gérants", network_content),
        place_panel("Sources", source_content),
    ),
    css_class="place",
    guide=(
        "Cette fiche rassemble ce que les fichiers disent d’un seul lieu.",
        "La date «\u202farrêté au\u202f» vaut pour toute la fiche.",
        "Ce qui n’est pas déclaré est inconnu, jamais zéro.",
    ),
    accepts_slug=lambda slug: "\0" not in slug,  # PostgreSQL refuses NUL in a parameter
    themes=lambda _slug: ("frequentation",),
    hidden_filters=PATH_FILTERS,
    exists=lambda connection, slug: place_exists(connection, sheet_code(slug)),
)
