"""The entries of the dictionary: each indicator with its value, its trend, its definition and its last fact."""

from __future__ import annotations

from dashboard.charts.indicator_frames import period_of_key
from dashboard.charts.phrases import capitalised, unused_filters_text
from dashboard.charts.trend_phrases import trend_text
from dashboard.components.page import filtered_href
from dashboard.components.source_line import last_fact_text
from dashboard.components.sparkline import sparkline_bars, sparkline_curve
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW
from data.indicators import INDICATORS, Indicator
from data.queries.trend import Trend, read_trend
from data.selection import Selection

PATH = "/indicateurs"
MAX_POINTS = 60  # of a sparkline: five years of months


def theme_section(page_request: PageRequest, theme: str, title: str) -> Element:
    """The indicators of a theme, in the order of the dictionary."""
    entries = [_entry(page_request, indicator) for indicator in INDICATORS if indicator.theme == theme]
    return tags.Section(
        [tags.H2(title), tags.Dl(entries, className="definitions dictionary")],
        className="panel",
        id=f"theme-{theme}",
    )


def _entry(page_request: PageRequest, indicator: Indicator) -> Element:
    selection = page_request.selection
    indicator = indicator.in_selected_unit(selection)
    trend = read_trend(page_request.connection, indicator, selection, page_request.options)
    href = filtered_href(f"{PATH}/{indicator.slug}", selection.to_query())
    unit = f" ({indicator.unit.symbol})" if indicator.unit.symbol else ""
    foot = (
        trend.value.note,
        last_fact_text(page_request.provenance, indicator.sources),
        unused_filters_text(selection, indicator.filters),
    )
    return tags.Div(
        [
            tags.Dt(tags.A(indicator.label, href=href, id=f"dictionary-{indicator.slug}")),
            tags.Dd(_figures(indicator, trend, selection), className="dictionary-figures"),
            tags.Dd([indicator.definition, tags.Span(unit, className="muted")]),
            tags.Dd(capitalised(" · ".join(text for text in foot if text)), className="dictionary-foot"),
        ]
    )


def _figures(indicator: Indicator, trend: Trend, selection: Selection) -> list[Element | None]:
    return [
        tags.Span(indicator.unit.text(trend.value.value), className="dictionary-value"),
        _sparkline(indicator, trend, selection),
        tags.Span(
            capitalised(trend_text(indicator, trend.value, trend.before, selection)), className="dictionary-trend"
        ),
    ]


def _sparkline(indicator: Indicator, trend: Trend, selection: Selection) -> Element | None:
    """The last values by month or by year; nothing for fewer than two, or for zeros alone."""
    recent = [(period_of_key(key, selection), reading.value) for key, reading in trend.series.items()][-MAX_POINTS:]
    known = [(period, value) for period, value in recent if value is not None]
    if len(known) < 2 or not any(value for _period, value in known):
        return None
    ends = [
        f"{indicator.unit.text(value)} {period.stock_text if indicator.time == 'stock' else period.flow_text}"
        for period, value in (known[0], known[-1])
    ]
    values, last = [value for _period, value in recent], recent[-1][0]
    label = f"Évolution{NARROW}: {ends[0]}, {ends[1]}"
    if last.is_month:
        return sparkline_curve(values, label)
    return sparkline_bars(values, label, is_last_whole=last.is_whole)
