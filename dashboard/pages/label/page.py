"""The label: where it stands against its target, what is on the way, where it slows down."""

from __future__ import annotations

from datetime import date

from dashboard.charts.words import ON_TRACK, after_due_words, as_of_words, narrowed
from dashboard.components.headline import due_words, in_territory, projection_line, unloaded, where
from dashboard.components.listing import list_part
from dashboard.components.page import Page
from dashboard.components.parts import Headline, charts_part, headline_part, tiles_part
from dashboard.components.tile import Tile
from dashboard.lists.label import LABEL as LIST
from dashboard.lists.label import READY
from dashboard.pages.label.tiles import read_label_tiles
from dashboard.requests.page_request import Asked
from data.i18n import NARROW, count, day_long, number
from data.queries.pace import expected, lead, lead_in_days, read_rhythm, required
from data.queries.parcours import read_waiting
from data.queries.target_position import Standing, read_standing
from data.queries.targets import Target
from data.units import DAYS, PLACES_A_MONTH

PATH = "/label"
TITLE = "Label"
SERVES = "Pour décider s’il faut accélérer la labellisation, quelles candidatures relancer, et dans quel département."


def said(asked: Asked) -> Headline:
    """Ahead or late against a voted target; without one, what there is."""
    standing = read_standing(asked.connection, asked.selection)
    if standing.missing:
        return unloaded(asked, standing.missing)
    target = standing.target
    until = as_of_words(asked.selection)
    if target is None:
        return Headline(_without_target(asked, standing.labelled), (_rhythm(asked), until))
    if standing.at_due is not None:
        now = f"{_labelled(standing.labelled)} {where(asked)}, arrêté au {day_long(asked.selection.until)}."
        return Headline(after_due_words(standing.at_due, target.due, target.value), (now, _rhythm(asked)))
    lines = (*_pace(asked, standing, target), *projection_line(asked, "ce rythme"), until)
    return Headline(_against(asked.selection.until, standing.labelled, target), lines)


def _labelled(labelled: int) -> str:
    return count(labelled, "tiers-lieu labellisé", "tiers-lieux labellisés")


def _without_target(asked: Asked, labelled: int) -> str:
    waiting = len(read_waiting(asked.connection, asked.selection))
    sentence = f"{_labelled(labelled)} {where(asked)}, {number(waiting)} en parcours"
    return narrowed(sentence, asked.selection, asked.known, ("lieux-labellises",))


def _against(day: date, labelled: int, target: Target) -> str:
    """« 6 lieux de retard sur la trajectoire vers 50 fin 2021 »."""
    aim = f"{number(target.value)} {due_words(target.due)}"
    if labelled >= target.value:
        return f"Objectif atteint{NARROW}: {_labelled(labelled)} pour {aim}"
    gap = lead(target, day, labelled).value
    if gap is None or day == target.due:
        return f"{_labelled(labelled)} sur {count(target.value, 'visé', 'visés')} {due_words(target.due)}"
    if abs(gap) < ON_TRACK:
        return f"Le label est sur sa trajectoire vers {aim}"
    return f"{count(abs(gap), 'lieu', 'lieux')} {_side(gap)} sur la trajectoire vers {aim}"


def _side(gap: float) -> str:
    return "d’avance" if gap > 0 else "de retard"


def _pace(asked: Asked, standing: Standing, target: Target) -> tuple[str, ...]:
    """What is expected, the gap in days, the rhythm that is needed, and that of the last twelve months."""
    until, labelled = asked.selection.until, standing.labelled
    awaited, gap = expected(target, until).value, lead(target, until, labelled).value
    days, needed = lead_in_days(target, until, labelled).value, required(target, until, labelled).value
    lines = []
    if awaited is not None and gap is not None and until < target.due:
        late = f", soit {DAYS.text(abs(days))} {_side(gap)}" if days is not None and abs(gap) >= ON_TRACK else ""
        lines.append(f"{_labelled(labelled)} pour {count(awaited, 'attendu', 'attendus')} à cette date{late}.")
    if needed:
        lines.append(f"Il faudrait {PLACES_A_MONTH.text(needed)} d’ici l’échéance. {_rhythm(asked)}")
    else:
        lines.append(_rhythm(asked))
    return tuple(lines)


def _rhythm(asked: Asked) -> str:
    rhythm = read_rhythm(asked.connection, asked.selection)
    return f"Rythme des 12 derniers mois{NARROW}: {PLACES_A_MONTH.text(rhythm.value)} ({rhythm.note})."


def tiles(asked: Asked) -> tuple[Tile, ...]:
    """The four figures."""
    standing = read_standing(asked.connection, asked.selection)
    return read_label_tiles(asked.connection, asked.selection, standing)


LABEL = Page(
    PATH,
    lambda _slug: TITLE,
    (
        headline_part(in_territory(said), SERVES),
        tiles_part(tiles),
        charts_part(PATH),
        list_part(READY),
        list_part(LIST),
    ),
    kind="label",
    menu=TITLE,
)
