"""Changes of an indicator in its unit, periods, and round scales."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.charts.indicator_frames import period_of_key
from dashboard.charts.trend_phrases import (
    change_phrase,
    judged_change,
    judgement,
    named_value,
    short_change,
    trend_text,
)
from dashboard.components.sparkline import sparkline_bars, sparkline_curve
from dashboard.elements.tags import Element
from dashboard.figures.scales import scale
from data.indicators import indicator_named
from data.indicators.aid import AIDES_VOTEES
from data.indicators.label import LIEUX_LABELLISES
from data.model.facts import MeasuredValue
from data.queries.trend import a_year_earlier, no_comparison_reason, series_grouping
from data.selection import Selection
from data.units import CHANGE, DAYS, EUROS, PER_100000, PLACES, PLACES_PER_MONTH, SHARE, Unit


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


@pytest.mark.parametrize(
    ("unit", "now", "before", "phrase", "short"),
    [
        (PLACES, 34, 28, "en hausse de 6", "+6"),
        (PLACES, 28, 34, "en baisse de 6", "−6"),
        (PLACES, 34, 34, "stable", "stable"),
        (SHARE, 0.34, 0.3, "en hausse de 4 points", "+4 points"),
        (SHARE, 0.344, 0.336, "stable", "stable"),  # both are written 34 %
        (SHARE, 0.346, 0.344, "en hausse de 1 point", "+1 point"),  # 35 % after 34 %
        (CHANGE, -0.31, 0.02, "en baisse de 33 points", "−33 points"),
        (EUROS, 1_250_000, 50_000, "en hausse de 1,2 M€", "+1,2 M€"),
        (DAYS, 171, 183, "en baisse de 12 jours", "−12 jours"),
        (PER_100000, 1.04, 1.01, "stable", "stable"),
        (PLACES_PER_MONTH, 0.58, 0, "en hausse de 0,58", "+0,58"),
    ],
)
def test_a_change_is_in_the_unit(unit: Unit, now: float, before: float, phrase: str, short: str) -> None:
    assert plain(change_phrase(unit, now, before)) == phrase
    assert plain(short_change(unit, now, before)) == short


def test_only_a_declared_direction_is_judged() -> None:
    delay = indicator_named("delai-labellisation")
    assert delay is not None
    assert judgement(LIEUX_LABELLISES, 34, 28) == "mieux"
    assert judgement(LIEUX_LABELLISES, 28, 34) == "moins bien"
    assert judgement(LIEUX_LABELLISES, 28, 28) == ""
    assert judgement(delay, 171, 183) == "mieux"
    assert judgement(AIDES_VOTEES, 2, 1) == ""
    assert judged_change(delay, 171, 183, "en un an") == ", en baisse de 12 jours en un an, ce qui est mieux"
    assert plain(judged_change(AIDES_VOTEES, 2000, 1000, "en un an")) == ", en hausse de 1 000 € en un an"


def test_a_label_that_names_what_is_counted_is_not_repeated() -> None:
    delay = indicator_named("delai-labellisation")
    assert delay is not None
    assert named_value(LIEUX_LABELLISES, 34) == "34"
    assert named_value(delay, 183) == "183 jours"


def test_a_year_earlier_keeps_ends_of_months_and_open_starts() -> None:
    leap = Selection((), None, date(2021, 2, 28))
    assert (a_year_earlier(leap).since, a_year_earlier(leap).until) == (None, date(2020, 2, 29))
    span = Selection((), date(2019, 3, 15), date(2020, 6, 10), True)
    assert (a_year_earlier(span).since, a_year_earlier(span).until) == (date(2018, 3, 15), date(2019, 6, 10))


def test_what_does_not_compare_says_why() -> None:
    reasons = {slug: no_comparison_reason(indicator_named(slug)) for slug in ("visites", "epn", "taux-reponse")}  # type: ignore[arg-type]
    assert reasons == {
        "visites": "les lieux qui déclarent ne sont pas les mêmes",
        "epn": "ces lignes n’ont pas de date",
        "taux-reponse": None,
    }


@pytest.mark.parametrize(
    ("slug", "key"),
    [
        ("lieux-labellises", "mois"),
        ("visites", "mois"),
        ("aides-votees", "annee"),
        ("effet-levier", "annee"),
        ("epn", ""),
    ],
)
def test_a_series_is_by_the_periods_that_read_best(slug: str, key: str) -> None:
    grouping = series_grouping(indicator_named(slug))  # type: ignore[arg-type]
    assert (grouping.key if grouping else "") == key


@pytest.mark.parametrize(
    ("key", "flow", "stock", "is_whole"),
    [
        ("2020-03", "en mars 2020", "fin mars 2020", True),
        ("2020-06", "en juin 2020 (au 10/06)", "au 10 juin 2020", False),
        ("2019", "en 2019 (du 15/03)", "fin 2019", False),
    ],
)
def test_a_period_says_which_part_is_counted(key: str, flow: str, stock: str, is_whole: bool) -> None:
    period = period_of_key(key, Selection((), date(2019, 3, 15), date(2020, 6, 10), True))
    assert (period.flow_text, period.is_whole) == (flow, is_whole)
    assert not period.is_month or period.stock_text == stock


@pytest.mark.parametrize(
    ("values", "unit", "texts"),
    [
        ([34.0, 50.0], PLACES, "0 20 40"),
        ([1.0], PLACES, "0 1"),
        ([0.0], PLACES, "0 1"),
        ([0.03, 0.01], SHARE, "0 % 1 % 2 % 3 %"),
        ([0.68], SHARE, "0 % 20 % 40 % 60 %"),
        ([-0.31, 0.21], CHANGE, "−20 % 0 % +20 %"),
        ([223_700.0], EUROS, "0 € 100 k€ 200 k€"),
        ([2_500_000.0], EUROS, "0 € 1,0 M€ 2,0 M€"),
        ([183.0], DAYS, "0 50 100 150 200"),
    ],
)
def test_scales_are_round_and_written_in_the_unit(values: list[float], unit: Unit, texts: str) -> None:
    axis = scale(values, unit, ticks=4)
    assert plain(" ".join(axis["ticktext"])) == texts
    assert axis["range"][0] <= 0 <= axis["range"][1]
    assert axis["range"][0] <= min(values) <= max(values) <= axis["range"][1]


def known(value: float | None, reason: str | None = None) -> MeasuredValue:
    return MeasuredValue(value, reason)


@pytest.mark.parametrize(
    ("since", "now", "before", "text"),
    [
        (None, known(34), known(28), "+6 en un an, c’est mieux"),
        (None, known(28), known(28), "stable en un an"),
        (None, known(34), known(None, "rien avant"), "sans comparaison : rien avant"),
        (None, known(None, "registre non chargé"), known(None, "x"), "non calculable : registre non chargé"),
        (date(2019, 1, 1), known(34), known(28), "+6 en un an, c’est mieux"),  # in force at a date: no start
    ],
)
def test_a_trend_says_with_what_it_compares(
    since: date | None, now: MeasuredValue, before: MeasuredValue, text: str
) -> None:
    selection = Selection((), since, date(2020, 12, 31), True)
    assert plain(trend_text(LIEUX_LABELLISES, now, before, selection)) == text


def test_a_trend_of_a_flow_with_a_start_names_the_period() -> None:
    selection = Selection((), date(2019, 1, 1), date(2020, 12, 31), True)
    text = plain(trend_text(AIDES_VOTEES, known(2000), known(3000), selection))
    assert text == "−1 000 € par rapport à la même période, un an plus tôt"


def paths_of(drawing: Element) -> list[str]:
    return [each.attributes["d"] for each in drawing.children]  # type: ignore[union-attr]


def test_a_sparkline_starts_at_zero_and_breaks_at_unknown_values() -> None:
    drawing = sparkline_curve([0, 10, None, 5], "Évolution")
    assert paths_of(drawing) == ["M3 25L38.3 3M109 14", "M109 14h0"]
    assert (drawing.attributes["role"], drawing.attributes["aria_label"]) == ("img", "Évolution")


def test_a_sparkline_of_bars_has_a_hollow_one_for_a_part_of_a_year() -> None:
    whole, part = paths_of(sparkline_bars([5, 10, 2.5], "Évolution", is_last_whole=False))
    assert whole == "M3 25V14h11.2V25zM19 25V3h11.2V25z"
    assert part == "M35 25V19.5h11.2V25z"
    assert len(paths_of(sparkline_bars([-1, 1], "Évolution", is_last_whole=True))) == 1
