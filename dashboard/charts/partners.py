"""What partners do: by whom and where, when, and for which labelled places."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.meetings import CHARTS as MEETINGS
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.figures.base import FrameRow, records, sums_by
from dashboard.figures.matrix import UNKNOWN_LABEL, draw_matrix
from dashboard.figures.partners import draw_follow_up, draw_periods
from data.facts.scope import NO_CODE
from data.i18n import MONTHS_SHORT, NARROW, count, day_long, number, percent, sentence_list, uncapitalised
from data.queries.partners import (
    TerritoryKey,
    read_activity_partners,
    read_follow_up,
    read_recent_activity_counts,
    read_totals_by_month,
    read_totals_by_territory,
)
from data.queries.territories import read_departements, read_intercommunalites
from data.selection import FilterOptions, Selection
from data.sources.activities import ACTIVITY_FAMILIES
from data.types import month_end, month_number, months_between
from data.units import ACTIVITIES, PARTICIPATIONS, PLACES

PAGE = "/partenaires"
MAX_EPCI_ROWS = 24  # intercommunalités that can be read one under the other: any département has fewer
MAX_MONTHS_BY_MONTH, MAX_MONTHS_BY_QUARTER = 24, 96  # months of a period shown by month, by quarter; by year beyond
WITHOUT_COMMUNE = "Sans commune"
_MATRIX_COLUMNS = ["row", "column", "value", "participations"]
_PERIOD_COLUMNS = ["period", "family", "position", "actions", "until"]
_FOLLOW_UP_COLUMNS = ["name", "recent", "older", "never", "places"]


class Territory(NamedTuple):
    """A territory to compare; one with its seat outside Normandie is not `counted`: shown only if it has something."""

    code: str
    name: str
    counted: bool


def read_territories(connection: Connection, selection: Selection) -> tuple[TerritoryKey, list[Territory]]:
    """Intercommunalités when a territory is chosen and they are not too many, else départements."""
    epcis = read_intercommunalites(connection, selection)
    if (selection.codes("dep") or selection.codes("epci")) and len(epcis) <= MAX_EPCI_ROWS:
        return "epci", [Territory(one.code, one.name, one.seat_in_normandie) for one in epcis]
    return "dep", [Territory(one.code, one.name, True) for one in read_departements(connection, selection)]


def read_matrix(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per territory (and « Sans commune », if any) and partner: `row`, `column`, `value` (activities of the
    period; None when no activity of that partner is known at all), `participations` (None when not said). The
    attribute `level` says what the territories are. Empty without any activity.
    """
    level, areas = read_territories(connection, selection)
    done, heard_of = read_totals_by_territory(connection, selection, level), read_activity_partners(connection)
    if not done:
        return pd.DataFrame(columns=_MATRIX_COLUMNS, dtype=object)
    somewhere = {code for _partner, code in done}
    names = {one.code: one.name for one in areas if one.counted or one.code in somewhere}
    names |= {NO_CODE: WITHOUT_COMMUNE} if NO_CODE in somewhere else {}
    chosen = selection.codes("partenaire")
    partners = [one for one in options.by_filter["partenaire"] if not chosen or one.code in chosen]
    rows = []
    for code, name in names.items():
        for partner in partners:
            one = done.get((partner.code, code))
            empty_message = 0 if partner.code in heard_of else None
            found = (one.actions, one.participations) if one else (empty_message, empty_message)
            rows.append((name, partner.label, *found))
    frame = pd.DataFrame(rows, columns=_MATRIX_COLUMNS, dtype=object)
    frame.attrs["level"] = level
    return frame


def matrix_finding(frame: pd.DataFrame) -> str:
    """Who acts most, and where nobody does."""
    cells = [row | {"value": row["value"] or 0} for row in records(frame)]
    known = pd.DataFrame(cells)
    partners, places = sums_by(known, "column", "value"), sums_by(known, "row", "value")
    places.pop(WITHOUT_COMMUNE, None)
    whole = sum(partners.values())
    first = key_of_largest(partners)
    lead = f"{first} a mené {number(partners[first])} des {number(whole)} actions"
    if partners[first] == whole:
        lead = f"{first} a mené {count(whole, 'action', 'actions')}"
    empty = [name for name, actions in places.items() if not actions]
    areas = "départements" if frame.attrs["level"] == "dep" else "intercommunalités"
    if not empty:
        every = "tous les" if frame.attrs["level"] == "dep" else "toutes les"
        return lead if len(places) == 1 else f"{lead}{NARROW}; {every} {areas} en ont eu"
    if len(empty) <= 2:
        return f"{lead}{NARROW}; aucune action{NARROW}: {sentence_list(empty)}"
    return f"{lead}{NARROW}; {number(len(empty))} {areas} sur {number(len(places))} n’en ont eu aucune"


