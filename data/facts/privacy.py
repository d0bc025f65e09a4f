"""What is not shown: the name of a person who trades alone, the attendance of one private place."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case, func, null

SOLE_TRADERS = (
    "entreprise individuelle",
    "entrepreneur individuel",
    "ei",
    "eirl",
    "auto-entrepreneur",
    "autoentrepreneur",
    "micro-entrepreneur",
    "micro-entreprise",
    "profession libérale",
)
MASKED_NAME = "Entrepreneur individuel"


def shown_name(name: ColumnElement[Any], legal_form: ColumnElement[Any]) -> ColumnElement[Any]:
    """SQL: the name, unless it is that of a person: a sole trader is one."""
    return case((func.lower(func.trim(legal_form)).in_(SOLE_TRADERS), MASKED_NAME), else_=name)


def shown_attendance(value: ColumnElement[Any], holder_type: ColumnElement[Any]) -> ColumnElement[Any]:
    """SQL: the value, unless it is business-confidential: that of one private place. Only its totals are shown."""
    return case((holder_type == "private", null()), else_=value)


FEWEST_PLACES = 3


def reveals(places: int, private: int) -> bool:
    """Whether a total says what a private place keeps to itself: it is of one or two places, one of them private.

    With two, each knows the other by difference.
    """
    return 0 < places < FEWEST_PLACES and private > 0
