"""Masked values: the name of a sole trader, the attendance of one private place."""

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
