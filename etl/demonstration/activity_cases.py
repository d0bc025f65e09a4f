"""Which activities the fictitious partners held, and what is missing. Numbers are those of `story.STORIES`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# Places whose study was voted without a meeting before, or with one after the request: files to verify.
WITHOUT_MEETING = (53, 59)
LATE_MEETINGS = (42,)

# Meetings with holders whose study was never voted; those of 2020 may still be.
NOT_FOLLOWED = (
    (15, date(2017, 9, 12)),
    (31, date(2018, 3, 22)),
    (54, date(2018, 5, 15)),
    (49, date(2018, 11, 6)),
    (51, date(2019, 2, 5)),
    (41, date(2019, 6, 18)),
    (43, date(2019, 10, 8)),
    (56, date(2019, 12, 3)),
    (44, date(2020, 6, 23)),
    (45, date(2020, 9, 29)),
    (48, date(2020, 11, 17)),
)

# Places that Aract helped to write their specification, between the meeting and the vote of the study.
ENRICHED = (17, 19, 22, 28, 32, 33, 35, 37, 46)

SUPPORTED = (6, 7, 12, 14, 18, 21, 24, 27, 28, 32, 33, 37)


@dataclass(frozen=True)
class Gathering:
    """One gathering. `place` is None at a distance; `outside`: in its commune, not at the place."""

    partner: str
    kind: str
    day: date
    title: str
    participants: tuple[int, int]  # fewest, most
    place: int | None = None
    outside: bool = False
    hours: str = "2"


def _exchanges() -> Iterator[Gathering]:
    """The Aract's talks on quality of life at work, and the meetings of managers."""
    talks = (
        (2, date(2018, 4, 12)),
        (4, date(2018, 10, 11)),
        (12, date(2019, 2, 14)),
        (7, date(2019, 5, 23)),
        (17, date(2019, 9, 26)),
        (21, date(2019, 11, 28)),
        (25, date(2020, 2, 6)),
        (None, date(2020, 6, 11)),
        (28, date(2020, 9, 24)),
        (None, date(2020, 11, 19)),
    )
    for place, day in talks:
        yield Gathering("aract", "temps d’échange QVT", day, "Télétravail et qualité de vie", (6, 24), place)
    meetings = (
        (1, date(2018, 3, 29)),
        (8, date(2018, 9, 20)),
        (2, date(2019, 1, 31)),
        (10, date(2019, 6, 20)),
        (7, date(2019, 10, 17)),
        (None, date(2020, 4, 30)),
        (31, date(2020, 10, 1)),
        (None, date(2020, 12, 10)),
    )
    for place, day in meetings:
        yield Gathering("aract", "réunion de gérants", day, "Collectif des gérants", (9, 26), place, hours="3")


def _workshops() -> Iterator[Gathering]:
    """The Pôle ATEN's workshops for craftspeople, in places or in the rooms of the chamber."""
    days = (
        (1, date(2018, 10, 9), False),
        (6, date(2018, 11, 20), False),
        (8, date(2019, 1, 22), False),
        (10, date(2019, 3, 19), True),
        (12, date(2019, 4, 16), False),
        (4, date(2019, 5, 14), True),
        (14, date(2019, 6, 4), False),
        (11, date(2019, 9, 17), False),
        (19, date(2019, 10, 15), False),
        (15, date(2019, 11, 12), False),
        (17, date(2019, 12, 10), False),
        (23, date(2020, 1, 21), False),
        (18, date(2020, 2, 18), False),
        (13, date(2020, 6, 30), False),
        (28, date(2020, 9, 15), False),
        (32, date(2020, 10, 13), False),
    )
    for place, day, outside in days:
        yield Gathering("aten", "atelier", day, "Atelier numérique des artisans", (4, 14), place, outside)


EVENTS: tuple[Gathering, ...] = (
    *_exchanges(),
    *_workshops(),
    Gathering("aract", "séminaire", date(2018, 6, 14), "Rencontre régionale des tiers-lieux", (40, 70), 2, hours="6"),
    Gathering("aract", "séminaire", date(2019, 6, 13), "Rencontre régionale des tiers-lieux", (55, 90), 1, hours="6"),
    Gathering("tes", "atelier", date(2019, 4, 4), "Transactions électroniques sécurisées", (6, 12), 31, hours="3"),
    Gathering("tes", "évènement", date(2020, 1, 16), "Journée des usages numériques", (25, 45), 21, hours="4"),
    Gathering("universites", "séminaire", date(2019, 11, 7), "Recherche et tiers-lieux", (15, 35), 27, True, "3"),
)
