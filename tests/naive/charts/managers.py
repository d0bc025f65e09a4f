"""Naive frames of the charts of the network of managers: who comes, what waits, what is done."""

from __future__ import annotations

from datetime import date
from statistics import median

from data.selection import FilterOptions, Selection
from tests import naive
from tests.naive.charts.model import Frame, Row
from tests.naive.charts.partners import areas_of
from tests.naive.managers import actions, answered, axis_code, expressed, is_done, waits
from tests.naive.pace import year_ago


def presence(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    column, areas = areas_of(facts, selection)
    rows = []
    for code, name in areas.items():
        own = [one for one in naive.lieux_labellises(facts, selection) if getattr(one, column) == code]
        days = [
            [
                one.day
                for one in facts.meetings
                if one.day <= selection.until and place.place_id in facts.presences.get(one.reference, ())
            ]
            for place in own
        ]
        recent = sum(max(of_place, default=date.min) > year_ago(selection.until) for of_place in days)
        never = sum(not of_place for of_place in days)
        if own:
            older = len(own) - recent - never
            rows.append({"name": name, "places": len(own), "recent": recent, "older": older, "never": never})
    return rows


def by_theme(facts: naive.Facts, selection: Selection, words: FilterOptions) -> list[Row]:
    rows = []
    for option in words.by_filter["theme"]:
        waiting = sum(waits(one, selection.until) for one in expressed(facts, selection) if one.theme == option.code)
        delays = [(one.answered - one.day).days for one in answered(facts, selection) if one.theme == option.code]
        if waiting or delays:
            delay = median(delays) if delays else None
            name = option.label[0].upper() + option.label[1:]
            rows.append({"name": name, "waiting": waiting, "answered": len(delays), "delay": delay})
    return sorted(rows, key=lambda row: (row["waiting"], row["answered"]), reverse=True)


def by_axis(facts: naive.Facts, selection: Selection, words: FilterOptions) -> list[Row]:
    rows = []
    for option in words.by_filter["axe"]:
        own = [one for one in actions(facts, selection) if axis_code(one) == option.code and one.state != "abandoned"]
        done = [
            one
            for one in own
            if is_done(one, selection.until) or (one.state == "done" and one.done is None and one.due is None)
        ]
        late = [one for one in own if one not in done and one.due and one.due < selection.until]
        if own:
            counts = {"done": len(done), "late": len(late), "to_come": len(own) - len(done) - len(late)}
            rows.append({"name": option.label, "total": len(own), **counts})
    has_begun = any(row["done"] or row["late"] for row in rows) or any(
        one.due == selection.until and one.state != "abandoned" for one in actions(facts, selection)
    )
    return rows if has_begun else []


FRAMES: dict[str, Frame] = {
    "presence-reseau": presence,
    "besoins-par-theme": by_theme,
    "feuille-de-route-axes": by_axis,
}
