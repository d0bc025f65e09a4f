"""Labelled places by intercommunalité, on a map, for 100 000 inhabitants."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill
from dashboard.charts.model import Chart
from dashboard.charts.phrases import message_without_commune
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import PICTURE
from dashboard.figures.base import FrameRow, records
from dashboard.figures.map import MAX_DRAWN_PLACES, MapLabels, Point, draw_rate_map, rate_map_changes
from data.i18n import NARROW, count, number
from data.queries.label import read_labelled_points
from data.queries.territories import (
    SelectedIntercommunalite,
    read_outlines,
    read_place_counts_by_territory,
    read_selected_intercommunalites,
)
from data.selection import FilterOptions, Selection
from data.units import PEOPLE, PER_100000, PLACES

_PER_INHABITANTS = f"pour 100{NARROW}000 habitants"
MAP_LABELS = MapLabels(
    places=replace(PLACES, singular="labellisé", plural="labellisés"),
    rate=replace(PER_100000, singular=_PER_INHABITANTS, plural=_PER_INHABITANTS),
    dot="tiers-lieu labellisé",
)
MIN_PLACES_FOR_RATE = 5  # a rate on fewer places is marked « peu de cas »
_FRAME_COLUMNS = ["code", "name", "seat", "places", "population", "rate", "remark", "points", "epci"]


def read_coverage_map(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per intercommunalité with a commune in the selection, whole even when only a part of it is selected.

    `code`, `name`, `seat` (in Normandie), `places` (labelled at `until`), `population`, `rate` (places for 100 000
    inhabitants; None without inhabitants), `remark`, `points` (longitude, latitude and name of each place; empty beyond
    MAX_DRAWN_PLACES places in all, which are not drawn), `epci` (as `code`). The attribute `outlines` draws the
    territories.
    """
    areas = read_selected_intercommunalites(connection, selection)
    anywhere = selection.without_territory()
    counts = read_place_counts_by_territory(connection, anywhere, "epci")
    places_by_area = {area.code: counts.get(area.code, 0) for area in areas}
    points: dict[str, list[Point]] = {area.code: [] for area in areas}
    if 0 < sum(places_by_area.values()) <= MAX_DRAWN_PLACES:
        with_places = anywhere.with_codes("epci", (code for code, places in places_by_area.items() if places))
        for place in read_labelled_points(connection, with_places):
            points[place.epci].append((place.lon, place.lat, place.name))
    rows = [_area_row(area, places_by_area[area.code], points[area.code]) for area in areas]
    frame = pd.DataFrame(rows, columns=_FRAME_COLUMNS, dtype=object)
    frame.attrs["outlines"] = read_outlines(connection)
    return frame


def _area_row(area: SelectedIntercommunalite, places: int, points: list[Point]) -> tuple[Any, ...]:
    population, seat = area.population, area.seat_in_normandie
    rate = places * 100_000 / population if population else None
    remarks = (["peu de cas"] if 0 < places < MIN_PLACES_FOR_RATE else []) + ([] if seat else ["siège hors Normandie"])
    return area.code, area.name, seat, places, population, rate, ", ".join(remarks), points, area.code


def _counted_areas(areas: list[FrameRow]) -> list[FrameRow]:
    """The intercommunalités counted by the coverage indicator: those with their seat in Normandie (all, if none
    has).
    """
    return [area for area in areas if area["seat"]] or areas


def coverage_finding(frame: pd.DataFrame) -> str:
    """The number of intercommunalités with a labelled place."""
    areas = _counted_areas(records(frame))
    if len(areas) == 1:
        return _single_area_finding(areas[0])
    covered, total = sum(area["places"] > 0 for area in areas), len(areas)
    if not covered:
        return f"Aucune des {number(total)} intercommunalités n’a de lieu labellisé"
    if covered == total > 1:
        return f"Les {number(total)} intercommunalités ont toutes un lieu labellisé"
    have = "a" if covered == 1 else "ont"
    return f"{count(covered, 'intercommunalité', 'intercommunalités')} sur {number(total)} {have} un lieu labellisé"


def _single_area_finding(row: FrameRow) -> str:
    if not row["places"]:
        return f"{row['name']}{NARROW}: aucun tiers-lieu labellisé"
    places = count(row["places"], "tiers-lieu labellisé", "tiers-lieux labellisés")
    return f"{row['name']}{NARROW}: {places} pour {PEOPLE.text(row['population'])}"


def describe_coverage_map(frame: pd.DataFrame) -> str:
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
    extremes = [f"{area['name']} ({number(area['rate'], 1)})" for area in (most, least)]
    return f"{text} Le plus fort{NARROW}: {extremes[0]}{NARROW}; le plus faible hors zéro{NARROW}: {extremes[1]}."


def coverage_map_note(frame: pd.DataFrame) -> str:
    """The source of the outlines, as their licence may require, and whether the places are too many to be drawn."""
    source = str(frame.attrs["outlines"].source)
    places = sum(frame["places"].tolist())
    return (
        f"{source} · plus de {MAX_DRAWN_PLACES} lieux{NARROW}: non dessinés un à un"
        if places > MAX_DRAWN_PLACES
        else source
    )


CHARTS = (
    Chart(
        slug="carte",
        subtitle=f"Lieux labellisés pour 100{NARROW}000 habitants de chaque intercommunalité, prise entière",
        read=read_coverage_map,
        finding=coverage_finding,
        describe=describe_coverage_map,
        draw=partial(draw_rate_map, labels=MAP_LABELS),
        change=partial(rate_map_changes, labels=MAP_LABELS),
        office=PICTURE,
        columns=(
            TableColumn("name", "Intercommunalité"),
            TableColumn("places", "Lieux labellisés", "value", PLACES),
            TableColumn("population", "Habitants", "value", PEOPLE),
            TableColumn("rate", f"Lieux pour 100{NARROW}000 habitants", "value", PER_100000),
            TableColumn("remark", "Remarque"),
        ),
        indicators=("lieux-labellises",),
        drill=Drill(filters=("epci",), indicator="lieux-labellises"),
        empty_message=message_without_commune,
        note=coverage_map_note,
        height="min(25rem, 85vw)",  # as high as a phone is wide: more would stay empty
        pages=("/", "/territoires"),
    ),
)
