"""A network of managers for the dashboard's tests: meetings, needs and a roadmap, over the places of `facts`."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from data import schema

THEMES = ("financement", "equipement", "juridique", "animation")
SOURCES = ("network-meetings", "needs", "roadmap")


def network_rows(numbers: list[int]) -> dict[Any, list[dict[str, Any]]]:
    """Rows of each table, for the places of these numbers: some come often, some never."""
    random = Random(5)
    coming = numbers[::2] or numbers
    days = [date(2018, 3, 1) + timedelta(days=140 * at) for at in range(8)]
    present = {f"R{at}": random.sample(coming, len(coming) // 2 + 1) for at in range(len(days))}
    needs = [
        {"reference": f"B{at}", "day": day, "place_id": random.choice((*numbers, None)), "theme": THEMES[at % 4]}
        | {"need": f"Besoin {at}", "state": "answered" if at % 3 else "expressed"}
        | {"answered": day + timedelta(days=50 * at) if at % 3 else None}
        for at, day in enumerate(days)
    ]
    actions = [
        {"reference": f"F{at}", "axis": ("Animer", "Équiper")[at % 2], "action": f"Action {at}", "due": day}
        | {"state": ("done", "planned", "done", "abandoned")[at % 4], "done": day if at % 4 == 0 else None}
        for at, day in enumerate(days)
    ]
    meetings = [
        {
            "reference": f"R{at}",
            "day": day,
            "label": "Collectif",
            "places": "".join(f"|L{one}" for one in present[f"R{at}"]),
        }
        for at, day in enumerate(days)
    ]
    pairs = [{"reference": code, "place_id": one} for code, there in present.items() for one in there]
    return {
        schema.network_meeting: meetings,
        schema.meeting_place: pairs,
        schema.need: needs,
        schema.roadmap_action: actions,
    }
