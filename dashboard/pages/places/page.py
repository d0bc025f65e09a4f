"""All the places, and the sheet of each."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.charts.words import narrowed, sentence_of, where_words
from dashboard.components.headline import never_loaded_words, with_territory
from dashboard.components.listing import list_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, beside, crumbs_part, headline_part
from dashboard.lists.places import PLACES
from dashboard.pages.places.sheet import (
    activities,
    aids,
    identity,
    label_life,
    panel,
    place_of,
    sources,
    standard,
    visits,
)
from dashboard.requests.page_request import PageRequest
from dashboard.urls import PLACES_PATH, place_code
from data.i18n import NARROW, count, day_long, number
from data.queries.place import Place, place_exists, read_label_state
from data.queries.places import FORMER_STATE, NO_STATE, STATE_LABELS, count_states
from data.queries.sources import missing_source_reason

TITLE = "Lieux"
SHEET_PATH = f"{PLACES_PATH}/<slug>"
SETTLED = ("dep", "epci", "porteur", "typologie")  # a place has them all by itself


def read_headline(page_request: PageRequest) -> Headline:
    """How many places are known, whatever their label; then how that number is made up."""
    missing = missing_source_reason(page_request.connection, ("places",))
    if missing:
        return never_loaded_words(page_request, missing)
    states = count_states(page_request.connection, page_request.selection)
    where = where_words(page_request.selection, page_request.options)
    total = sum(states.values())
    known = f"{count(total, 'tiers-lieu connu', 'tiers-lieux connus')} {where}, labellisés ou non"
    return Headline(
        narrowed(known, page_request.selection, page_request.options, ("lieux-labellises",)),
        (_made_up(page_request, states, total),),
    )


def _made_up(page_request: PageRequest, states: Mapping[str, int], total: int) -> str:
    """« 60 connus = 34 labellisés + 4 en parcours + 4 sortis du label + 18 sans label ni candidature, au … »."""
    until = day_long(page_request.selection.until)
    missing = missing_source_reason(page_request.connection, ("labels",))
    if missing:
        return f"{sentence_of(missing)}{NARROW}: on ne sait pas lesquels ont le label (arrêté au {until})."
    labelled, waiting, left, others = (
        states.get(state, 0) for state in (*STATE_LABELS.values(), FORMER_STATE, NO_STATE)
    )
    parts = (
        count(labelled, "labellisé", "labellisés"),
        f"{number(waiting)} en parcours",
        count(left, "sorti du label", "sortis du label"),
        f"{number(others)} sans label ni candidature en cours",
    )
    return f"{count(total, 'connu', 'connus')} = {' + '.join(parts)}, au {until}."


def place_said(page_request: PageRequest) -> Headline:
    """The place, where it is, and where it stands with the label at the date."""
    place = place_of(page_request)
    if place is None:  # withdrawn since the address was given
        return Headline("Lieu introuvable", ("Aucun fichier chargé ne décrit plus ce lieu.",))
    return Headline(
        place.name, (f"{place.commune} ({place.departement}), {place.epci_name}.", _state(page_request, place))
    )


def _state(page_request: PageRequest, place: Place) -> str:
    until = page_request.selection.until
    state, since = read_label_state(page_request.connection, place.place_id, until)
    closed = f"Lieu fermé le {day_long(place.closed)}. " if place.closed and place.closed <= until else ""
    missing = missing_source_reason(page_request.connection, ("labels",))
    if missing:
        return f"{closed}{sentence_of(missing)}."
    if state == NO_STATE or since is None:
        return f"{closed}Ni labellisé ni en parcours de labellisation au {day_long(until)}."
    words = f"{state[:1].upper()}{state[1:]}"
    return f"{closed}{words} depuis le {day_long(since)} (arrêté au {day_long(until)})."


ALL = Page(
    PLACES_PATH,
    lambda _slug: TITLE,
    (headline_part(with_territory(read_headline)), list_part(PLACES)),
    kind="places",
    menu=TITLE,
)
SHEET = Page(
    SHEET_PATH,
    lambda slug: f"Lieu {place_code(slug)}",
    (
        crumbs_part(lambda _asked: [(TITLE, PLACES_PATH)]),
        headline_part(place_said),
        beside(
            (
                panel("Le lieu", identity),
                panel("Standard de services", standard),
            ),
            "place-pair",
        ),
        panel("Vie du label", label_life),
        panel("Aides", aids),
        panel("Fréquentation", visits),
        panel("Actions des partenaires", activities),
        panel("Sources", sources),
    ),
    kind="place",
    knows=lambda slug: "\0" not in slug,  # PostgreSQL refuses to be asked
    themes=lambda _slug: ("frequentation",),
    hides=SETTLED,
    exists=lambda connection, slug: place_exists(connection, place_code(slug)),
)
