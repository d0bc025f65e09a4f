"""An indicator by territory, from the highest value to the lowest."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.compared_territories import read_territories
from dashboard.charts.drill import Drill, territory_codes
from dashboard.charts.heights import height_of_rows
from dashboard.charts.indicator_frames import (
    confidentiality_note,
    has_something,
    nothing_to_show,
    read_territory_reason,
    remark_columns,
    remark_text,
    theme_colour,
)
from dashboard.charts.model import Chart
from dashboard.charts.trend_phrases import named_value
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import FrameRow, records
from dashboard.figures.ranks import RankStyle, draw_ranks
from data.i18n import NARROW, count, fold, in_territory, number
from data.indicators import Grouping, Indicator, groupings_of
from data.queries.indicators import UNPLACED_CODE, read_breakdown, read_value
from data.selection import FilterOptions, Selection
from data.types import TerritoryColumn

REGION, UNPLACED = "Normandie", "Non localisé"
_COLUMNS = ["name", "level", "value", "remark", "is_placed", "dep", "epci"]
_LEVELS: dict[TerritoryColumn, tuple[str, str, str]] = {
    "dep": ("Département", "département", "départements"),
    "epci": ("Intercommunalité", "intercommunalité", "intercommunalités"),
}


def territory_groupings(indicator: Indicator) -> dict[str, Grouping]:
    """The groupings by territory that an indicator offers, by column of the facts."""
    return {grouping.column: grouping for grouping in groupings_of(indicator) if grouping.column in _LEVELS}


def read_ranks(
    connection: Connection, selection: Selection, options: FilterOptions, *, indicator: Indicator
) -> pd.DataFrame:
    """One row per département, or per intercommunalité of the chosen territory, the highest value first: `name`,
    `level`, `value` (in the unit of the indicator; None when unknown), `remark`, `is_placed` (False for the facts
    without a territory, last), `dep` and `epci` (its code in one of them). The attribute `whole` is the value of the
    Région under the other filters, None for a count or an amount, which a part of the Région cannot reach. Empty
    without a known value other than the zeros of a sum.
    """
    column = read_territories(connection, selection)[0]
    grouping = territory_groupings(indicator)[column]
    readings = read_breakdown(connection, indicator, selection, grouping, options)
    rows: list[tuple[Any, ...]] = [
        (
            UNPLACED if code == UNPLACED_CODE else options.label(grouping.filter, code),
            _LEVELS[column][0],
            reading.value,
            remark_text(reading),
            code != UNPLACED_CODE,
            *territory_codes(column, None if code == UNPLACED_CODE else code),
        )
        for code, reading in readings.items()
    ]
    if not has_something(indicator, readings.values()):
        return pd.DataFrame(columns=_COLUMNS, dtype=object)
    rows.sort(key=_rank)
    frame = pd.DataFrame(rows, columns=_COLUMNS, dtype=object)
    anywhere = selection.without_territory()
    frame.attrs["whole"] = None if indicator.adds_up else read_value(connection, indicator, anywhere).value
    return frame


def _rank(row: tuple[Any, ...]) -> tuple[Any, ...]:
    name, _level, value, _remark, is_placed, *_codes = row
    return not is_placed, value is None, -(value or 0), fold(name)


def ranks_finding(frame: pd.DataFrame, indicator: Indicator) -> str:
    """Counts and amounts: how many territories have any, and the first one. Others: from the lowest to the highest
    département; intercommunalités, which few facts set apart, are counted on each side of the Région.
    """
    rows = [row for row in records(frame) if row["is_placed"] and row["value"] is not None]
    label = indicator.label
    if not rows:
        return f"{label}{NARROW}: {named_value(indicator, records(frame)[-1]['value'])} sans territoire connu"
    if len(rows) == 1:
        sentence = f"{label}{NARROW}: {named_value(indicator, rows[0]['value'])} {in_territory(rows[0]['name'])}"
        return sentence + _region_text(frame, indicator)
    if indicator.adds_up and min(row["value"] for row in rows) >= 0:
        return f"{label}{NARROW}: {_concerned_text(rows, indicator)}"
    if rows[0]["level"] == _LEVELS["dep"][0] or frame.attrs["whole"] is None:
        return f"{label}{NARROW}: {_extremes_text(rows, indicator)}{_region_text(frame, indicator)}"
    whole = frame.attrs["whole"]
    above = count(sum(row["value"] > whole for row in rows), *_LEVELS["epci"][1:])
    return f"{label}{NARROW}: {above} sur {number(len(rows))} au-dessus de la Région ({indicator.unit.text(whole)})"


def _region_text(frame: pd.DataFrame, indicator: Indicator) -> str:
    whole = frame.attrs["whole"]
    return "" if whole is None else f"{NARROW}; {indicator.unit.text(whole)} {in_territory(REGION)}"


def _concerned_text(rows: list[FrameRow], indicator: Indicator) -> str:
    """« d’abord dans le Calvados (12 tiers-lieux) », « 3 intercommunalités sur 15 concernées, d’abord … »."""
    some = [row for row in rows if row["value"]]
    first = f"{in_territory(some[0]['name'])} ({named_value(indicator, some[0]['value'])})" if some else ""
    is_tied = len(some) > 1 and some[1]["value"] == some[0]["value"]
    head = f"{named_value(indicator, some[0]['value'])} au plus" if is_tied else f"d’abord {first}"
    if len(some) == len(rows):
        return head
    _level, one, many = next(names for names in _LEVELS.values() if names[0] == rows[0]["level"])
    is_feminine = one == _LEVELS["epci"][1]
    concerned = "concerné" + ("e" if is_feminine else "") + ("s" if len(some) > 1 else "")
    return f"{number(len(some))} {one if len(some) < 2 else many} sur {number(len(rows))} {concerned}, {head}"


def _extremes_text(rows: list[FrameRow], indicator: Indicator) -> str:
    most, least = rows[0], rows[-1]
    write = indicator.unit.value_text
    if write(most["value"]) == write(least["value"]):
        return f"{write(most['value'])} partout"
    return f"de {write(least['value'])} ({least['name']}) à {indicator.unit.text(most['value'])} ({most['name']})"


def describe_ranks(frame: pd.DataFrame, indicator: Indicator) -> str:
    listed = f"{NARROW}; ".join(f"{row['name']} {indicator.unit.value_text(row['value'])}" for row in records(frame))
    whole = frame.attrs["whole"]
    line = "" if whole is None else f" Ligne de la Région{NARROW}: {indicator.unit.value_text(whole)}."
    return f"Barres par territoire, {indicator.label}{NARROW}: {listed}.{line}"


def ranks_note(frame: pd.DataFrame, indicator: Indicator) -> str:
    """How many territories have no value, and why some values are without private places."""
    unknown = sum(value is None for value in frame["value"].tolist())
    parts = [
        count(unknown, "territoire sans valeur", "territoires sans valeur") if unknown else "",
        confidentiality_note(indicator, frame["remark"].tolist()),
    ]
    return " · ".join(part for part in parts if part)


def ranks_chart(indicator: Indicator) -> Chart | None:
    """The chart `rang-<indicator>`; None for an indicator without territories."""
    if set(territory_groupings(indicator)) != set(_LEVELS):
        return None
    style = RankStyle(indicator.unit, REGION, theme_colour(indicator))
    return Chart(
        slug=f"rang-{indicator.slug}",
        subtitle=f"{indicator.label}, par territoire, de la valeur la plus haute à la plus basse",
        read=partial(read_ranks, indicator=indicator),
        finding=partial(ranks_finding, indicator=indicator),
        describe=partial(describe_ranks, indicator=indicator),
        draw=partial(draw_ranks, style=style),
        office=OfficeChart("bar", ("name",), ("value",)),
        columns=(
            TableColumn("name", "Territoire"),
            TableColumn("level", "Niveau"),
            TableColumn("value", indicator.label, "value", indicator.unit),
            *remark_columns(indicator),
        ),
        indicators=(indicator.slug,),
        empty_message=nothing_to_show(indicator),
        read_empty_cause=read_territory_reason(indicator),
        drill=Drill(("dep", "epci"), indicator=indicator.slug),
        note=partial(ranks_note, indicator=indicator),
        height=height_of_rows(1.8, 3),
        pages=(f"/indicateurs/{indicator.slug}",),
    )
