"""What was declared of the service standard in the places of `facts`: all met, or no meeting room in some."""

from __future__ import annotations

from datetime import date
from typing import Any

SOURCES = ("standard-declarations",)
DAY = date(2018, 1, 10)
MISSING = "salle-de-reunion"
CRITERIA = ("haut-debit", MISSING, "espace-de-convivialite", "outils-mutualises", "bureaux-prives-et-partages",
            "animations")  # fmt: skip


def declaration_rows(numbers: list[int]) -> list[dict[str, Any]]:
    """One row per criterion and place of these numbers."""
    return [
        {"place_id": number, "criterion": criterion, "day": DAY}
        | {"finding": "missing" if criterion == MISSING and number % 3 == 0 else "met"}
        for number in numbers
        for criterion in CRITERIA
    ]
