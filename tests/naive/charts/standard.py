"""Naive frames of the charts of the service standard."""

from __future__ import annotations

from typing import Any

from data.selection import FilterOptions, Selection
from tests import naive
from tests.naive.charts.model import Frame, Row
from tests.naive.standard import compliance, compulsory_compliance, in_force
from tests.naive.territories import departements


def criteria(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    places = naive.lieux_labellises(facts, selection)
    rows = []
    for one in sorted(in_force(facts, selection.until), key=lambda one: one.code):
        found = [compliance(facts, place, one, selection.until) for place in places]
        rows.append(
            {
                "name": one.label if one.is_compulsory else f"{one.label}, facultatif",
                "compulsory": "oui" if one.is_compulsory else "non",
                **{name: found.count(name) for name in ("missing", "met", "unknown")},
                "places": len(places),
            }
        )
    return sorted(rows, key=lambda row: (-row["missing"], -row["unknown"])) if places else []


def by_departement(facts: naive.Facts, selection: Selection, _words: FilterOptions) -> list[Row]:
    places = naive.lieux_labellises(facts, selection)
    rows: list[dict[str, Any]] = []
    for code, name in departements(facts, selection).items():
        found = [set(compulsory_compliance(facts, one, selection.until)) for one in places if one.dep == code]
        known = [one for one in found if one and "unknown" not in one]
        met = known.count({"met"})
        if found:
            rows.append(
                {
                    "name": name,
                    "met": met,
                    "known": len(known),
                    "places": len(found),
                    "rate": met / len(known) if known else None,
                    "remark": "peu de cas" if 0 < len(known) < 5 else "",
                }
            )
    return rows if any(row["known"] for row in rows) else []


FRAMES: dict[str, Frame] = {"criteres-du-standard": criteria, "standard-par-departement": by_departement}
