"""Inhabitants far from any labelled place, by intercommunalité."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill
from dashboard.charts.heights import height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import records
from dashboard.figures.territories import draw_remote_population
from data.i18n import NARROW, count, number, percent
from data.queries.coverage import ReachedPopulation, read_reached_population
from data.selection import FilterOptions, Selection
from data.units import PEOPLE, SHARE

MAX_REMOTE_AREAS = 10
_FRAME_COLUMNS = ["name", "people", "far", "share", "epci"]


def read_remote_population(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per intercommunalité with inhabitants of the selection farther than 15 km from any labelled place; the
    MAX_REMOTE_AREAS with the most of them. Empty when nobody lives farther.

    `name`, `people` (inhabitants of its selected communes), `far` (inhabitants beyond 15 km), `share`, `epci` (its
    code). The attributes `far`, `people` and `areas` are the totals of the selection.
    """
    populations = read_reached_population(connection, selection, "epci")
    areas = sorted(
        (code for code, population in populations.items() if _remote_people(population)),
        key=lambda code: -_remote_people(populations[code]),
    )
    rows = [
        (
            options.label("epci", code),
            populations[code].people,
            _remote_people(populations[code]),
            _remote_people(populations[code]) / populations[code].people,
            code,
        )
        for code in areas[:MAX_REMOTE_AREAS]
    ]
    frame = pd.DataFrame(rows, columns=_FRAME_COLUMNS, dtype=object)
    people = sum(population.people for population in populations.values())
    frame.attrs.update(
        far=sum(_remote_people(population) for population in populations.values()), people=people, areas=len(areas)
    )
    return frame


def _remote_people(population: ReachedPopulation) -> int:
    return population.people - population.reached


def remote_population_finding(frame: pd.DataFrame) -> str:
    """The number of inhabitants far from any place, and the share of the areas shown in it."""
    far, areas, rows_shown = frame.attrs["far"], frame.attrs["areas"], len(frame)
    if far == frame.attrs["people"]:
        return f"Personne ne vit à moins de 15{NARROW}km d’un lieu labellisé"
    have = "vit" if far < 2 else "vivent"
    sentence = f"{PEOPLE.text(far)} {have} à plus de 15{NARROW}km d’un lieu labellisé"
    if areas <= rows_shown:
        return f"{sentence}, dans {count(areas, 'intercommunalité', 'intercommunalités')}"
    return f"{sentence}, dont {percent(sum(frame['far'].tolist()) / far)} dans {number(rows_shown)} intercommunalités"


def describe_remote_population(frame: pd.DataFrame) -> str:
    listed = f"{NARROW}; ".join(f"{row['name']} {number(row['far'])}" for row in records(frame))
    return f"Barres des habitants à plus de 15{NARROW}km d’un lieu labellisé, par intercommunalité{NARROW}: {listed}."


def message_without_remote_population(selection: Selection, options: FilterOptions) -> str:
    return f"Personne ne vit à plus de 15{NARROW}km d’un lieu labellisé {territory_text(selection, options)}"


CHARTS = (
    Chart(
        slug="habitants-eloignes",
        subtitle=f"Habitants à plus de 15{NARROW}km, à vol d’oiseau, de tout lieu labellisé, par intercommunalité",
        read=read_remote_population,
        finding=remote_population_finding,
        describe=describe_remote_population,
        draw=partial(draw_remote_population, unit=PEOPLE),
        office=OfficeChart("bar", ("name",), ("far",)),
        columns=(
            TableColumn("name", "Intercommunalité"),
            TableColumn("people", "Habitants", "value", PEOPLE),
            TableColumn("far", f"Habitants à plus de 15{NARROW}km", "value", PEOPLE),
            TableColumn("share", "Part des habitants", "value", SHARE),
        ),
        indicators=("population-15km",),
        drill=Drill(filters=("epci",)),
        empty_message=message_without_remote_population,
        height=height_of_rows(1.9, 0.5),
        pages=("/territoires",),
    ),
)
