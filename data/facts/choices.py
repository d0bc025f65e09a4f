"""French names of coded choices in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, case

from data.sources.model import Choice


def choice_label(column: ColumnElement[Any], choices: tuple[Choice, ...]) -> ColumnElement[Any]:
    """SQL: the French name of a coded choice; null for a null column."""
    return case({choice.code: choice.label for choice in choices}, value=column)
