"""Naive frame of the chart of the path with Aract."""

from __future__ import annotations

from data.selection import FilterOptions, Selection
from tests import naive
from tests.naive.charts.model import Frame, Row
from tests.naive.qvt_path import STEPS, projects


def steps(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    found = projects(facts, selection)
    counts = {name: sum(step in one.days for one in found) for step, name in STEPS.items()}
    return [{"step": name, "count": count, "share": count / len(found)} for name, count in counts.items() if found]


FRAMES: dict[str, Frame] = {"parcours-qvt": steps}
