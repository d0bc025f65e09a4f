"""The page of the label: position against the target, places in process, delays."""

from __future__ import annotations

from datetime import date

from dashboard.charts.phrases import MAX_ON_TRACK_GAP, add_filters, as_of_text, past_target_text
from dashboard.components.headline import (
    due_date_text,
    headline_with_territory,
    never_loaded_headline,
    projection_lines,
    requested_territory_text,
)
from dashboard.components.listing import listing_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.related_links import related_links_part
from dashboard.components.tile import Tile
from dashboard.lists.label import LABEL as LIST
from dashboard.lists.label import READY_APPLICATIONS
from dashboard.pages.label.tiles import read_label_tiles
from dashboard.requests.page_request import PageRequest
from dashboard.urls import STANDARD_PATH
from data.i18n import NARROW, count, day_long, number
from data.queries.pace import expected_labels, lead_in_days, lead_in_labels, read_pace, required_pace
from data.queries.parcours import read_waiting_places
from data.queries.target_position import TargetPosition, read_target_position
from data.queries.targets import Target
from data.units import DAYS, PLACES_PER_MONTH

PATH = "/label"
TITLE = "Label"
PURPOSE = "Pour décider s’il faut accélérer la labellisation, quelles candidatures relancer, et dans quel département."


def read_headline(page_request: PageRequest) -> Headline:
    """The position against the voted target; without one, the numbers of places labelled and in process."""
    position = read_target_position(page_request.connection, page_request.selection)
    if position.missing_reason:
        return never_loaded_headline(page_request, position.missing_reason)
    target = position.target
    until = as_of_text(page_request.selection)
    if target is None:
        return Headline(
            _title_without_target(page_request, position.labelled), (_recent_pace_text(page_request), until)
        )
    if position.at_due is not None:
        places = f"{_labelled_text(position.labelled)} {requested_territory_text(page_request)}"
        now = f"{places}, arrêté au {day_long(page_request.selection.until)}."
        return Headline(
            past_target_text(position.at_due, target.due, target.value), (now, _recent_pace_text(page_request))
        )
    lines = (*_pace_lines(page_request, position, target), *projection_lines(page_request, "ce rythme"), until)
    return Headline(_target_title(page_request.selection.until, position.labelled, target), lines)


def _labelled_text(labelled: int) -> str:
    return count(labelled, "tiers-lieu labellisé", "tiers-lieux labellisés")


def _title_without_target(page_request: PageRequest, labelled: int) -> str:
    waiting = len(read_waiting_places(page_request.connection, page_request.selection))
    sentence = f"{_labelled_text(labelled)} {requested_territory_text(page_request)}, {number(waiting)} en parcours"
    return add_filters(sentence, page_request.selection, page_request.options, ("lieux-labellises",))


def _target_title(day: date, labelled: int, target: Target) -> str:
    """« 6 lieux de retard sur la trajectoire vers 50 fin 2021 »."""
    target_text = f"{number(target.value)} {due_date_text(target.due)}"
    if labelled >= target.value:
        return f"Objectif atteint{NARROW}: {_labelled_text(labelled)} pour {target_text}"
    gap = lead_in_labels(target, day, labelled).value
    if gap is None or day == target.due:
        return f"{_labelled_text(labelled)} sur {count(target.value, 'visé', 'visés')} {due_date_text(target.due)}"
    if abs(gap) < MAX_ON_TRACK_GAP:
        return f"Le label est sur sa trajectoire vers {target_text}"
    return f"{count(abs(gap), 'lieu', 'lieux')} {_ahead_or_late(gap)} sur la trajectoire vers {target_text}"


def _ahead_or_late(gap: float) -> str:
    return "d’avance" if gap > 0 else "de retard"


def _pace_lines(page_request: PageRequest, position: TargetPosition, target: Target) -> tuple[str, ...]:
    """The number expected, the gap in days, the required pace, and the pace of the last twelve months."""
    until, labelled = page_request.selection.until, position.labelled
    awaited, gap = expected_labels(target, until).value, lead_in_labels(target, until, labelled).value
    days, needed = lead_in_days(target, until, labelled).value, required_pace(target, until, labelled).value
    lines = []
    if awaited is not None and gap is not None and until < target.due:
        late = (
            f", soit {DAYS.text(abs(days))} {_ahead_or_late(gap)}"
            if days is not None and abs(gap) >= MAX_ON_TRACK_GAP
            else ""
        )
        lines.append(f"{_labelled_text(labelled)} pour {count(awaited, 'attendu', 'attendus')} à cette date{late}.")
    if needed:
        lines.append(f"Il faudrait {PLACES_PER_MONTH.text(needed)} d’ici l’échéance. {_recent_pace_text(page_request)}")
    else:
        lines.append(_recent_pace_text(page_request))
    return tuple(lines)


def _recent_pace_text(page_request: PageRequest) -> str:
    pace = read_pace(page_request.connection, page_request.selection)
    return f"Rythme des 12 derniers mois{NARROW}: {PLACES_PER_MONTH.text(pace.value)} ({pace.note})."


def read_tiles(page_request: PageRequest) -> tuple[Tile, ...]:
    position = read_target_position(page_request.connection, page_request.selection)
    return read_label_tiles(page_request.connection, page_request.selection, position)


LABEL = Page(
    PATH,
    lambda _slug: TITLE,
    (
        headline_part(headline_with_territory(read_headline), PURPOSE),
        tiles_part(read_tiles),
        charts_part(PATH),
        related_links_part(("Ce que chaque lieu respecte du standard de service", STANDARD_PATH)),
        listing_part(READY_APPLICATIONS),
        listing_part(LIST),
    ),
    css_class="label",
    guide=(
        "Un lieu est compté quand son label est en vigueur à la date choisie.",
        "La ligne pointillée relie le nombre annoncé au départ à l’objectif voté, là où il y en a un.",
        "Les listes du bas donnent les dossiers prêts et les lieux, un par un.",
    ),
    menu=TITLE,
)
