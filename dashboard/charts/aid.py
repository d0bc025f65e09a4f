"""Aid by scheme and year."""

from __future__ import annotations

from datetime import date
from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.bars import draw_stacked_years
from dashboard.figures.base import sums_by
from data.i18n import NARROW, euros, percent
from data.queries.aid import read_voted_by_year
from data.selection import FilterOptions, Selection
from data.units import EUROS, EXACT_EUROS

DOMINANT_SHARE = 2 / 3
EQUAL_SHARE_RANGE = (0.495, 0.505)  # shares that both round to 50 %
_FRAME_COLUMNS = ["year", "label", "position", "amount", "until", "dispositif"]


def read_aid_by_year(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per year of the vote and scheme of the levers, without a gap: `year`, `label`, `position` (of the scheme
    among all known schemes), `amount` (euros; 0 for a year without votes), `until` (last day of that year counted),
    `dispositif` (its code). Empty without any vote.
    """
    amounts = read_voted_by_year(connection, selection)
    if not amounts:
        return pd.DataFrame(columns=_FRAME_COLUMNS, dtype=object)
    first = selection.since.year if selection.since else min(year for year, _scheme in amounts)
    rows = [
        (
            year,
            options.label("dispositif", scheme),
            options.position("dispositif", scheme),
            amounts.get((year, scheme), 0.0),
            min(date(year, 12, 31), selection.until),
            scheme,
        )
        for scheme in sorted(
            {scheme for _year, scheme in amounts}, key=lambda code: options.position("dispositif", code)
        )
        for year in range(first, selection.until.year + 1)
    ]
    return pd.DataFrame(rows, columns=_FRAME_COLUMNS, dtype=object)


def _scheme_totals(frame: pd.DataFrame) -> list[tuple[str, float]]:
    """Schemes with their sums, largest first."""
    return sorted(sums_by(frame, "label", "amount").items(), key=lambda item: -item[1])


def aid_by_year_finding(frame: pd.DataFrame) -> str:
    """Which scheme carries the aid."""
    totals = _scheme_totals(frame)
    total = sum(amount for _label, amount in totals)
    if not total:
        return "Les aides votées sont toutes d’un montant nul"
    label, amount = totals[0]
    share = amount / total
    if amount == total:
        return f"{euros(amount)} d’aides votées, au titre de «{NARROW}{label}{NARROW}»"
    if len(totals) == 2 and EQUAL_SHARE_RANGE[0] <= share <= EQUAL_SHARE_RANGE[1]:
        return f"Les aides votées se partagent entre «{NARROW}{label}{NARROW}» et «{NARROW}{totals[1][0]}{NARROW}»"
    if share >= DOMINANT_SHARE:
        weight = "porte l’essentiel des aides votées"
    elif share > 1 / 2:
        weight = "porte plus de la moitié des aides votées"
    else:
        weight = "est le premier dispositif d’aide"
    return f"«{NARROW}{label}{NARROW}» {weight} ({percent(share)})"


def describe_aid_by_year(frame: pd.DataFrame) -> str:
    totals = ", ".join(f"{label} {euros(amount)}" for label, amount in _scheme_totals(frame))
    years = sums_by(frame, "year", "amount")
    most, least = (pick(years, key=lambda year: years[year]) for pick in (max, min))
    return (
        f"Barres empilées des montants votés par année et dispositif{NARROW}: {totals}. "
        f"Plus forte année{NARROW}: {most} ({euros(years[most])}){NARROW}; plus faible{NARROW}: "
        f"{least} ({euros(years[least])})."
    )


def message_without_vote(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucune aide votée au titre des leviers {where} {when}"


CHARTS = (
    Chart(
        slug="aides-par-dispositif",
        subtitle="Montants votés par la Région au titre des deux leviers, par année du vote",
        read=read_aid_by_year,
        finding=aid_by_year_finding,
        describe=describe_aid_by_year,
        draw=partial(draw_stacked_years, unit=EUROS),
        office=OfficeChart("column", ("year",), ("amount",), series="label", position="position", stacked=True),
        columns=(
            TableColumn("year", "Année du vote", "year"),
            TableColumn("label", "Dispositif"),
            TableColumn("amount", "Montant voté", "value", EXACT_EUROS),
            TableColumn("until", "Compté jusqu’au", "day"),
        ),
        indicators=("aides-votees",),
        drill=Drill(filters=("dispositif",), period="year", listing="dossiers"),
        empty_message=message_without_vote,
        pages=("/", "/aides"),
    ),
)
