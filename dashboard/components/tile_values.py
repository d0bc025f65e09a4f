"""The values of tiles for a selection; here those that several pages show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection

from dashboard.charts.phrases import MAX_ON_TRACK_GAP, capitalised, gap_text, past_target_text, period_text
from data.facts.suppression import omission_text
from data.i18n import NARROW, agree, count, day_short, month_long, number, percent
from data.indicators import Indicator
from data.indicators.aid import AIDES_VOTEES
from data.indicators.attendance import TAUX_REPONSE, VISITES
from data.indicators.label import LIEUX_LABELLISES
from data.model.facts import MeasuredValue
from data.queries.attendance import Visits, read_visits_by_month
from data.queries.comparable_places import last_months_of_period, read_declarations
from data.queries.indicators import read_value
from data.queries.sources import missing_source_reason
from data.queries.suppression import count_omitted_places
from data.queries.target_position import TargetPosition
from data.queries.targets import Target
from data.selection import Selection
from data.selection.periods import over_months, over_year, whole_months, year_before
from data.types import month_number, months_between

Tone = Literal["good", "late", "neutral"]  # late: only against a voted target


@dataclass(frozen=True)
class Tile:
    """One tile. `query` is that of the rows behind its number; `share` is the length of its bar (None: no bar);
    `comparison` are values to read it by, each with its label: « Normandie », « 62 % ».
    """

    indicator: Indicator
    label: str
    value: str
    unit: str
    status: str
    query: str
    tone: Tone = "neutral"
    share: float | None = None
    comparison: tuple[tuple[str, str], ...] = ()

    @property
    def slug(self) -> str:
        """The slug of its indicator, in ids and links."""
        return self.indicator.slug

    @property
    def name(self) -> str:
        """The label of its indicator, without the period of the tile's label."""
        return self.indicator.label


def labelled_tile(selection: Selection, position: TargetPosition) -> Tile:
    """Labelled places, compared with their target."""
    labelled, target = position.labelled, position.target
    base = Tile(
        LIEUX_LABELLISES,
        label="Tiers-lieux labellisés",
        value=number(labelled),
        unit="",
        status=capitalised(position.no_target_reason),
        query=selection.to_query(),
    )
    if target is None:
        return base
    tone, status = _tone_and_status(selection, position, target)
    return replace(base, unit=f"/ {number(target.value)}", share=labelled / target.value, tone=tone, status=status)


def _tone_and_status(selection: Selection, position: TargetPosition, target: Target) -> tuple[Tone, str]:
    labelled = position.labelled
    if position.at_due is not None:
        return "neutral", past_target_text(position.at_due, target.due, target.value)
    if labelled >= target.value:
        return "good", "Objectif atteint"
    expected = target.expected_at(selection.until)
    if expected is None:
        return "neutral", f"Objectif fixé au {day_short(target.due)}"
    return "late" if labelled - expected <= -MAX_ON_TRACK_GAP else "good", gap_text(labelled, expected)


def voted_tile(connection: Connection, selection: Selection) -> Tile:
    """Aid of the period, and of its last twelve months."""
    amount = read_value(connection, AIDES_VOTEES, selection).value
    status = "Leviers Émergence et Services numériques innovants"
    if selection.since is None or selection.since <= year_before(selection.until):
        recent = read_value(connection, AIDES_VOTEES, over_year(selection))
        status = f"Dont {AIDES_VOTEES.unit.text(recent.value)} sur les douze derniers mois"
    return Tile(
        AIDES_VOTEES,
        label="Aides votées (leviers)",
        value=AIDES_VOTEES.unit.value_text(amount),
        unit=period_text(selection),
        status=status,
        query=selection.to_query(),
    )


def visits_tile(connection: Connection, selection: Selection) -> Tile:
    """The last whole month with a declaration, in the unit selected; later months without declaration are named, never
    shown as zero.
    """
    indicator = VISITES.in_selected_unit(selection)
    months = read_visits_by_month(connection, selection)
    declared = [month for month, visits in months.items() if visits.visits is not None]
    if not declared:
        reason = read_value(connection, VISITES, selection).reason
        return Tile(indicator, indicator.label, "—", "", capitalised(reason or ""), selection.to_query())
    month = declared[-1]
    last = months[month]
    status = [
        capitalised(missing_source_reason(connection, TAUX_REPONSE.required_sources) or _declarations_text(last)),
        *([omission_text(last.omitted)] if last.omitted else []),
    ]
    if months_between(month, whole_months(None, selection.until)[1])[1:]:
        status.append("rien de déclaré depuis")
    return Tile(
        indicator,
        label=f"{indicator.label}, {month_long(month)}",
        value=number(last.visits or 0),
        unit=agree(last.visits or 0, indicator.unit.singular, indicator.unit.plural),
        status=f"{NARROW}; ".join(status),
        query=over_months(selection, month, month).to_query(),
    )


def _declarations_text(month: Visits) -> str:
    """« 26 lieux sur 34 ont répondu (76 %) »."""
    if not month.expected:
        return "Aucun lieu labellisé n’était attendu"
    have = "a" if month.answered < 2 else "ont"
    places = f"{count(month.answered, 'lieu', 'lieux')} sur {number(month.expected)} {have} répondu"
    return f"{places} ({percent(month.answered / month.expected)})"


def response_tile(connection: Connection, selection: Selection) -> Tile:
    """The response rate over the last twelve whole months of the period."""
    period = last_months_of_period(selection)
    if period is None:
        reason = "aucun mois entier dans la période"
        return Tile(TAUX_REPONSE, TAUX_REPONSE.label, "—", "", capitalised(reason), selection.to_query())
    length = len(months_between(month_number(period.since or period.until), month_number(period.until)))
    answered, expected = read_declarations(connection, period)
    rate = answered / expected if expected else None
    reading = read_value(connection, TAUX_REPONSE, period)
    omitted = count_omitted_places(connection, "expected", period).get((), 0)
    status = [
        _missing_declarations_text(reading, answered, expected),
        *([omission_text(omitted)] if omitted and rate is not None else []),
    ]
    return Tile(
        TAUX_REPONSE,
        label=f"{TAUX_REPONSE.label}, {count(length, 'dernier mois', 'derniers mois')}",
        value=TAUX_REPONSE.unit.value_text(rate),
        unit="",
        status=f"{NARROW}; ".join(status),
        query=period.to_query(),
        share=rate,
    )


def _missing_declarations_text(reading: MeasuredValue, answered: int, expected: int) -> str:
    if not expected:
        return capitalised(reading.reason or "")
    if answered == expected:
        return "Toutes les déclarations attendues sont arrivées"
    return count(expected - answered, "déclaration attendue manque", "déclarations attendues manquent")


def indicator_tile(
    connection: Connection, selection: Selection, indicator: Indicator, label: str = "", *, has_bar: bool = False
) -> Tile:
    """The value of an indicator, with its reason when unknown, else its note; `has_bar` for a share."""
    reading = read_value(connection, indicator, selection)
    return Tile(
        indicator,
        label=label or indicator.label,
        value=indicator.unit.value_text(reading.value),
        unit="",
        status=capitalised(reading.reason or reading.note or ""),
        query=selection.to_query(),
        share=float(reading.value) if has_bar and reading.value is not None else None,
    )
