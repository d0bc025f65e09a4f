"""Activities of partners: by partner and territory, by period, and the labelled places that they follow up."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.compared_territories import read_territories
from dashboard.charts.drill import Drill, territory_codes
from dashboard.charts.heights import count_distinct, height_of_rows
from dashboard.charts.last_fact import LastFact, last_fact_chart
from dashboard.charts.meetings import CHARTS as MEETINGS
from dashboard.charts.model import Chart
from dashboard.charts.objectives import CHARTS as OBJECTIVES
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import PICTURE, OfficeChart
from dashboard.figures.base import records, sums_by
from dashboard.figures.matrix import UNKNOWN_LABEL, draw_bubble_matrix
from dashboard.figures.partners import draw_activities_by_period
from dashboard.urls import PARTNERS_PATH
from data.facts.scope import NO_CODE
from data.i18n import MONTHS_SHORT, NARROW, count, number, percent, sentence_list
from data.queries.partners import (
    read_activity_partners,
    read_follow_up,
    read_recent_activity_counts,
    read_totals_by_month,
    read_totals_by_territory,
)
from data.selection import FilterOptions, Selection
from data.sources.activities import ACTIVITY_FAMILIES
from data.types import month_end, month_number, month_start, months_between
from data.units import ACTIVITIES, PARTICIPATIONS

MAX_MONTHS_BY_MONTH, MAX_MONTHS_BY_QUARTER = 24, 96  # longest periods shown by month, by quarter; longer ones by year
WITHOUT_COMMUNE = "Sans commune"
_MATRIX_COLUMNS = ["row", "column", "value", "participations", "dep", "epci", "partenaire"]
_PERIOD_COLUMNS = ["period", "family", "position", "actions", "until", "since"]


def read_activity_matrix(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per territory (and « Sans commune », if any) and partner: `row`, `column`, `value` (activities of the
    period; None when no activity of that partner is known at any date), `participations` (None when not known), and the
    codes `dep` or `epci`, and `partenaire`. The attribute `level` is the level of the territories. Empty without any
    activity.
    """
    level, areas = read_territories(connection, selection)
    totals, active_partners = read_totals_by_territory(connection, selection, level), read_activity_partners(connection)
    if not totals:
        return pd.DataFrame(columns=_MATRIX_COLUMNS, dtype=object)
    codes_with_activity = {code for _partner, code in totals}
    names = {one.code: one.name for one in areas if one.counted or one.code in codes_with_activity}
    names |= {NO_CODE: WITHOUT_COMMUNE} if NO_CODE in codes_with_activity else {}
    chosen = selection.codes("partenaire")
    partners = [one for one in options.by_filter["partenaire"] if not chosen or one.code in chosen]
    rows = []
    for code, name in names.items():
        for partner in partners:
            one = totals.get((partner.code, code))
            default = 0 if partner.code in active_partners else None
            values = (one.actions, one.participations) if one else (default, default)
            codes = territory_codes(level, None if code == NO_CODE else code)
            rows.append((name, partner.label, *values, *codes, partner.code))
    frame = pd.DataFrame(rows, columns=_MATRIX_COLUMNS, dtype=object)
    frame.attrs["level"] = level
    return frame


def activity_matrix_finding(frame: pd.DataFrame) -> str:
    """The most active partner, and the territories without activity."""
    cells = [row | {"value": row["value"] or 0} for row in records(frame)]
    known = pd.DataFrame(cells)
    partners, places = sums_by(known, "column", "value"), sums_by(known, "row", "value")
    places.pop(WITHOUT_COMMUNE, None)
    total = sum(partners.values())
    first = key_of_largest(partners)
    leader_text = f"{first} a mené {number(partners[first])} des {number(total)} actions"
    if partners[first] == total:
        leader_text = f"{first} a mené {count(total, 'action', 'actions')}"
    empty = [name for name, actions in places.items() if not actions]
    areas = "départements" if frame.attrs["level"] == "dep" else "intercommunalités"
    if not empty:
        article = "tous les" if frame.attrs["level"] == "dep" else "toutes les"
        return leader_text if len(places) == 1 else f"{leader_text}{NARROW}; {article} {areas} en ont eu"
    if len(empty) <= 2:
        return f"{leader_text}{NARROW}; aucune action{NARROW}: {sentence_list(empty)}"
    return f"{leader_text}{NARROW}; {number(len(empty))} {areas} sur {number(len(places))} n’en ont eu aucune"


def key_of_largest(sums: dict[Any, float]) -> Any:
    """The key of the largest sum."""
    return max(sums, key=lambda key: sums[key])


def describe_activity_matrix(frame: pd.DataFrame) -> str:
    rows = [row for row in records(frame) if row["value"]]
    columns, lines = len(set(frame["column"].tolist())), len(set(frame["row"].tolist()))
    size_text = f"{count(lines, 'territoire', 'territoires')} et {count(columns, 'partenaire', 'partenaires')}"
    most = sorted(rows, key=lambda row: -row["value"])[:2]
    largest = [f"{row['column']}, {row['row']} ({number(row['value'])})" for row in most]
    return f"Tableau de bulles, {size_text}. Le plus d’actions{NARROW}: {sentence_list(largest)}."


def activity_matrix_note(frame: pd.DataFrame) -> str:
    """The meaning of « n. c. », when the figure uses it."""
    unknown = any(value is None for value in frame["value"].tolist())
    return f"{UNKNOWN_LABEL}{NARROW}: aucune action de ce partenaire n’est connue, à aucune date" if unknown else ""


