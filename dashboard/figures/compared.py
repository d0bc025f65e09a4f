"""What a comparison draws: a line for each compared item, and each item beside the whole Région."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import pandas as pd

from dashboard.figures.base import (
    BLUE,
    HEADROOM,
    INK,
    MUTED,
    OCHRE,
    PLUM,
    RULE,
    STEP_AXIS,
    TEAL,
    Figure,
    FrameRow,
    Trace,
    figure,
    hidden_axis,
    records,
    text_trace,
    value_axis,
)
from dashboard.figures.years import line_end_labels
from data.i18n import NARROW, percent
from data.units import Unit

ITEM_COLOURS = (BLUE, OCHRE, TEAL, PLUM, MUTED)  # as .tone-0 to .tone-4 of assets/compare.css
_DASHES, _SYMBOLS = ("solid", "dash", "dot", "dashdot"), ("circle", "square", "diamond", "triangle-up")
MAX_LABEL_LETTERS = 16  # of a name at the end of its line; longer ones are in a legend
_LETTER_PIXELS = 7.6
MAX_YEAR_TICKS = 6
MAX_SHARE = 3.0  # of the value of the Région; what is beyond is drawn at the end of the axis
REGION_TEXT = "Normandie"


class ItemStyle(NamedTuple):
    """How an item is drawn."""

    colour: str
    dash: str
    symbol: str


def item_styles(positions: Iterable[int]) -> list[ItemStyle]:
    """The styles of items, from the position of each in the list of all known ones: its colour is constant under every
    comparison, its dash and symbol are the next free ones where two would look the same.
    """
    styles: list[ItemStyle] = []
    for position in positions:
        turn, at = divmod(position, len(ITEM_COLOURS))
        turns = ((turn + more) % len(_DASHES) for more in range(len(_DASHES)))
        candidates = [ItemStyle(ITEM_COLOURS[at], _DASHES[each], _SYMBOLS[each]) for each in turns]
        styles.append(next((style for style in candidates if style not in styles), candidates[0]))
    return styles


def draw_compared_years(frame: pd.DataFrame, unit: Unit) -> Figure:
    """A line per item over the years, all on one scale, in `unit`; its name at its end, or in a legend when names are
    long.

    `frame`: `name`, `position`, `year`, `value` (None when not known: the line breaks).
    """
    rows = records(frame)
    items = _rows_by_name(rows)
    styles = item_styles(own_rows[0]["position"] for own_rows in items.values())
    lines = [_line(name, items[name], style, unit) for name, style in zip(items, styles, strict=True)]
    known = [float(row["value"]) for row in rows if row["value"] is not None]
    highest = max([1.0, *known]) * HEADROOM
    longest = max(map(len, items))
    has_legend = longest > MAX_LABEL_LETTERS
    years = sorted({row["year"] for row in rows})
    step = -(-len(years) // MAX_YEAR_TICKS)
    ticks = years[::-1][::step][::-1]
    labels = [] if has_legend else line_end_labels(lines, list(items), highest)
    return figure(
        [*lines, *labels],
        margin={"l": 8, "r": 24 if has_legend else round(24 + _LETTER_PIXELS * longest), "t": 20, "b": 8},
        showlegend=has_legend,
        xaxis=STEP_AXIS
        | {"tickvals": ticks, "ticktext": [str(year) for year in ticks], "range": [years[0] - 0.2, years[-1] + 0.2]},
        yaxis=value_axis(range=[0, highest], tickformat=",d"),
    )


def _rows_by_name(rows: Sequence[FrameRow]) -> dict[str, list[FrameRow]]:
    items: dict[str, list[FrameRow]] = {}
    for row in rows:
        items.setdefault(row["name"], []).append(row)
    return items


def _line(name: str, rows: Sequence[FrameRow], style: ItemStyle, unit: Unit) -> Trace:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": [row["year"] for row in rows],
        "y": [row["value"] for row in rows],
        "connectgaps": False,
        "cliponaxis": False,
        "line": {"color": style.colour, "dash": style.dash, "width": 2},
        "marker": {"color": style.colour, "symbol": style.symbol, "size": 6},
        "text": [unit.text(row["value"]) for row in rows],
        "hovertemplate": f"<b>{name}</b><br>%{{x}}{NARROW}: %{{text}}<extra></extra>",
    }


def draw_beside_region(frame: pd.DataFrame) -> Figure:
    """A row of dots per indicator: each item as a percentage of the whole Région (MAX_SHARE at most), a line at that of
    the Région.

    `frame`: `label`, `name`, `position`, `share` (of the value of the Région; None: not drawn), `text`.
    """
    all_rows = records(frame)
    rows = [row for row in all_rows if row["share"] is not None]
    labels = list(dict.fromkeys(row["label"] for row in rows))
    places = {label: len(labels) - 1 - at for at, label in enumerate(labels)}
    farthest = min(max([1.2, *(row["share"] for row in rows)]), MAX_SHARE)
    ticks = [at / 2 for at in range(int(2 * farthest) + 1)]
    is_cut = any(row["share"] > MAX_SHARE for row in rows)
    texts = {1.0: REGION_TEXT, **({MAX_SHARE: f"{percent(MAX_SHARE)} et plus"} if is_cut else {})}
    tick_texts = [texts.get(tick, percent(tick)) for tick in ticks]
    positions = {row["name"]: row["position"] for row in all_rows}
    styles = dict(zip(positions, item_styles(positions.values()), strict=True))
    dots = [_dots(name, own_rows, styles[name], places) for name, own_rows in _rows_by_name(rows).items()]
    titles = text_trace([0.0] * len(labels), [places[label] for label in labels], labels, "top right", size=12)
    return figure(
        [*dots, titles],
        margin={"l": 12, "r": 16, "t": 28, "b": 8},
        showlegend=bool(dots),
        shapes=[_region_line(), *(_rule(place) for place in places.values())],
        xaxis=STEP_AXIS | {"range": [-0.01, farthest * 1.08], "tickvals": ticks, "ticktext": tick_texts},
        yaxis=hidden_axis(-0.5, max(len(labels), 1) - 0.2),
    )


def _dots(name: str, rows: Sequence[FrameRow], style: ItemStyle, places: dict[str, int]) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": [min(row["share"], MAX_SHARE) for row in rows],
        "y": [places[row["label"]] for row in rows],
        "cliponaxis": False,
        "marker": {"color": style.colour, "symbol": style.symbol, "size": 11, "opacity": 0.85},
        "text": [f"{row['label']}{NARROW}: {row['text']}" for row in rows],
        "hovertemplate": f"<b>{name}</b><br>%{{text}}<extra></extra>",
    }


def _rule(place: int) -> dict[str, Any]:
    return {
        "type": "line",
        "xref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": place,
        "y1": place,
        "line": {"color": RULE, "width": 1},
        "layer": "below",
    }


def _region_line() -> dict[str, Any]:
    return {
        "type": "line",
        "yref": "paper",
        "x0": 1,
        "x1": 1,
        "y0": 0,
        "y1": 1,
        "line": {"color": INK, "width": 1.2, "dash": "dot"},
        "layer": "below",
    }
