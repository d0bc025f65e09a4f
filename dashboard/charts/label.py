"""The label by territory and by year: stocks by département, awards and ends by year, delays."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import partial
from itertools import accumulate
from statistics import median

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill
from dashboard.charts.heights import height_of_panels
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import BLUE, YEAR_BEFORE, FrameRow, records
from dashboard.figures.multiples import CurveStyle, draw_panels
from dashboard.figures.yearly import MedianLabels, draw_label_changes, draw_yearly_medians
from data.i18n import NARROW, count, day_long, day_short, in_territory, number
from data.queries.delays import read_award_delays
from data.queries.label import (
    LabelStartsAndEnds,
    read_label_changes_by_departement,
    read_label_starts_and_ends_by_year,
)
from data.queries.territories import read_selected_departements
from data.selection import FilterOptions, Selection
from data.selection.periods import year_before
from data.types import month_end, month_number
from data.units import CASES, DAYS, PLACES

MAX_CHANGE_DAYS = 60  # in all départements; beyond it, the curve uses the ends of quarters
MIN_CASES = 5  # a median of fewer delays is marked « peu de cas »
MAX_STABLE_CHANGE = 0.1
CHANGE_COLUMNS = (
    TableColumn("began", "Labellisations", "value", PLACES),
    TableColumn("ended", "Sorties", "value", PLACES),
)
MEDIAN_LABELS = MedianLabels(DAYS, "en médiane", CASES, few="peu de cas", none="aucun délai connu")


def read_label_by_departement(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per département of the selection and day on which its stock changes, plus its first and last day.

    `panel` (the département), `day`, `value` (places labelled), `is_weak` (always False), `text` (day and value), `dep`
    (its code).
    Beyond MAX_CHANGE_DAYS days of change in all, the stock is given at the ends of quarters. Empty when no place was
    ever labelled.
    """
    changes = read_label_changes_by_departement(connection, selection)
    change_days = sorted({day for days in changes.values() for day in days})
    start = selection.since or min([*change_days[:1], year_before(selection.until)])
    rows = [
        (departement.name, day, stock, False, f"{day_short(day)}{NARROW}: {PLACES.text(stock)}", departement.code)
        for departement in read_selected_departements(connection, selection)
        for day, stock in _stocks_by_day(
            changes.get(departement.code, {}), start, selection.until, len(change_days) > MAX_CHANGE_DAYS
        )
    ]
    names = ["panel", "day", "value", "is_weak", "text", "dep"]
    return pd.DataFrame(rows if change_days else [], columns=names, dtype=object)


