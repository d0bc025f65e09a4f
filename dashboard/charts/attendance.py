"""Attendance by month, never without its response rate."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.model import Chart
from dashboard.charts.words import when_words, where_words
from dashboard.exports.columns import TableColumn
from dashboard.figures.base import Row, records
from dashboard.figures.trend import draw_months
from data.facts.aggregate import whole_months
from data.i18n import NARROW, count, month_long, percent
from data.queries.attendance import Visits, read_visits_by_month
from data.selection import Known, Selection
from data.types import month_after, months_between
from data.units import PLACES, SHARE, VISITS

HALF = 0.5
SIMILAR = 0.1  # two months compare when the numbers of places that declared differ by no more
STABLE = 0.05
_NAMES = ["month", "visits", "reports", "expected", "answered", "rate"]


def read_visits(connection: Connection, selection: Selection, _known: Known) -> pd.DataFrame:
    """One row per whole month from the first declaration (or the start of the period): a missing month has its row.

    `month` (yyyymm), `visits` (None when nobody declared), `reports` (places that declared), `expected` (labelled
    places), `answered` (those of them that declared), `rate` (None when no place was expected).
    Empty when nothing was declared.
    """
    found = read_visits_by_month(connection, selection)
    declared = [month for month, one in found.items() if one.visits is not None]
    if not declared:
        return pd.DataFrame(columns=_NAMES, dtype=object)
    first, last = whole_months(selection.since, selection.until)
    rows = [_row(month, found.get(month)) for month in months_between(first or min(declared), last)]
    return pd.DataFrame(rows, columns=_NAMES, dtype=object)


def _row(month: int, one: Visits | None) -> tuple[Any, ...]:
    if one is None:
        return month, None, 0, 0, 0, None
    return month, *one, one.answered / one.expected if one.expected else None


def find_visits(frame: pd.DataFrame) -> str:
    """The last month declared, compared with the same month a year before only when that is fair."""
    rows = records(frame)
    last = next(row for row in reversed(rows) if row["visits"] is not None)
    month, visits = month_long(last["month"]), VISITS.text(last["visits"])
    if month_after(rows[-1]["month"], -1) > last["month"]:
        return f"Aucune visite déclarée depuis {month} ({visits} ce mois-là)"
    if last["rate"] is not None and last["rate"] < HALF:
        return f"{month.capitalize()}{NARROW}: {visits}, mais moins de la moitié des lieux ont répondu"
    earlier = next((row for row in rows if row["month"] == last["month"] - 100 and row["visits"]), None)
    if earlier is None or not _fair(last, earlier):
        places = count(last["reports"], "lieu déclarant", "lieux déclarants")
        return f"{month.capitalize()}{NARROW}: {visits} dans {places}"
    return _change(last["visits"] / earlier["visits"] - 1, f"{month}{NARROW}: {visits}")


def _fair(last: Row, earlier: Row) -> bool:
    """Whether two months compare: half of the places answered then too, and about as many declared."""
    if earlier["rate"] is not None and earlier["rate"] < HALF:
        return False
    return bool(abs(last["reports"] - earlier["reports"]) <= SIMILAR * earlier["reports"])


def _change(change: float, month: str) -> str:
    if abs(change) < STABLE:
        return f"Les visites déclarées se maintiennent sur un an ({month})"
    verb = "progressent" if change > 0 else "reculent"
    return f"Les visites déclarées {verb} de {percent(abs(change))} en un an ({month})"


def describe_visits(frame: pd.DataFrame) -> str:
    """The text alternative."""
    rows = records(frame)
    known = [row for row in rows if row["visits"] is not None]
    most, least = (pick(known, key=lambda row: row["visits"]) for pick in (max, min))
    named = [f"{month_long(row['month'])} ({VISITS.text(row['visits'])})" for row in (most, least)]
    missing = len(rows) - len(known)
    gaps = f" {count(missing, 'mois non déclaré', 'mois non déclarés')}." if missing else ""
    ends = " et ".join(month_long(row["month"]) for row in (rows[0], rows[-1]))
    return f"Courbe des visites déclarées par mois, entre {ends}{NARROW}: maximum {named[0]}, minimum {named[1]}.{gaps}"


def nothing_declared(selection: Selection, known: Known) -> str:
    """Why there is no curve."""
    where, when = where_words(selection, known), when_words(selection)
    return f"Aucune visite déclarée {where} pour un mois entier {when}"


CHARTS = (
    Chart(
        slug="visites-par-mois",
        measured=f"Visites déclarées, mois entiers{NARROW}; un mois non déclaré manque, il ne vaut pas zéro",
        read=read_visits,
        finding=find_visits,
        describe=describe_visits,
        draw=draw_months,
        columns=(
            TableColumn("month", "Mois", "month"),
            TableColumn("visits", "Visites", "value", VISITS),
            TableColumn("reports", "Lieux déclarants", "value", PLACES),
            TableColumn("expected", "Lieux labellisés attendus", "value", PLACES),
            TableColumn("answered", "Lieux attendus qui ont répondu", "value", PLACES),
            TableColumn("rate", "Taux de réponse", "value", SHARE),
        ),
        indicators=("visites", "taux-reponse"),
        nothing=nothing_declared,
        pages=("/", "/frequentation"),
    ),
)