def key_of_largest(sums: dict[Any, float]) -> Any:
    """The key of the largest sum."""
    return max(sums, key=lambda key: sums[key])


def describe_matrix(frame: pd.DataFrame) -> str:
    rows = [row for row in records(frame) if row["value"]]
    columns, lines = len(set(frame["column"].tolist())), len(set(frame["row"].tolist()))
    what = f"{count(lines, 'territoire', 'territoires')} et {count(columns, 'partenaire', 'partenaires')}"
    most = sorted(rows, key=lambda row: -row["value"])[:2]
    named = [f"{row['column']}, {row['row']} ({number(row['value'])})" for row in most]
    return f"Tableau de bulles, {what}. Le plus d’actions{NARROW}: {sentence_list(named)}."


def matrix_note(frame: pd.DataFrame) -> str:
    """What « n. c. » means, when it stands there."""
    unknown = any(value is None for value in frame["value"].tolist())
    return f"{UNKNOWN_LABEL}{NARROW}: aucune action de ce partenaire n’est connue, à aucune date" if unknown else ""


def message_without_action(selection: Selection, options: FilterOptions) -> str:
    """Why there is nothing."""
    return f"Aucune action des partenaires {territory_text(selection, options)} {period_text(selection)}"


def read_periods(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per period (month, quarter or year, by the length of what is read) and family, without a gap: `period`,
    `family`, `position` (of the family), `actions`, `until` (last day counted). The attribute `recent` compares the
    last twelve months. Empty without any activity.
    """
    done = read_totals_by_month(connection, selection)
    if not done:
        return pd.DataFrame(columns=_PERIOD_COLUMNS, dtype=object)
    first = month_number(selection.since) if selection.since else min(month for month, _family in done)
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
            sum(done.get((month, family), 0) for month in within),
            min(month_end(within[-1]), selection.until),
        )
        for period, within in periods.items()
        for position, family in enumerate(ACTIVITY_FAMILIES)
    ]
    frame = pd.DataFrame(rows, columns=_PERIOD_COLUMNS, dtype=object)
    frame.attrs["recent"] = read_recent_activity_counts(connection, selection)
    return frame


def _period_label(month: int, grain: int) -> str:
    """« sept. 2020 », « T3 2020 », « 2020 »."""
    year, number_ = divmod(month, 100)
    if grain == 1:
        return f"{MONTHS_SHORT[number_ - 1]} {year}"
    return f"T{(number_ + 2) // 3} {year}" if grain == 3 else str(year)


def periods_finding(frame: pd.DataFrame) -> str:
    """The last twelve months against the twelve before, and the family that weighs most."""
    families, recent = sums_by(frame, "family", "actions"), frame.attrs["recent"]
    whole = sum(families.values())
    first = key_of_largest(families)
    weight = f"{_FAMILIES_WITH_ARTICLE[first]} représente {percent(families[first] / whole)} des actions"
    if recent is None or recent.before is None:
        return f"{count(whole, 'action', 'actions')}{NARROW}; {weight}"
    return (
        f"{count(recent.last, 'action', 'actions')} en douze mois, contre {number(recent.before)} les douze "
        f"précédents{NARROW}; {weight}"
    )


_FAMILIES_WITH_ARTICLE = {"Animation": "l’animation", "Appui": "l’appui", "Instruction": "l’instruction"}


def describe_periods(frame: pd.DataFrame) -> str:
    sums, families = sums_by(frame, "period", "actions"), sums_by(frame, "family", "actions")
    most = key_of_largest(sums)
    by = ", ".join(f"{name.lower()} {number(actions)}" for name, actions in families.items())
    return (
        f"Barres empilées des actions par période et famille{NARROW}: {by}. "
        f"Période la plus active{NARROW}: {most} ({number(sums[most])})."
    )


def read_places_by_follow_up(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per territory with labelled places at the date: `name`, `recent` (places with an activity in the last
    twelve months), `older` (an older one only), `never`, `places`. Empty without any labelled place.
    """
    level, areas = read_territories(connection, selection)
    found = read_follow_up(connection, selection, level)
    rows = [(one.name, *found[one.code], sum(found[one.code])) for one in areas if one.code in found]
    return pd.DataFrame(rows, columns=_FOLLOW_UP_COLUMNS, dtype=object)


def follow_up_finding(frame: pd.DataFrame) -> str:
    """How many labelled places saw nobody for a year."""
    places, recent, never = (sum(frame[name].tolist()) for name in ("places", "recent", "never"))
    if recent == places:
        every = "Le seul lieu labellisé a" if places == 1 else f"Les {number(places)} lieux labellisés ont tous"
        return f"{every} accueilli une action depuis un an"
    if never == places:
        none = "Le seul lieu labellisé" if places == 1 else f"Aucun des {number(places)} lieux labellisés"
        return f"{none} n’a jamais accueilli d’action"
    have = "n’a" if places - recent == 1 else "n’ont"
    counted = f"{count(places - recent, 'lieu labellisé', 'lieux labellisés')} sur {number(places)}"
    text = f"{counted} {have} accueilli aucune action depuis un an"
    return f"{text}, dont {number(never)} jamais" if never else text


def describe_follow_up(frame: pd.DataFrame) -> str:
    parts = ", ".join(f"{_follow_up_text(row)}" for row in records(frame))
    return f"Barres des lieux labellisés qui ont accueilli une action depuis un an, par territoire{NARROW}: {parts}."


def _follow_up_text(row: FrameRow) -> str:
    return f"{row['name']} {number(row['recent'])} sur {number(row['places'])}"


def message_without_place(selection: Selection, options: FilterOptions) -> str:
    """Why there is no bar."""
    return f"Aucun tiers-lieu labellisé {territory_text(selection, options)} au {day_long(selection.until)}"


MATRIX = Chart(
    slug="matrice-partenaires",
    subtitle="Actions de la période, par partenaire et territoire",
    read=read_matrix,
    finding=matrix_finding,
    describe=describe_matrix,
    draw=draw_matrix,
    columns=(
        TableColumn("row", "Territoire"),
        TableColumn("column", "Partenaire"),
        TableColumn("value", "Actions", "value", ACTIVITIES),
        TableColumn("participations", "Participations", "value", PARTICIPATIONS),
    ),
    indicators=("actions-partenaires",),
    empty_message=message_without_action,
    note=matrix_note,
    height="25rem",
    pages=(PAGE,),
)
PERIODS = Chart(
    slug="actions-par-mois",
    subtitle="Actions par famille (animation, appui, instruction), par mois, trimestre ou année selon la période",
    read=read_periods,
    finding=periods_finding,
    describe=describe_periods,
    draw=draw_periods,
    columns=(
        TableColumn("period", "Période"),
        TableColumn("family", "Famille"),
        TableColumn("actions", "Actions", "value", ACTIVITIES),
        TableColumn("until", "Compté jusqu’au", "day"),
    ),
    indicators=("actions-partenaires",),
    empty_message=message_without_action,
    pages=(PAGE,),
)
FOLLOW_UP_PARTS = (  # of the labelled places
    TableColumn("recent", "Action depuis moins d’un an", "value", PLACES),
    TableColumn("older", "Action plus ancienne", "value", PLACES),
    TableColumn("never", "Aucune action", "value", PLACES),
)
FOLLOW_UP = Chart(
    slug="lieux-visites-par-departement",
    subtitle="Lieux labellisés à la date, selon leur dernière action avec un partenaire",
    read=read_places_by_follow_up,
    finding=follow_up_finding,
    describe=describe_follow_up,
    draw=partial(draw_follow_up, names={column.name: uncapitalised(column.header) for column in FOLLOW_UP_PARTS}),
    columns=(
        TableColumn("name", "Territoire"),
        TableColumn("places", "Lieux labellisés", "value", PLACES),
        *FOLLOW_UP_PARTS,
    ),
    indicators=("lieux-visites", "lieux-labellises"),
    empty_message=message_without_place,
    pages=(PAGE,),
)
CHARTS = (MATRIX, PERIODS, *MEETINGS, FOLLOW_UP)
