"""Naive frames of the charts of events."""

from __future__ import annotations

from data.selection import FilterOptions, Selection
from tests import naive
from tests.naive.charts.model import Frame, Row
from tests.naive.charts.partners import areas_of
from tests.naive.events import events_at


def lively_places(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    column, areas = areas_of(facts, selection)
    rows = []
    for code, name in areas.items():
        own = [one for one in naive.lieux_labellises(facts, selection) if getattr(one, column) == code]
        lively = sum(bool(events_at(facts, place, selection)) for place in own)
        if own:
            counts = {"places": len(own), "lively": lively, "quiet": len(own) - lively}
            rows.append({"name": name, **counts, "share": lively / len(own)})
    return rows


FRAMES: dict[str, Frame] = {"lieux-animes-par-territoire": lively_places}
