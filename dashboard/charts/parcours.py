"""Places in process towards the label, by stage and waiting time."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import NoDrill
from dashboard.charts.model import Chart
from dashboard.charts.phrases import territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.ages import draw_waiting_ages
from dashboard.figures.base import FrameRow, records, sums_by
from data.i18n import NARROW, count, day_long, number
from data.queries.pace import DAYS_A_MONTH
from data.queries.parcours import WaitingPlace, read_waiting_places
from data.selection import FilterOptions, Selection
from data.units import PLACES, SHORT_PLACES

STAGES = {  # latest step -> step awaited, and its text in a sentence
    "application": ("Dossier à compléter", "sans dossier complet"),
    "complete_file": ("Avis Aract attendu", "en attente d’avis Aract"),
    "aract_opinion": ("Décision attendue", "en attente de décision après l’avis Aract"),
}
LATE_MONTHS = 3  # without a new step
AGE_CLASSES = ((LATE_MONTHS, "moins de 3 mois"), (6, "3 à 6 mois"), (12, "6 à 12 mois"), (None, "plus de 12 mois"))
_FRAME_COLUMNS = ["stage", "age", "places", "text", "is_late"]


def read_places_in_process(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per stage and age: `stage` (the step awaited), `age` (since the latest step, months of 30.4375 days),
    `places` (in process at `until`), `text` (the stage in a sentence), `is_late` (over LATE_MONTHS months). Empty when
    no place is in process.
    """
    waiting = read_waiting_places(connection, selection)
    if not waiting:
        return pd.DataFrame(columns=_FRAME_COLUMNS, dtype=object)
    steps_and_ages = [(place.step, _age_label(place)) for place in waiting]
    rows = [
        (stage, age, steps_and_ages.count((step, age)), text, age != AGE_CLASSES[0][1])
        for step, (stage, text) in STAGES.items()
        for _limit, age in AGE_CLASSES
    ]
    return pd.DataFrame(rows, columns=_FRAME_COLUMNS, dtype=object)


def _age_label(place: WaitingPlace) -> str:
    return next(age for limit, age in AGE_CLASSES if limit is None or place.days < limit * DAYS_A_MONTH)


def places_in_process_finding(frame: pd.DataFrame) -> str:
    """The stage at which most places have waited for more than LATE_MONTHS months."""
    late = sums_by(frame[frame["is_late"] == True], "text", "places")  # noqa: E712  a column of objects
    stage_text = max(late, key=lambda stage: late[stage])
    if not late[stage_text]:
        return f"{_in_process_text(sum(frame['places']))}, aucun sans nouvelle étape depuis plus de {LATE_MONTHS} mois"
    return f"{count(late[stage_text], 'lieu', 'lieux')} {stage_text} depuis plus de {LATE_MONTHS} mois"


def _in_process_text(places: int) -> str:
    return f"{count(places, 'lieu', 'lieux')} en parcours"


def describe_places_in_process(frame: pd.DataFrame) -> str:
    rows = records(frame)
    stages = ", ".join(
        f"{stage.lower()} {number(places)}" for stage, places in sums_by(frame, "stage", "places").items()
    )
    oldest = [row for row in rows if row["places"] and row["age"] == AGE_CLASSES[-1][1]]
    oldest_text = f" Depuis plus de 12 mois{NARROW}: {number(sum(row['places'] for row in oldest))}." if oldest else ""
    return (
        f"Barres empilées de {_in_process_text(sum(row['places'] for row in rows))}, selon ce qui est attendu{NARROW}: "
        f"{stages}. Les teintes disent l’ancienneté de la dernière étape{NARROW}; "
        f"{_largest_group_text(rows)}.{oldest_text}"
    )


def _largest_group_text(rows: list[FrameRow]) -> str:
    most = max(rows, key=lambda row: row["places"])
    return f"groupe le plus nombreux{NARROW}: {most['stage'].lower()}, {most['age']} ({number(most['places'])})"


def message_without_waiting_place(selection: Selection, options: FilterOptions) -> str:
    return (
        f"Aucun lieu en parcours de labellisation {territory_text(selection, options)} au {day_long(selection.until)}"
    )


CHARTS = (
    Chart(
        slug="parcours",
        subtitle="Lieux en parcours de labellisation, selon ce qui est attendu et l’ancienneté de la dernière étape",
        read=read_places_in_process,
        finding=places_in_process_finding,
        describe=describe_places_in_process,
        draw=partial(draw_waiting_ages, unit=SHORT_PLACES),
        office=OfficeChart("bar", ("stage",), ("places",), series="age", stacked=True),
        columns=(
            TableColumn("stage", "Ce qui est attendu"),
            TableColumn("age", "Depuis la dernière étape"),
            TableColumn("places", "Lieux en parcours", "value", PLACES),
        ),
        indicators=("lieux-en-cours",),
        drill=NoDrill("Aucun filtre ne distingue l’étape attendue ni l’ancienneté"),
        empty_message=message_without_waiting_place,
        height="min(26rem, 90vw)",  # next to the trajectory
        pages=("/label",),
    ),
)
