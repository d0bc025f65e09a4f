"""The filter by axis of the roadmap of the label; the axes are those of the loaded file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from data.filters.model import Filter
from data.filters.options import Option
from data.schema import is_live, roadmap_action


def axis_code() -> ColumnElement[Any]:
    """SQL: the code of the axis of an action, « Animer le réseau » -> `animer-le-reseau`: two spellings are one axis.
    Without commas, which part codes in addresses.
    """
    code: ColumnElement[Any] = roadmap_action.c.axis_search_key
    for mark in (", ", ",", " "):
        code = func.replace(code, mark, "-")
    return code


def _read_axis_options(connection: Connection) -> tuple[Option, ...]:
    """The axes in the order of their first action, each in the spelling of that action."""
    rows = (
        select(axis_code(), roadmap_action.c.axis).where(is_live(roadmap_action)).order_by(roadmap_action.c.reference)
    )
    labels: dict[str, str] = {}
    for code, label in connection.execute(rows):
        labels.setdefault(code, label)
    return tuple(Option(code, label) for code, label in labels.items())


AXIS = Filter(
    "axe",
    "Axe de la feuille de route",
    "axis",
    "tous",
    _read_axis_options,
    narrowed_rows=("roadmap",),
    themes=("reseau",),
)
