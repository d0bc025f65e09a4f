"""Activities of partners for the dashboard's tests: as Python values, and as live rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.dashboard.facts import Place

KINDS = ("workshop", "support", "label_opinion", "managers_meeting")
PARTNERS = ("aract", "aten", "aract")
TARGET = {"indicator": "actions-partenaires", "territory": "", "partner": "aract", "scheme": "", "value": 60.0}
AGREEMENT = {"partner": "aten", "starts": date(2019, 1, 1), "purpose": "Ateliers", "territories": "|14|76|"}
DATES = {"due": date(2020, 12, 31), "baseline_day": date(2020, 1, 1), "baseline_value": 0.0, "origin": "Essai"}


@dataclass(frozen=True)
class Activity:
    """Without a partner it is an event of an open agenda."""

    partner: str | None
    kind: str
    day: date
    place: Place | None = None
    participants: int | None = None


def some_activities(places: Iterable[Place]) -> tuple[Activity, ...]:
    """For each place a prior meeting in 2019 and, for two in three, something in 2020; two events, one to come."""
    found = []
    for rank, place in enumerate(places):
        found.append(
            Activity("aract", "prior_meeting", date(2019, 3, 20) + timedelta(days=rank), place, rank % 4 or None)
        )
        if rank % 3:
            day = date(2020, 1, 10) + timedelta(days=rank * 4)
            found.append(Activity(PARTNERS[rank % 3], KINDS[rank % 4], day, place, rank if rank % 2 else None))
    return (
        *found,
        Activity("universites", "seminar", date(2020, 2, 3), None, 40),
        Activity(None, "event", date(2020, 3, 1)),
        Activity(None, "event", date(2021, 3, 1)),
    )


def activity_rows(activities: Iterable[Activity]) -> list[dict[str, Any]]:
    """The rows of the table."""
    return [
        {"code": f"ACT-{rank}", "partner": one.partner, "kind": one.kind, "day": one.day, "title": f"Action {rank}"}
        | {"place_id": one.place.number if one.place else None, "participants": one.participants}
        for rank, one in enumerate(activities, 1)
    ]
