"""Visits département by département, on the same axes."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.attendance import HALF
from dashboard.charts.model import Chart
from dashboard.charts.words import when_words, where_words
from dashboard.exports.columns import TableColumn
from dashboard.figures.base import records, sums_by
from dashboard.figures.multiples import Look, draw_multiples
from data.facts.aggregate import over_months, whole_months
from data.facts.comparable import read_declaring
from data.facts.privacy import reveals
from data.i18n import NARROW, count, in_name, month_long, number, sentence_list
from data.queries.attendance import Visits, read_visits_by_departement
from data.selection import Known, Selection
from data.types import day_of, month_after, months_between
from data.units import PLACES, SHARE, VISITS

MONTHS = 24
TOO_FEW = "trop peu de lieux"
_HOVER = f"%{{x|%B\u00a0%Y}}<br>Visites déclarées{NARROW}: %{{y}}<br>Lieux ayant répondu{NARROW}: %{{text}}"
_NOTHING = Visits(None, 0, 0, 0)
_NAMES = [
    "panel",
    "code",
    "month",
    "day",
    "value",
    "reports",
    "expected",
    "answered",
    "rate",
    "weak",
    "words",
    "remark",
]


def read_departements(connection: Connection, selection: Selection, known: Known) -> pd.DataFrame:
    """One row per département with something declared or expected and month: the last 24 whole months of the period.

    `panel` (its name), `code`, `month`, `day` (the first of the month), `value` (visits; None when nobody declared, or
    all along when the département's total would reveal a private place: `remark` says so), `reports`, `expected`,
    `answered`, `rate`, `weak` (fewer than half answered), `words`. Empty when nothing was declared.
    """
    first, last = whole_months(selection.since, selection.until)
    first = max(first or 0, month_after(last, 1 - MONTHS))
    if first > last:
        return pd.DataFrame(columns=_NAMES, dtype=object)
    shown = over_months(selection, first, last)
    found = read_visits_by_departement(connection, shown)
    declared = [month for (_dep, month), one in found.items() if one.visits is not None]
    if not declared:
        return pd.DataFrame(columns=_NAMES, dtype=object)
    places = read_declaring(connection, shown)
    rows = [
        (
            known.label("dep", dep),
            dep,
            *_row(month, found.get((dep, month), _NOTHING), reveals(*places.get(dep, (0, 0)))),
        )
        for dep in sorted({dep for dep, _month in found})
        for month in months_between(min(declared), last)
    ]
    return pd.DataFrame(rows, columns=_NAMES, dtype=object)


def _row(month: int, one: Visits, hidden: bool) -> tuple[Any, ...]:
    rate = one.answered / one.expected if one.expected else None
    value = None if hidden else one.visits
    answers = f"{number(one.answered)} sur {number(one.expected)}" if one.expected else "aucun attendu"
    return (
        *(month, day_of(month * 100 + 1), value, one.reports, one.expected, one.answered, rate),
        rate is not None and rate < HALF,
        answers,
        TOO_FEW if hidden else "",
    )


def find_departements(frame: pd.DataFrame) -> str:
    """Where most visits of the last twelve months were declared, and where the fewest."""
    since = month_after(max(frame["month"].tolist()), -11)
    sums = sums_by(frame[(frame["month"] >= since) & frame["value"].notna()], "panel", "value")
    if not sums:
        return "Trop peu de lieux ont déclaré des visites pour les montrer par département"
    most, least = (pick(sums, key=lambda name: sums[name]) for pick in (max, min))
    if most == least:
        return f"{VISITS.text(sums[most])} en douze mois {in_name(most)}"
    return f"En douze mois, de {VISITS.text(sums[most])} {in_name(most)} à {number(sums[least])} {in_name(least)}"


def describe_departements(frame: pd.DataFrame) -> str:
    """The text alternative."""
    rows = [row for row in records(frame) if row["value"] is not None]
    panels = len(frame["panel"].unique())
    text = (
        f"{count(panels, 'courbe', 'courbes')} des visites déclarées par mois, une par département, aux mêmes échelles."
    )
    if not rows:
        return text
    most, least = (pick(rows, key=lambda row: row["value"]) for pick in (max, min))
    named = [f"{row['panel']}, {month_long(row['month'])} ({VISITS.text(row['value'])})" for row in (most, least)]
    return f"{text} Maximum{NARROW}: {named[0]}{NARROW}; minimum{NARROW}: {named[1]}."


def note_departements(frame: pd.DataFrame) -> str:
    """Whose visits are not shown, and why."""
    hidden = list(dict.fromkeys(row["panel"] for row in records(frame) if row["remark"]))
    why = "un ou deux lieux déclarants dont un privé, visites non montrées (confidentiel)"
    return f"{sentence_list(hidden)}{NARROW}: {why}" if hidden else ""


def nothing_recent(selection: Selection, known: Known) -> str:
    """Why there is no curve."""
    where, when = where_words(selection, known), when_words(selection)
    return f"Aucune visite déclarée {where} pour l’un des {MONTHS} derniers mois entiers {when}"


CHARTS = (
    Chart(
        slug="visites-par-departement",
        measured=(
            f"Visites déclarées par mois, {MONTHS} derniers mois entiers{NARROW}; point creux{NARROW}: moins de la "
            f"moitié des lieux attendus ont répondu"
        ),
        read=read_departements,
        finding=find_departements,
        describe=describe_departements,
        draw=lambda frame: draw_multiples(frame, Look(hover=_HOVER)),
        columns=(
            TableColumn("panel", "Département"),
            TableColumn("month", "Mois", "month"),
            TableColumn("value", "Visites", "value", VISITS),
            TableColumn("reports", "Lieux déclarants", "value", PLACES),
            TableColumn("expected", "Lieux labellisés attendus", "value", PLACES),
            TableColumn("answered", "Lieux attendus qui ont répondu", "value", PLACES),
            TableColumn("rate", "Taux de réponse", "value", SHARE),
            TableColumn("remark", "Remarque"),
        ),
        indicators=("visites", "taux-reponse"),
        nothing=nothing_recent,
        note=note_departements,
        pages=("/frequentation",),
    ),
)
