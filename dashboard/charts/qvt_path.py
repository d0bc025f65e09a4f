"""How far the projects that Aract met have gone."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import NoDrill
from dashboard.charts.heights import height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import records
from dashboard.figures.partners import draw_steps
from dashboard.urls import PARTNERS_PATH
from data.i18n import NARROW, agree, count, number, percent
from data.queries.qvt_path import PATH_STEPS, read_path_counts
from data.selection import FilterOptions, Selection
from data.units import PROJECTS, SHARE

_FRAME_COLUMNS = ["step", "count", "share", "text"]


def read_path_steps(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per step of the path: `step` (its name), `count` (projects that reached it), `share` (of the projects
    met), `text` (label, number, share). The attribute `recent` counts the projects first met in the last twelve months.
    Empty without any project.
    """
    counts, recent = read_path_counts(connection, selection)
    met = counts["met"]
    if not met:
        return pd.DataFrame(columns=_FRAME_COLUMNS, dtype=object)
    rows = [
        (name, counts[step], counts[step] / met, _step_texts(step, name, counts[step], met))
        for step, name in PATH_STEPS.items()
    ]
    frame = pd.DataFrame(rows, columns=_FRAME_COLUMNS, dtype=object)
    frame.attrs["recent"] = recent
    return frame


def _step_texts(step: str, name: str, reached: int, met: int) -> tuple[str, str, str]:
    return f"{name}{NARROW}: ", number(reached), "" if step == "met" else f" ({percent(reached / met)})"


def path_finding(frame: pd.DataFrame) -> str:
    """The share of the projects met that went on to Émergence, then to Services numériques."""
    by_step = dict(zip(PATH_STEPS, records(frame), strict=True))
    met, voted, digital = (by_step[step]["count"] for step in ("met", "voted", "digital"))
    projects = count(met, "projet reçu", "projets reçus")
    if not voted and not digital:
        return f"Sur {projects} par Aract, aucun n’a encore d’aide Émergence ni Services numériques"
    emergence = f"{number(voted)} {agree(voted, 'a', 'ont')} une aide Émergence ({percent(voted / met)})"
    services = f"{number(digital)} une aide Services numériques ({percent(digital / met)})"
    if not digital:
        services = "aucun encore une aide Services numériques"
    if not voted:
        return f"Sur {projects} par Aract, aucun n’a d’aide Émergence, {services}"
    return f"Sur {projects} par Aract, {emergence}, {services}"


def describe_path(frame: pd.DataFrame) -> str:
    parts = [f"{row['step'].lower()} {number(row['count'])} ({percent(row['share'])})" for row in records(frame)]
    return f"Cinq barres, une par étape, en part des projets reçus{NARROW}: {', '.join(parts)}."


def path_note(frame: pd.DataFrame) -> str:
    """What a step is, and the number of projects that are too recent to have gone far."""
    recent = frame.attrs["recent"]
    note = "une étape ne suppose pas toutes les précédentes"
    if not recent:
        return note
    verb = agree(recent, "reçu", "reçus")
    return f"{note}{NARROW}; dont {count(recent, 'projet', 'projets')} {verb} depuis moins de douze mois"


def message_without_project(selection: Selection, options: FilterOptions) -> str:
    return f"Aucune rencontre préalable avec Aract {territory_text(selection, options)} {period_text(selection)}"


CHARTS = (
    Chart(
        slug="parcours-qvt",
        subtitle="Lieux et projets reçus par Aract dans la période, selon les étapes atteintes",
        read=read_path_steps,
        finding=path_finding,
        describe=describe_path,
        draw=draw_steps,
        office=OfficeChart("bar", ("step",), ("count",)),
        columns=(
            TableColumn("step", "Étape"),
            TableColumn("count", "Projets", "value", PROJECTS),
            TableColumn("share", "Part des projets reçus", "value", SHARE),
        ),
        indicators=("rencontres-vers-emergence",),
        needs=("activities", "aids", "places", "schemes"),
        drill=NoDrill("Aucun filtre ne distingue les étapes d’un projet"),
        empty_message=message_without_project,
        note=path_note,
        height=height_of_rows(3, 0.5),
        pages=(PARTNERS_PATH,),
    ),
)
