"""Phrases about a change between two values of an indicator, in its unit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from data.i18n import MINUS, NARROW, count, fold
from data.model.facts import MeasuredValue
from data.model.indicators import Indicator
from data.selection import Selection
from data.units import DAYS, Unit


def named_value(indicator: Indicator, value: float) -> str:
    """The value with what is counted, unless the label of the indicator, which comes before, names it: « 34 »."""
    unit = indicator.unit
    is_named = bool(unit.plural) and fold(unit.plural) in fold(indicator.label)
    return unit.value_text(value) if is_named else unit.text(value)


def change_amount(unit: Unit, change: float) -> str:
    """The size of a change, without its sign: « 6 », « 4 points » of percents, « 12 jours », « 1,2 M€ »; empty when it
    rounds to nothing.
    """
    size = abs(change)
    text = unit.text(size) if unit == DAYS else unit.value_text(size)
    return text if any(digit in text for digit in "123456789") else ""


def share_change_amount(now: float, before: float) -> str:
    """The points between two shares as they are written: 34 % less 30 % is « 4 points », whatever the decimals."""
    points = abs(_percents(now) - _percents(before))
    return count(points, "point", "points") if points else ""


def _percents(share: float) -> int:
    return int((Decimal(str(share)) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def amount_between(unit: Unit, now: float, before: float) -> str:
    """The size of the change from a value to another; empty when they are written alike."""
    if unit.symbol == "%":
        return share_change_amount(now, before)
    return change_amount(unit, now - before)


def change_phrase(unit: Unit, now: float, before: float) -> str:
    """« en hausse de 6 », « en baisse de 4 points », « stable »."""
    amount = amount_between(unit, now, before)
    return f"en {'hausse' if now > before else 'baisse'} de {amount}" if amount else "stable"


def short_change(unit: Unit, now: float, before: float) -> str:
    """« +6 », « −4 points », « stable »."""
    amount = amount_between(unit, now, before)
    return f"{'+' if now > before else MINUS}{amount}" if amount else "stable"


def judgement(indicator: Indicator, now: float, before: float) -> str:
    """« mieux » or « moins bien », where a direction is declared good; empty otherwise, and for what is stable."""
    if indicator.better == "neutral" or not amount_between(indicator.unit, now, before):
        return ""
    return "mieux" if (now > before) is (indicator.better == "higher") else "moins bien"


def trend_text(indicator: Indicator, now: MeasuredValue, before: MeasuredValue, selection: Selection) -> str:
    """« +7 en un an, c’est mieux », « stable en un an », « sans comparaison : ces lignes n’ont pas de date »; without
    value, the reason.
    """
    if now.value is None:
        return f"non calculable{NARROW}: {now.reason}"
    if before.value is None:
        return f"sans comparaison{NARROW}: {before.reason}"
    is_same_start = selection.since is None or indicator.time == "stock"
    when = "en un an" if is_same_start else "par rapport à la même période, un an plus tôt"
    quality = judgement(indicator, now.value, before.value)
    return f"{short_change(indicator.unit, now.value, before.value)} {when}{quality and f', c’est {quality}'}"


def judged_change(indicator: Indicator, now: float, before: float, when: str) -> str:
    """« , en baisse de 12 jours en un an, ce qui est mieux »: what follows a value, with `when` after the change."""
    quality = judgement(indicator, now, before)
    sentence = f", {change_phrase(indicator.unit, now, before)} {when}"
    return f"{sentence}, ce qui est {quality}" if quality else sentence
