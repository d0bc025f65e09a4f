"""Attendance by month, never without its response rate."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.model import Chart, by_unit
from dashboard.charts.words import moved_words, sentence_of, when_words, where_words
from dashboard.exports.columns import TableColumn
from dashboard.figures.base import Row, records
from dashboard.figures.trend import MonthWords, draw_months
from data.facts.suppression import CONFIDENTIALITY_REASON, omission_text
from data.i18n import NARROW, count, month_long
from data.queries.attendance import Visits, read_visits_by_month
from data.queries.suppression import count_omitted_places
from data.selection import FilterOptions, Selection
from data.selection.periods import whole_months
from data.types import month_after, months_between
from data.units import PLACES, SHARE, SHORT_PLACES, Unit

HALF = 0.5
SIMILAR = 0.1  # two months compare when the numbers of places that declared differ by no more
STABLE = 0.05
_NAMES = ["month", "visits", "reports", "expected", "answered", "omitted", "rate"]


def read_visits(connection: Connection, selection: Selection, _known: FilterOptions) -> pd.DataFrame:
    """One row per whole month from the first declaration (or the start of the period): a missing month has its row.

    `month` (yyyymm), `visits` (in the unit selected; None when nobody declared), `reports` (places that declared),
    `expected` (labelled places), `answered` (those of them that declared), `omitted` (private places left out), `rate`
    (None when no place was expected). The attribute `omitted` counts the private places left out of some month. Empty
    when nothing was declared, or can be published.
    """
    found = read_visits_by_month(connection, selection)
    declared = [month for month, one in found.items() if one.visits is not None]
    if not declared:
        return pd.DataFrame(columns=_NAMES, dtype=object)
    first, last = whole_months(selection.since, selection.until)
    rows = [_row(month, found.get(month)) for month in months_between(first or min(declared), last)]
    frame = pd.DataFrame(rows, columns=_NAMES, dtype=object)
    frame.attrs["omitted"] = count_omitted_places(connection, "declared", selection).get((), 0)
    return frame


def _row(month: int, one: Visits | None) -> tuple[Any, ...]:
    if one is None:
        return month, None, 0, 0, 0, 0, None
    return month, *one, one.answered / one.expected if one.expected else None


def find_visits(frame: pd.DataFrame, unit: Unit) -> str:
    """The last month declared, compared with the same month a year before only when that is fair."""
    rows = records(frame)
    last = next(row for row in reversed(rows) if row["visits"] is not None)
    month, visits = month_long(last["month"]), unit.text(last["visits"])
    if month_after(rows[-1]["month"], -1) > last["month"]:
        return f"Aucune {unit.singular} déclarée depuis {month} ({visits} ce mois-là)"
    if last["rate"] is not None and last["rate"] < HALF:
        return f"{month.capitalize()}{NARROW}: {visits}, mais moins de la moitié des lieux ont répondu"
    earlier = next((row for row in rows if row["month"] == last["month"] - 100 and row["visits"]), None)
    if earlier is None or not _fair(last, earlier):
        places = count(last["reports"], "lieu déclarant", "lieux déclarants")
        return f"{month.capitalize()}{NARROW}: {visits} dans {places}"
    return _change(last["visits"] / earlier["visits"] - 1, f"{month}{NARROW}: {visits}", unit)


def _fair(last: Row, earlier: Row) -> bool:
    """Whether two months compare: half of the places answered then too, about as many declared, and as many private
    ones are left out.
    """
    if last["omitted"] != earlier["omitted"]:
        return False
    if earlier["rate"] is not None and earlier["rate"] < HALF:
        return False
    return bool(abs(last["reports"] - earlier["reports"]) <= SIMILAR * earlier["reports"])


def _change(change: float, month: str, unit: Unit) -> str:
    words = sentence_of(moved_words(unit, change, STABLE, declared=True))
    return f"{words} {'sur un an' if abs(change) < STABLE else 'en un an'} ({month})"


def describe_visits(frame: pd.DataFrame, unit: Unit) -> str:
    rows = records(frame)
    known = [row for row in rows if row["visits"] is not None]
    most, least = (pick(known, key=lambda row: row["visits"]) for pick in (max, min))
    named = [f"{month_long(row['month'])} ({unit.text(row['visits'])})" for row in (most, least)]
    missing = len(rows) - len(known)
    gaps = f" {count(missing, 'mois non déclaré', 'mois non déclarés')}." if missing else ""
    ends = " et ".join(month_long(row["month"]) for row in (rows[0], rows[-1]))
    span = f"{NARROW}: maximum {named[0]}, minimum {named[1]}."
    return f"Courbe des {unit.plural} déclarées par mois, entre {ends}{span}{gaps}"


def note_omitted(frame: pd.DataFrame) -> str:
    """The private places left out of some month."""
    omitted = frame.attrs.get("omitted", 0)
    return f"{omission_text(omitted)} certains mois{NARROW}: {CONFIDENTIALITY_REASON}" if omitted else ""


def message_without_declaration(unit: Unit) -> Callable[[Selection, FilterOptions], str]:
    """Why there is no curve."""

    def words(selection: Selection, options: FilterOptions) -> str:
        where, when = where_words(selection, options), when_words(selection)
        return f"Aucune {unit.singular} déclarée que l’on puisse montrer {where} pour un mois entier {when}"

    return words


def _month_words(unit: Unit) -> MonthWords:
    return MonthWords(
        unit,
        value=f"{unit.plural.capitalize()} déclarées",
        places=SHORT_PLACES,
        answered=("a répondu", "ont répondu"),
        weak="Moins de la moitié des lieux ont répondu",
    )


def _visits(unit: Unit) -> Chart:
    return Chart(
        slug="visites-par-mois",
        measured=(
            f"{unit.plural.capitalize()} déclarées, mois entiers{NARROW}; "
            "un mois non déclaré manque, il ne vaut pas zéro"
        ),
        read=read_visits,
        finding=partial(find_visits, unit=unit),
        describe=partial(describe_visits, unit=unit),
        draw=partial(draw_months, words_of=_month_words(unit)),
        columns=(
            TableColumn("month", "Mois", "month"),
            TableColumn("visits", unit.plural.capitalize(), "value", unit),
            TableColumn("reports", "Lieux déclarants", "value", PLACES),
            TableColumn("expected", "Lieux labellisés attendus", "value", PLACES),
            TableColumn("answered", "Lieux attendus qui ont répondu", "value", PLACES),
            TableColumn("rate", "Taux de réponse", "value", SHARE),
            TableColumn("omitted", "Lieux privés non comptés", "value", PLACES),
        ),
        indicators=("visites", "taux-reponse"),
        empty_message=message_without_declaration(unit),
        note=note_omitted,
        pages=("/", "/frequentation"),
    )


CHARTS = (by_unit(_visits),)