def _stocks_by_day(changes: dict[date, int], start: date, until: date, by_quarter: bool) -> list[tuple[date, int]]:
    """The stock at the start, at each change (or end of a quarter) after it, and at the end."""
    change_days, stocks = list(changes), [0, *accumulate(changes.values())]
    days = {day for day in change_days if day > start}
    if by_quarter:
        quarter_ends = (month_end(month_number(day) // 100 * 100 + (day.month + 2) // 3 * 3) for day in days)
        days = {day for day in quarter_ends if day < until}
    return [(day, stocks[bisect_right(change_days, day)]) for day in sorted({start, *days, until})]


def label_by_departement_finding(frame: pd.DataFrame) -> str:
    """The départements in which the label grew in twelve months; none is called late, since none has a target."""
    gains = {name: _yearly_gain(rows) for name, rows in _rows_by_panel(frame).items()}
    if len(gains) == 1:
        ((name, gain),) = gains.items()
        last = count(records(frame)[-1]["value"], "tiers-lieu labellisé", "tiers-lieux labellisés")
        change = f"{number(abs(gain))} de {'plus' if gain > 0 else 'moins'}" if gain else "autant"
        return f"{name}{NARROW}: {last}, {change} qu’il y a douze mois"
    grown = sum(gain > 0 for gain in gains.values())
    if not grown:
        return f"En douze mois, le label ne progresse dans aucun des {number(len(gains))} départements"
    best = max(gains.values())
    first = [name for name, gain in gains.items() if gain == best]
    most = f", surtout {in_territory(first[0])} (+{number(best)})" if len(first) == 1 < grown else ""
    return (
        f"En douze mois, le label progresse dans {count(grown, 'département', 'départements')} sur {len(gains)}{most}"
    )


def _rows_by_panel(frame: pd.DataFrame) -> dict[str, list[FrameRow]]:
    panels: dict[str, list[FrameRow]] = {}
    for row in records(frame):
        panels.setdefault(row["panel"], []).append(row)
    return panels


def _yearly_gain(rows: list[FrameRow]) -> int:
    """Over the last twelve months, or since the start of the period when it is later."""
    first = max(rows[0]["day"], year_before(rows[-1]["day"]))
    return int(rows[-1]["value"] - next(row["value"] for row in reversed(rows) if row["day"] <= first))


def describe_label_by_departement(frame: pd.DataFrame) -> str:
    final_stocks = [f"{name} {number(rows[-1]['value'])}" for name, rows in _rows_by_panel(frame).items()]
    until = day_long(records(frame)[-1]["day"])
    curves = "Courbes en escalier des tiers-lieux labellisés, une par département."
    return f"{curves} Au {until}{NARROW}: {', '.join(final_stocks)}."


def message_without_award(selection: Selection, options: FilterOptions) -> str:
    return f"Aucun tiers-lieu labellisé {territory_text(selection, options)} {period_text(selection)}"


def read_changes_by_year(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per year of the period from the first with a change, without a gap.

    `year`, `began` and `ended` (labels), `net`, `until` (last day of that year counted), `is_whole`. Empty without any.
    """
    changes = read_label_starts_and_ends_by_year(connection, selection)
    rows = []
    for year in range(min(changes, default=selection.until.year + 1), selection.until.year + 1):
        began, ended = changes.get(year, LabelStartsAndEnds(0, 0))
        until = min(date(year, 12, 31), selection.until)
        is_whole = until == date(year, 12, 31) and (selection.since is None or selection.since <= date(year, 1, 1))
        rows.append((year, began, ended, began - ended, until, is_whole))
    return pd.DataFrame(rows, columns=["year", "began", "ended", "net", "until", "is_whole"], dtype=object)


def label_changes_finding(frame: pd.DataFrame) -> str:
    """The changes of the last year, compared with the year before when both are whole."""
    *earlier, last = records(frame)
    if not last["is_whole"]:
        return f"En {last['year']}, {_changes_text(last)} (compté jusqu’au {day_long(last['until'])})"
    compared = (
        f", contre {number(row['began'])} et {number(row['ended'])} en {row['year']}"
        for row in earlier[-1:]
        if row["is_whole"]
    )
    return "".join([f"En {last['year']}, {_changes_text(last)}", *compared])


def _changes_text(row: FrameRow) -> str:
    if not row["began"] and not row["ended"]:
        return "ni labellisation ni sortie"
    began = count(row["began"], "labellisation", "labellisations") if row["began"] else "aucune labellisation"
    ended = count(row["ended"], "sortie", "sorties") if row["ended"] else "aucune sortie"
    return f"{began} et {ended}"


def describe_label_changes(frame: pd.DataFrame) -> str:
    rows = records(frame)
    years = "; ".join(f"{row['year']}{NARROW}: {_changes_text(row)}" for row in rows).replace(";", f"{NARROW};")
    most = max(rows, key=lambda row: row["began"])
    return f"Barres par année, labellisations vers le haut, sorties vers le bas. {years}. Maximum en {most['year']}."


def message_without_label_change(selection: Selection, options: FilterOptions) -> str:
    return f"Aucune labellisation ni sortie {territory_text(selection, options)} {period_text(selection)}"


def read_label_delays(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per year of the first award, without a gap: `year`, `cases`, `days` (their median, None without any),
    `has_few_cases` (fewer than MIN_CASES), `remark`. Empty when no first award of the period has a known application.
    """
    delays: dict[int, list[int]] = {}
    for year, days in read_award_delays(connection, selection):
        delays.setdefault(year, []).append(days)
    rows = []
    for year in range(min(delays), max(delays) + 1) if delays else ():
        year_delays = delays.get(year, [])
        few = len(year_delays) < MIN_CASES
        rows.append(
            (
                year,
                len(year_delays),
                median(year_delays) if year_delays else None,
                few,
                MEDIAN_LABELS.few if few else "",
            )
        )
    return pd.DataFrame(rows, columns=["year", "cases", "days", "has_few_cases", "remark"], dtype=object)


def label_delays_finding(frame: pd.DataFrame) -> str:
    """The change of the median delay, between the last two years with enough cases."""
    rows = records(frame)
    firm = [row for row in rows if not row["has_few_cases"]]
    if not firm:
        cases = number(sum(row["cases"] for row in rows))
        return f"Délai de labellisation{NARROW}: trop peu de cas chaque année pour conclure, {cases} en tout"
    last = f"{DAYS.text(firm[-1]['days'])} en médiane en {firm[-1]['year']}"
    if len(firm) == 1 or not firm[-2]["days"]:
        return f"Délai de labellisation{NARROW}: {last}"
    change = firm[-1]["days"] / firm[-2]["days"] - 1
    verb = "se maintient" if abs(change) < MAX_STABLE_CHANGE else "s’allonge" if change > 0 else "raccourcit"
    return f"Le délai de labellisation {verb}{NARROW}: {last}, {number(firm[-2]['days'])} en {firm[-2]['year']}"


def describe_label_delays(frame: pd.DataFrame) -> str:
    medians = [
        f"{row['year']} {DAYS.text(row['days'])} ({count(row['cases'], 'cas', 'cas')})"
        for row in records(frame)
        if row["days"] is not None
    ]
    listed = ", ".join(medians)
    return f"Barres du délai médian entre première candidature et première labellisation{NARROW}: {listed}."


def message_without_delay(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucune première labellisation après une candidature connue {where} {when}"


CHARTS = (
    Chart(
        slug="labellisations-par-an",
        subtitle="Labels qui commencent (renouvellements exclus) et labels qui finissent, par année",
        read=read_changes_by_year,
        finding=label_changes_finding,
        describe=describe_label_changes,
        draw=partial(draw_label_changes, names={column.name: column.header for column in CHANGE_COLUMNS}),
        office=OfficeChart("column", ("year",), ("began", "ended")),
        columns=(
            TableColumn("year", "Année", "year"),
            *CHANGE_COLUMNS,
            TableColumn("net", "Solde", "value", PLACES),
            TableColumn("until", "Compté jusqu’au", "day"),
        ),
        indicators=("lieux-labellises", "labellisations-cumulees"),
        drill=Drill(period="year"),
        empty_message=message_without_label_change,
        pages=("/label",),
    ),
    Chart(
        slug="delais-labellisation",
        subtitle="Délai médian entre première candidature et première labellisation, en jours, par année",
        read=read_label_delays,
        finding=label_delays_finding,
        describe=describe_label_delays,
        draw=partial(draw_yearly_medians, labels=MEDIAN_LABELS),
        office=OfficeChart("column", ("year",), ("days",)),
        columns=(
            TableColumn("year", "Année de la labellisation", "year"),
            TableColumn("cases", "Lieux", "value", PLACES),
            TableColumn("days", "Délai médian (jours)", "value", DAYS),
            TableColumn("remark", "Remarque"),
        ),
        indicators=("delai-labellisation",),
        drill=Drill(period="year", indicator="delai-labellisation"),
        empty_message=message_without_delay,
        pages=("/label",),
    ),
    Chart(
        slug="label-par-departement",
        subtitle="Lieux dont le label est en vigueur, par département, aux mêmes échelles",
        read=read_label_by_departement,
        finding=label_by_departement_finding,
        describe=describe_label_by_departement,
        draw=lambda frame: draw_panels(frame, CurveStyle(BLUE, "hv", marks=False, hover=f"%{{text}}{YEAR_BEFORE}")),
        office=OfficeChart("line", ("day",), ("value",), series="panel", connected=True, steps=("value",)),
        columns=(
            TableColumn("panel", "Département"),
            TableColumn("day", "Date", "day"),
            TableColumn("value", "Lieux labellisés", "value", PLACES),
        ),
        indicators=("lieux-labellises",),
        drill=Drill(filters=("dep",), period="day", indicator="lieux-labellises"),
        empty_message=message_without_award,
        height=height_of_panels,
        pages=("/label",),
        time_column="day",
    ),
)
