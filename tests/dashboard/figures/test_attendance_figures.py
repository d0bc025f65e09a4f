"""Figures of attendance: the table's numbers, shared axes, labels that do not cover each other."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from sqlalchemy import Connection

from dashboard.charts import chart_named
from dashboard.charts.attendance_declarations import MISSING_DECLARATIONS
from dashboard.figures.base import WHITE, Figure
from dashboard.figures.declarations import draw_declarations
from dashboard.figures.multiples import MAX_COLUMNS, CurveStyle, draw_panels
from dashboard.figures.years import LABEL_DISTANCE, draw_years_overlaid
from data.selection import FilterOptions
from data.units import DECLARATIONS, VISITS, average_unit
from tests.dashboard.conftest import select


def panels(count: int) -> pd.DataFrame:
    rows = [
        {"panel": f"D{panel}", "day": date(2020, month, 1), "value": None if month == 2 else panel * 10 + month}
        | {"is_weak": month == 3, "text": "x"}
        for panel in range(count)
        for month in range(1, 5)
    ]
    return pd.DataFrame(rows, dtype=object)


def axes(figure: Figure, letter: str) -> list[dict[str, Any]]:
    found = [axis for name, axis in figure["layout"].items() if name.startswith(f"{letter}axis")]
    return [axis for axis in found if axis.get("visible", True)]


@pytest.mark.parametrize("count", [1, 3, 5, 14])
def test_multiples_share_their_axes(count: int) -> None:
    figure = draw_panels(panels(count), CurveStyle())
    go.Figure(figure)
    assert len(figure["data"]) == count + 1
    for letter in "xy":
        assert len(axes(figure, letter)) == count
        assert len({tuple(axis["range"]) for axis in axes(figure, letter)}) == 1
    assert sum(axis["showticklabels"] for axis in axes(figure, "y")) == -(-count // MAX_COLUMNS)
    assert sum(axis["showticklabels"] for axis in axes(figure, "x")) == min(count, MAX_COLUMNS)
    boxes = [
        (tuple(x["domain"]), tuple(y["domain"])) for x, y in zip(axes(figure, "x"), axes(figure, "y"), strict=True)
    ]
    assert len(set(boxes)) == count
    assert all(0 <= low < high <= 1 for box in boxes for low, high in box)


def test_multiples_have_gaps_and_hollow_marks() -> None:
    first = draw_panels(panels(2), CurveStyle())["data"][0]
    assert first["y"] == [1, None, 3, 4]
    assert [colour == WHITE for colour in first["marker"]["color"]] == [False, False, True, False]
    assert first["connectgaps"] is False


@pytest.mark.parametrize("query", ["au=2020-12-31", "dep=76&au=2020-06-10"])
def test_two_years_figure_has_the_numbers_of_the_table(
    connection: Connection, options: FilterOptions, query: str
) -> None:
    chart = chart_named("lieux-comparables")
    assert chart is not None
    frame = chart.read(connection, select(query, options), options)
    now, before, *labels = chart.draw(frame)["data"]
    assert (now["y"], before["y"]) == (list(frame["now"]), list(frame["before"]))
    assert {text.strip() for label in labels for text in label["text"]} == {"cette année", "un an avant"}


def test_line_labels_do_not_overlap() -> None:
    rows = [
        {"year": year, "month": month, "average": 10.0, "is_weak": False}
        for year in (2017, 2018, 2019, 2020)
        for month in range(1, 13)
    ]
    figure = draw_years_overlaid(pd.DataFrame(rows, dtype=object), average_unit(VISITS, "par lieu"))
    heights = sorted(trace["y"][0] for trace in figure["data"] if trace["mode"] == "text")
    highest = figure["layout"]["yaxis"]["range"][1]
    assert len(heights) == 4
    assert all(above - below >= LABEL_DISTANCE * highest * 0.999 for below, above in pairwise(heights))
    looks = {(trace["line"]["dash"], trace["marker"]["symbol"]) for trace in figure["data"] if "line" in trace}
    assert len(looks) == 4


def test_declarations_figure_has_received_and_missing() -> None:
    rows = [("Eure", 3, 5, 2), ("Orne", 4, 4, 0)]
    frame = pd.DataFrame(rows, columns=["name", "answered", "expected", "missing"], dtype=object)
    figure = draw_declarations(frame, {"answered": DECLARATIONS, "missing": MISSING_DECLARATIONS})
    came, missing, words = figure["data"]
    assert (came["x"], missing["x"]) == ([3, 4], [2, 0])
    assert came["y"] == missing["y"] == sorted(came["y"], reverse=True)
    assert words["text"][0].replace("\u202f", " ") == "<b>Eure</b> : 3 sur 5 (60 %)"
