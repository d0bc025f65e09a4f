"""Every indicator side by side: a card each, its bars on one scale, the whole Région, and what differs notably."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from dashboard.charts.compared_phrases import difference_sentences, rate_text, short_names, subject_names
from dashboard.charts.compared_table import COMPARISON_TABLE
from dashboard.charts.phrases import add_other_filters, capitalised
from dashboard.components.page import filtered_href
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.pages.compare.chooser import tone_class
from dashboard.pages.indicators.page import THEMES
from dashboard.requests.page_request import PageRequest
from dashboard.urls import EXPORTS_PATH
from data.i18n import NARROW, number
from data.indicators import INDICATORS, Indicator
from data.model.cases import RateInterval
from data.model.facts import Measure, MeasuredValue, Total
from data.queries.compared import ComparedIndicator, is_comparable, read_compared_indicator
from data.selection import MIN_COMPARED_ITEMS

REGION_LABEL, REGION_TONE = "Normandie", "tone-region"
METHOD = (
    f"Une différence est dite notable quand les marges d’erreur à 95{NARROW}% ne se recouvrent pas. Les nombres de "
    f"lieux, de dossiers ou d’actions sont rapportés à 100{NARROW}000 habitants. Montants, délais, visites et taux de "
    "réponse n’ont pas de marge calculable ici\u202f: ils sont montrés sans être classés."
)


def read_compared_indicators(page_request: PageRequest) -> list[ComparedIndicator]:
    """Every indicator that has the breakdown of what is compared, in the order of the dictionary."""
    connection, selection, options = page_request.connection, page_request.selection, page_request.options
    return [
        read_compared_indicator(connection, indicator, selection, options)
        for indicator in INDICATORS
        if is_comparable(indicator, selection)
    ]


def compared_indicators(page_request: PageRequest) -> list[Element]:
    """A section for each theme; nothing until two items are chosen."""
    if len(page_request.selection.compared) < MIN_COMPARED_ITEMS:
        return []
    found = read_compared_indicators(page_request)
    themes = [theme for theme in THEMES if any(one.indicator.theme == theme for one in found)]
    links = [tags.Li(tags.A(THEMES[theme], href=f"#compared-{theme}")) for theme in themes]
    return [
        tags.Nav(tags.Ul(links), className="pager themes no-print", aria_label="Thèmes"),
        tags.P([METHOD, *_export_links(page_request)], className="muted compared-method"),
        *(_theme(page_request, theme, [one for one in found if one.indicator.theme == theme]) for theme in themes),
    ]


def _export_links(page_request: PageRequest) -> list[Element | str]:
    """Files of the whole comparison, with their passport."""
    query = page_request.selection.to_query()
    links = [
        tags.A(extension.upper(), href=filtered_href(f"{EXPORTS_PATH}{COMPARISON_TABLE.slug}.{extension}", query))
        for extension in ("xlsx", "csv")
    ]
    return [" Toute la comparaison en un fichier\u202f: ", links[0], ", ", links[1], "."]


def _theme(page_request: PageRequest, theme: str, found: Sequence[ComparedIndicator]) -> Element:
    shown = [one for one in found if _is_known(one)]
    unknown = [one for one in found if not _is_known(one)]
    return tags.Section(
        [
            tags.H2(THEMES[theme]),
            tags.Div([_card(page_request, one) for one in shown], className="compared-cards"),
            *_unknown(page_request, unknown),
        ],
        className="compared-theme",
        id=f"compared-{theme}",
    )


def _is_known(compared: ComparedIndicator) -> bool:
    return any(value.value is not None for value in compared.values)


def _unknown(page_request: PageRequest, found: Sequence[ComparedIndicator]) -> list[Element]:
    """The indicators without a value for any item, each with its reasons."""
    if not found:
        return []
    items = []
    for one in found:
        reasons = dict.fromkeys(value.reason or "" for value in one.values)
        link = tags.A(one.indicator.label, href=_sheet_href(page_request, one.indicator))
        items.append(tags.Li([link, f"{NARROW}: {' ; '.join(reasons)}"]))
    return [tags.P("Sans valeur ici", className="compared-unknown-title"), tags.Ul(items, className="compared-unknown")]


def _sheet_href(page_request: PageRequest, indicator: Indicator) -> str:
    query = page_request.selection.without_comparison().to_query()
    return filtered_href(f"/indicateurs/{indicator.slug}", query)


def _card(page_request: PageRequest, compared: ComparedIndicator) -> Element:
    selection, options, indicator = page_request.selection, page_request.options, compared.indicator
    title = add_other_filters(indicator.label, selection, options, (indicator.slug,))
    scale = _Scale(compared)
    rows = [
        _Row(
            name,
            tone_class(page_request, item),
            compared.values[position],
            compared.rates[position],
            _rank_text(compared, position),
        )
        for position, (item, name) in enumerate(zip(compared.items, short_names(selection, options), strict=True))
    ]
    region = _Row(REGION_LABEL, REGION_TONE, compared.regional, compared.regional_rate)
    sentences = difference_sentences(compared, subject_names(selection, options))
    return tags.Article(
        [
            tags.H3(tags.A(title, href=_sheet_href(page_request, indicator))),
            tags.Ul([_row_element(scale, row) for row in (*rows, region)], className="compared-rows"),
            *([tags.P(f"{'. '.join(sentences)}.", className="compared-verdict")] if sentences else []),
        ],
        className="compared-card",
    )


def _rank_text(compared: ComparedIndicator, position: int) -> str:
    """« 1er », « 2e »; empty for an item that is not notably apart from all others."""
    rank = compared.rank(position)
    return "" if rank is None else "1er" if rank == 1 else f"{number(rank)}e"


class _Scale:
    """The common scale of the bars of an indicator: rates where a count has them, else values. The total of the Région
    has no bar: it would flatten all others.
    """

    def __init__(self, compared: ComparedIndicator) -> None:
        self.indicator = compared.indicator
        measure = compared.indicator.measure
        self.is_total = isinstance(measure, Measure) and isinstance(measure.value, Total)
        self.has_rates = self.is_total and any(rate is not None for rate in compared.rates)
        lengths = [
            length
            for value, rate in zip(compared.values, compared.rates, strict=True)
            if (length := self.length(value, rate)) is not None
        ]
        region = (
            None if self.is_total and not self.has_rates else self.length(compared.regional, compared.regional_rate)
        )
        self.has_region = region is not None
        known = [0.0, *lengths, *([region] if region is not None else [])]
        self.low, self.high = min(known), max(known)

    def length(self, value: MeasuredValue, rate: RateInterval | None) -> float | None:
        """What the bar of a value measures; None when it is unknown."""
        if self.has_rates:
            return rate.value if rate else None
        return None if value.value is None else float(value.value)

    def bar_style(self, length: float) -> dict[str, str]:
        span = (self.high - self.low) or 1.0
        left, width = (min(0.0, length) - self.low) / span, abs(length) / span
        return {"marginLeft": f"{100 * left:.1f}%", "width": f"{100 * width:.1f}%"}


class _Row(NamedTuple):
    """One line of a card; `rank` is the text of a notable rank."""

    label: str
    tone: str
    value: MeasuredValue
    rate: RateInterval | None
    rank: str = ""


def _row_element(scale: _Scale, row: _Row) -> Element:
    length = scale.length(row.value, row.rate)
    has_bar = length is not None and (row.tone != REGION_TONE or scale.has_region)
    bar = tags.Div(className=f"compared-bar {row.tone}", style=scale.bar_style(length or 0.0)) if has_bar else None
    text = scale.indicator.unit.text(row.value.value)
    details = f"{NARROW}; ".join(_details(scale, row.value, row.rate))
    return tags.Li(
        [
            tags.Span(row.label, className="compared-name"),
            tags.Span([text, *([tags.Small(row.rank, className="compared-rank")] if row.rank else [])]),
            *([tags.Div(bar, className="compared-track", aria_hidden="true")] if bar else []),
            *([tags.Small(details, className="muted")] if details else []),
        ],
        className=REGION_TONE if row.tone == REGION_TONE else None,
    )


def _details(scale: _Scale, value: MeasuredValue, rate: RateInterval | None) -> Iterator[str]:
    """What stands under a value: its reason when unknown, its rate with the margin, its note."""
    if value.value is None:
        yield capitalised(value.reason or "")
        return
    if rate is not None:
        yield rate_text(rate, is_count=scale.has_rates)
    if value.note:
        yield value.note
