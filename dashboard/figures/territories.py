"""Territories in rows: a rate with its counts, two shares, inhabitants."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    INK,
    MUTED,
    OCHRE,
    TEAL,
    WHITE,
    Axis,
    Figure,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    mark_rows,
    marker_fill,
    records,
    text_trace,
)
from dashboard.figures.rows import BAR_THICKNESS, ROW_MARGIN, row_axis, row_heights
from data.i18n import NARROW, number, percent
from data.units import Unit

HALF_BAR = 0.34  # of a row with two bars


@dataclass(frozen=True)
class TerritoryRateLabels:
    """The unit of the `rate`; the text of the numbers behind the one of a row (`numbers`); the labels of a territory
    without any place (`none`), of a hollow bar (`few`) and of the Région (`whole`).
    """

    rate: Unit
    numbers: Callable[[FrameRow], str]
    none: str
    few: str
    whole: str


def draw_territory_rates(frame: pd.DataFrame, labels: TerritoryRateLabels) -> Figure:
    """A bar per territory for its rate, with the rate of the Région as a line; hollow bars for rates on few
    places.

    `frame`, in the order shown: `name`, `places`, `rate` (None without inhabitants), `has_few_cases`. Its attribute
    `whole` is the rate of the Région (None: not drawn).
    """
    rows, region_rate = records(frame), frame.attrs["whole"]
    rates = [row["rate"] or 0.0 for row in rows]
    is_weak = [row["has_few_cases"] for row in rows]
    labels_at_ends = text_trace(
        [max(rate, region_rate or 0.0) for rate in rates],  # the line never crosses a label
        row_heights(len(rows)),
        [f" {_rate_label(row, labels)}" for row in rows],
        "middle right",
        fit="ends",
    )
    bars = _bar_trace(
        rows,
        rates,
        [_rate_label(row, labels) for row in rows],
        {"color": marker_fill(BLUE, is_weak), "line": {"color": BLUE, "width": 1.5}},
        textposition="none",
        fit=None,
    )
    return figure(
        [bars, labels_at_ends, _hollow_bar_legend(labels.few, any(is_weak))],
        showlegend=any(is_weak),
        margin=ROW_MARGIN | {"b": 30},
        xaxis=hidden_axis(0, max(*rates, region_rate or 0.0, 0.1)),
        yaxis=_name_axis(rows),
        shapes=[] if region_rate is None else [_region_line(region_rate, len(rows))],
        annotations=[]
        if region_rate is None
        else [_region_line_label(f"{labels.whole} {labels.rate.value_text(region_rate)}", region_rate)],
    )


def _rate_label(row: FrameRow, labels: TerritoryRateLabels) -> str:
    if row["rate"] is None:
        return "taux non connu"
    if not row["places"]:
        return labels.none
    return f"{labels.rate.value_text(row['rate'])}  ({labels.numbers(row)})"


@dataclass(frozen=True)
class CoverageLabels:
    """The names of the two shares in the legend, and the label of a territory without any intercommunalité counted
    (`none`).
    """

    near: str
    covered: str
    none: str


def draw_coverage_shares(frame: pd.DataFrame, labels: CoverageLabels) -> Figure:
    """Two shares for each territory: inhabitants near a place, intercommunalités with one.

    `frame`, in the order shown: `name`, `near` and `share` (fractions, None when not known), `covered`, `epcis`.
    """
    rows = records(frame)
    near = _bar_trace(
        rows,
        [row["near"] or 0.0 for row in rows],
        [_share_label(row["near"]) for row in rows],
        {"color": TEAL},
        name=labels.near,
        offset=0.02,
        width=HALF_BAR,
    )
    with_place = _bar_trace(
        rows,
        [row["share"] or 0.0 for row in rows],
        [_covered_label(row, labels.none) for row in rows],
        {"color": WHITE, "line": {"color": BLUE, "width": 1.5}, "pattern": _HATCHING},
        name=labels.covered,
        offset=-0.02 - HALF_BAR,
        width=HALF_BAR,
    )
    return figure(
        [near, with_place], showlegend=True, margin=ROW_MARGIN, xaxis=hidden_axis(0, 0.01), yaxis=_name_axis(rows)
    )


_HATCHING = {"shape": "/", "bgcolor": WHITE, "fgcolor": BLUE, "size": 6, "solidity": 0.3}


def _share_label(share: float | None) -> str:
    return "non connu" if share is None else percent(share)


def _covered_label(row: FrameRow, empty_label: str) -> str:
    return f"{number(row['covered'])} sur {number(row['epcis'])}" if row["epcis"] else empty_label


def draw_remote_population(frame: pd.DataFrame, unit: Unit) -> Figure:
    """Inhabitants far from any place. `frame`, in the order shown: `name`, `far`, `people` (both in `unit`)."""
    rows = records(frame)
    shares = [f"{number(row['far'])} ({percent(row['far'] / row['people'])} des {unit.plural})" for row in rows]
    bars = _bar_trace(
        rows,
        [row["far"] for row in rows],
        [number(row["far"]) for row in rows],
        {"color": OCHRE},
        hovertext=[f"{row['name']}{NARROW}: {share}" for row, share in zip(rows, shares, strict=True)],
        hovertemplate="%{hovertext}<extra></extra>",
    )
    farthest = max(row["far"] for row in rows)
    return figure([bars], margin=ROW_MARGIN, xaxis=hidden_axis(0, farthest), yaxis=_name_axis(rows))


def _bar_trace(
    rows: Sequence[FrameRow], values: Sequence[float], texts: Sequence[str], marker: dict[str, Any], **more: Any
) -> Trace:
    """One horizontal bar per row, with a text at its end; the first row on top."""
    return {
        "type": "bar",
        "orientation": "h",
        "x": list(values),
        "y": row_heights(len(rows)),
        "width": BAR_THICKNESS,
        "marker": marker,
        "text": list(texts),
        "fit": "ends",
        "textposition": "outside",
        "textfont": {"color": INK, "size": 12},
        "cliponaxis": False,
        "customdata": [row["name"] for row in rows],
        "meta": mark_rows(rows),
        "hovertemplate": f"%{{customdata}}{NARROW}: %{{text}}<extra></extra>",
        "showlegend": "name" in more,
    } | more


def _name_axis(rows: Sequence[FrameRow]) -> Axis:
    return row_axis([short_territory_name(row["name"]) for row in rows])


def short_territory_name(name: str) -> str:
    """The name without the kind of intercommunalité and its article: « CC du Pays de Caux » -> « Pays de Caux »."""
    for kind in ("CC ", "CA ", "CU "):
        name = name.removeprefix(kind)
    for article in ("du ", "de la ", "des ", "de l’", "de l'", "de ", "d’", "d'"):
        if name.startswith(article):
            name = name.removeprefix(article)
            break
    return f"{name[:1].upper()}{name[1:]}"


def _hollow_bar_legend(name: str, is_shown: bool) -> Trace:
    marker = {"color": WHITE, "size": 11, "symbol": "square", "line": {"color": BLUE, "width": 1.5}}
    return {"type": "scatter", "mode": "markers", "name": name, "x": [None], "y": [None], "marker": marker} | {
        "hoverinfo": "skip",
        "showlegend": is_shown,
    }


def _region_line(at: float, rows: int) -> dict[str, Any]:
    return {"type": "line", "x0": at, "x1": at, "y0": 0, "y1": rows, "layer": "below"} | {
        "line": {"color": MUTED, "width": 1.5, "dash": "dot"}
    }


def _region_line_label(text: str, at: float) -> dict[str, Any]:
    return {"x": at, "y": 0, "yref": "paper", "yanchor": "top", "xanchor": "center", "text": text} | {
        "showarrow": False,
        "font": {"color": MUTED, "size": 12},
    }
