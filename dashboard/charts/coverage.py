"""Where the labelled places are, for how many inhabitants."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.model import Chart
from dashboard.charts.words import nowhere_words
from dashboard.exports.columns import TableColumn
from dashboard.figures.base import Row, records
from dashboard.figures.map import MANY_PLACES, Point, RateWords, change_rates, draw_rates
from data.i18n import NARROW, count, number
from data.queries.label import read_labelled_points
from data.queries.territories import (
    SelectedIntercommunalite,
    read_intercommunalites,
    read_outlines,
    read_place_counts_by_territory,
)
from data.selection import FilterOptions, Selection
from data.units import PEOPLE, PER_100000, PLACES

_FOR_INHABITANTS = f"pour 100{NARROW}000 habitants"
RATE_WORDS = RateWords(
    places=replace(PLACES, singular="labellisé", plural="labellisés"),
    rate=replace(PER_100000, singular=_FOR_INHABITANTS, plural=_FOR_INHABITANTS),
    dot="tiers-lieu labellisé",
)
FEW = 5  # a rate on fewer places says little
_NAMES = ["code", "name", "seat", "places", "population", "rate", "remark", "points"]


def read_map(connection: Connection, selection: Selection, _known: FilterOptions) -> pd.DataFrame:
    """One row per intercommunalité with a commune in the selection, whole even when only a part of it is selected.

    `code`, `name`, `seat` (in Normandie), `places` (labelled at `until`), `population`, `rate` (places for 100 000
    inhabitants; None without inhabitants), `remark`, `points` (longitude, latitude and name of its places; none when
    there are more than MANY_PLACES in all, which nobody draws). The attribute `outlines` draws them.
    """
    areas = read_intercommunalites(connection, selection)
    anywhere = selection.without_territory()
    counts = read_place_counts_by_territory(connection, anywhere, "epci")
    counted = {area.code: counts.get(area.code, 0) for area in areas}
    points: dict[str, list[Point]] = {area.code: [] for area in areas}
    if 0 < sum(counted.values()) <= MANY_PLACES:
        whole = anywhere.with_codes("epci", (code for code, places in counted.items() if places))
        for place in read_labelled_points(connection, whole):
            points[place.epci].append((place.lon, place.lat, place.name))
    rows = [_row(area, counted[area.code], points[area.code]) for area in areas]
    frame = pd.DataFrame(rows, columns=_NAMES, dtype=object)
    frame.attrs["outlines"] = read_outlines(connection)
    return frame


def _row(area: SelectedIntercommunalite, places: int, points: list[Point]) -> tuple[Any, ...]:
    population, seat = area.population, area.seat_in_normandie
    rate = places * 100_000 / population if population else None
    remarks = (["peu de cas"] if 0 < places < FEW else []) + ([] if seat else ["siège hors Normandie"])
    return area.code, area.name, seat, places, population, rate, ", ".join(remarks), points


def _counted(areas: list[Row]) -> list[Row]:
    """The intercommunalités that coverage counts: those with their seat in Normandie (all, if none has)."""
    return [area for area in areas if area["seat"]] or areas


def find_coverage(frame: pd.DataFrame) -> str:
    """How many intercommunalités have a labelled place."""
    areas = _counted(records(frame))
    if len(areas) == 1:
        return _alone(areas[0])
    covered, total = sum(area["places"] > 0 for area in areas), len(areas)
    if not covered:
        return f"Aucune des {number(total)} intercommunalités n’a de lieu labellisé"
    if covered == total > 1:
        return f"Les {number(total)} intercommunalités ont toutes un lieu labellisé"
    have = "a" if covered == 1 else "ont"
    return f"{count(covered, 'intercommunalité', 'intercommunalités')} sur {number(total)} {have} un lieu labellisé"


def _alone(row: Row) -> str:
    if not row["places"]:
        return f"{row['name']}{NARROW}: aucun tiers-lieu labellisé"
    places = count(row["places"], "tiers-lieu labellisé", "tiers-lieux labellisés")
    return f"{row['name']}{NARROW}: {places} pour {PEOPLE.text(row['population'])}"


def describe_map(frame: pd.DataFrame) -> str:
    areas = records(frame)
    without = sum(not area["places"] for area in areas)
    text = (
        f"Carte de {count(len(areas), 'intercommunalité', 'intercommunalités')} colorées selon le nombre de lieux "
        f"labellisés pour 100{NARROW}000 habitants{NARROW}; {number(without)} sans lieu."
    )
    rated = [area for area in areas if area["rate"]]
    if not rated:
        return text
    most, least = (pick(rated, key=lambda area: area["rate"]) for pick in (max, min))
    named = [f"{area['name']} ({number(area['rate'], 1)})" for area in (most, least)]
    return f"{text} Le plus fort{NARROW}: {named[0]}{NARROW}; le plus faible hors zéro{NARROW}: {named[1]}."


def note_map(frame: pd.DataFrame) -> str:
    """Where the outlines come from, as their licence may ask, and that places are not drawn when there are too many."""
    source = str(frame.attrs["outlines"].source)
    places = sum(frame["places"].tolist())
    return f"{source} · plus de {MANY_PLACES} lieux{NARROW}: non dessinés un à un" if places > MANY_PLACES else source


CHARTS = (
    Chart(
        slug="carte",
        measured=f"Lieux labellisés pour 100{NARROW}000 habitants de chaque intercommunalité, prise entière",
        read=read_map,
        finding=find_coverage,
        describe=describe_map,
        draw=partial(draw_rates, words_of=RATE_WORDS),
        change=partial(change_rates, words_of=RATE_WORDS),
        columns=(
            TableColumn("name", "Intercommunalité"),
            TableColumn("places", "Lieux labellisés", "value", PLACES),
            TableColumn("population", "Habitants", "value", PEOPLE),
            TableColumn("rate", f"Lieux pour 100{NARROW}000 habitants", "value", PER_100000),
            TableColumn("remark", "Remarque"),
        ),
        indicators=("lieux-labellises",),
        empty_message=nowhere_words,
        note=note_map,
        height="min(25rem, 85vw)",  # as high as a phone is wide: more would be void
        pages=("/", "/territoires"),
    ),
)
