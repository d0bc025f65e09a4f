"""Places on their way to the label: at which stage they wait, and for how long."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.model import Chart
from dashboard.charts.phrases import territory_text
from dashboard.exports.columns import TableColumn
from dashboard.figures.ages import draw_ages
from dashboard.figures.base import FrameRow, records, sums_by
from data.i18n import NARROW, count, day_long, number
from data.queries.pace import DAYS_A_MONTH
from data.queries.parcours import WaitingPlace, read_waiting_places
from data.selection import FilterOptions, Selection
from data.units import PLACES, SHORT_PLACES

STAGES = {  # the latest step -> what is waited for, and how it is said of one place or of several
    "application": ("Dossier à compléter", "sans dossier complet"),
    "complete_file": ("Avis Aract attendu", "en attente d’avis Aract"),
    "aract_opinion": ("Décision attendue", "en attente de décision après l’avis Aract"),
}
LATE_MONTHS = 3  # months
AGE_CLASSES = ((LATE_MONTHS, "moins de 3 mois"), (6, "3 à 6 mois"), (12, "6 à 12 mois"), (None, "plus de 12 mois"))
_FRAME_COLUMNS = ["stage", "age", "places", "words", "is_late"]


def read_parcours(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per stage and age: `stage` (what is waited for), `age` (since the latest step, months of 30.4375 days),
    `places` (in process at `until`), `words` (the stage in a sentence), `is_late` (over LATE months). Empty when no
    place is in process.
    """
    waiting = read_waiting_places(connection, selection)
    if not waiting:
        return pd.DataFrame(columns=_FRAME_COLUMNS, dtype=object)
    found = [(one.step, _age_label(one)) for one in waiting]
    rows = [
        (stage, age, found.count((step, age)), words, age != AGE_CLASSES[0][1])
        for step, (stage, words) in STAGES.items()
        for _limit, age in AGE_CLASSES
    ]
    return pd.DataFrame(rows, columns=_FRAME_COLUMNS, dtype=object)


def _age_label(one: WaitingPlace) -> str:
    return next(age for limit, age in AGE_CLASSES if limit is None or one.days < limit * DAYS_A_MONTH)


def parcours_finding(frame: pd.DataFrame) -> str:
    """Where most places have waited for more than three months."""
    late = sums_by(frame[frame["is_late"] == True], "words", "places")  # noqa: E712  a column of objects
    words = max(late, key=lambda stage: late[stage])
    if not late[words]:
        return f"{_in_process_text(sum(frame['places']))}, aucun sans nouvelle étape depuis plus de {LATE_MONTHS} mois"
    return f"{count(late[words], 'lieu', 'lieux')} {words} depuis plus de {LATE_MONTHS} mois"


def _in_process_text(places: int) -> str:
    return f"{count(places, 'lieu', 'lieux')} en parcours"


def describe_parcours(frame: pd.DataFrame) -> str:
    rows = records(frame)
    stages = ", ".join(
        f"{stage.lower()} {number(places)}" for stage, places in sums_by(frame, "stage", "places").items()
    )
    oldest = [row for row in rows if row["places"] and row["age"] == AGE_CLASSES[-1][1]]
    end = f" Depuis plus de 12 mois{NARROW}: {number(sum(row['places'] for row in oldest))}." if oldest else ""
    return (
        f"Barres empilées de {_in_process_text(sum(row['places'] for row in rows))}, selon ce qui est attendu{NARROW}: "
        f"{stages}. Les teintes disent l’ancienneté de la dernière étape{NARROW}; "
        f"{_largest_group_text(rows)}.{end}"
    )


def _largest_group_text(rows: list[FrameRow]) -> str:
    most = max(rows, key=lambda row: row["places"])
    return f"groupe le plus nombreux{NARROW}: {most['stage'].lower()}, {most['age']} ({number(most['places'])})"


def message_without_waiting_place(selection: Selection, options: FilterOptions) -> str:
    """Why there is no bar."""
    return (
        f"Aucun lieu en parcours de labellisation {territory_text(selection, options)} au {day_long(selection.until)}"
    )


CHARTS = (
    Chart(
        slug="parcours",
        subtitle="Lieux en parcours de labellisation, selon ce qui est attendu et l’ancienneté de la dernière étape",
        read=read_parcours,
        finding=parcours_finding,
        describe=describe_parcours,
        draw=partial(draw_ages, unit=SHORT_PLACES),
        columns=(
            TableColumn("stage", "Ce qui est attendu"),
            TableColumn("age", "Depuis la dernière étape"),
            TableColumn("places", "Lieux en parcours", "value", PLACES),
        ),
        indicators=("lieux-en-cours",),
        empty_message=message_without_waiting_place,
        height="min(26rem, 90vw)",  # beside the trajectory
        pages=("/label",),
    ),
)