def message_without_action(selection: Selection, options: FilterOptions) -> str:
    return f"Aucune action des partenaires {territory_text(selection, options)} {period_text(selection)}"


def read_activities_by_period(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per period (month, quarter or year, by the length of the selection) and family, without a gap: `period`,
    `family`, `position` (of the family), `actions`, `until` (last day counted), `since`. The attribute `recent`
    compares the last twelve months. Empty without any activity.
    """
    totals = read_totals_by_month(connection, selection)
    if not totals:
        return pd.DataFrame(columns=_PERIOD_COLUMNS, dtype=object)
    first = month_number(selection.since) if selection.since else min(month for month, _family in totals)
    months = months_between(first, month_number(selection.until))
    grain = 1 if len(months) <= MAX_MONTHS_BY_MONTH else 3 if len(months) <= MAX_MONTHS_BY_QUARTER else 12
    periods: dict[str, list[int]] = {}
    for month in months:
        periods.setdefault(_period_label(month, grain), []).append(month)
    rows = [
        (
            period,
            family.capitalize(),
            position,
            sum(totals.get((month, family), 0) for month in period_months),
            min(month_end(period_months[-1]), selection.until),
            month_start(period_months[0]),
        )
        for period, period_months in periods.items()
        for position, family in enumerate(ACTIVITY_FAMILIES)
    ]
    frame = pd.DataFrame(rows, columns=_PERIOD_COLUMNS, dtype=object)
    frame.attrs["recent"] = read_recent_activity_counts(connection, selection)
    return frame


def _period_label(month: int, grain: int) -> str:
    """« sept. 2020 », « T3 2020 », « 2020 »."""
    year, calendar_month = divmod(month, 100)
    if grain == 1:
        return f"{MONTHS_SHORT[calendar_month - 1]} {year}"
    return f"T{(calendar_month + 2) // 3} {year}" if grain == 3 else str(year)


def activities_by_period_finding(frame: pd.DataFrame) -> str:
    """The last twelve months compared with the twelve before, and the share of the largest family."""
    families, recent = sums_by(frame, "family", "actions"), frame.attrs["recent"]
    total = sum(families.values())
    first = key_of_largest(families)
    share_text = f"{_FAMILIES_WITH_ARTICLE[first]} représente {percent(families[first] / total)} des actions"
    if recent is None or recent.before is None:
        return f"{count(total, 'action', 'actions')}{NARROW}; {share_text}"
    return (
        f"{count(recent.last, 'action', 'actions')} en douze mois, contre {number(recent.before)} les douze "
        f"précédents{NARROW}; {share_text}"
    )


_FAMILIES_WITH_ARTICLE = {"Animation": "l’animation", "Appui": "l’appui", "Instruction": "l’instruction"}


def describe_activities_by_period(frame: pd.DataFrame) -> str:
    sums, families = sums_by(frame, "period", "actions"), sums_by(frame, "family", "actions")
    most = key_of_largest(sums)
    by_family = ", ".join(f"{name.lower()} {number(actions)}" for name, actions in families.items())
    return (
        f"Barres empilées des actions par période et famille{NARROW}: {by_family}. "
        f"Période la plus active{NARROW}: {most} ({number(sums[most])})."
    )


MATRIX = Chart(
    slug="matrice-partenaires",
    subtitle="Actions de la période, par partenaire et territoire",
    read=read_activity_matrix,
    finding=activity_matrix_finding,
    describe=describe_activity_matrix,
    draw=draw_bubble_matrix,
    office=PICTURE,
    columns=(
        TableColumn("row", "Territoire"),
        TableColumn("column", "Partenaire"),
        TableColumn("value", "Actions", "value", ACTIVITIES),
        TableColumn("participations", "Participations", "value", PARTICIPATIONS),
    ),
    indicators=("actions-partenaires",),
    drill=Drill(filters=("dep", "epci", "partenaire"), indicator="actions-partenaires"),
    empty_message=message_without_action,
    note=activity_matrix_note,
    height=height_of_rows(2.7, 7, count_distinct("row")),
    pages=(PARTNERS_PATH,),
)
PERIODS = Chart(
    slug="actions-par-mois",
    subtitle="Actions par famille (animation, appui, instruction), par mois, trimestre ou année selon la période",
    read=read_activities_by_period,
    finding=activities_by_period_finding,
    describe=describe_activities_by_period,
    draw=draw_activities_by_period,
    office=OfficeChart("column", ("period",), ("actions",), series="family", stacked=True),
    columns=(
        TableColumn("period", "Période"),
        TableColumn("family", "Famille"),
        TableColumn("actions", "Actions", "value", ACTIVITIES),
        TableColumn("until", "Compté jusqu’au", "day"),
    ),
    indicators=("actions-partenaires",),
    drill=Drill(period="span"),
    empty_message=message_without_action,
    pages=(PARTNERS_PATH,),
)
FOLLOW_UP = last_fact_chart(
    LastFact(
        read_follow_up,
        done="accueilli une action",
        never_done="accueilli d’action",
        none_done="accueilli aucune action",
        bars="qui ont accueilli une action",
        slug="lieux-visites-par-departement",
        subtitle="Lieux labellisés à la date, selon leur dernière action avec un partenaire",
        headers=("Action depuis moins d’un an", "Action plus ancienne", "Aucune action"),
        indicators=("lieux-visites", "lieux-labellises"),
        path=PARTNERS_PATH,
    )
)
CHARTS = (MATRIX, *OBJECTIVES, PERIODS, *MEETINGS, FOLLOW_UP)
