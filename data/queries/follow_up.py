"""Labelled places by territory and last fact: the last activity of a partner there, the last meeting of managers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, case, func, select

from data.filters import PLACE_FILTERS
from data.schema import label_span
from data.selection import Selection
from data.selection.periods import in_force_conditions, year_before
from data.types import TerritoryColumn


class FollowUp(NamedTuple):
    """Numbers of labelled places of a territory with a fact in the last twelve months, with an older one only, with
    none.
    """

    recent: int
    older: int
    never: int


def count_follow_up(
    connection: Connection,
    selection: Selection,
    level: TerritoryColumn,
    facts: FromClause,
    conditions: Sequence[ColumnElement[bool]],
) -> Mapping[str, FollowUp]:
    """Follow-up by code of territory, for those with places labelled at `until`, by the last row of `facts`
    (`place_id`, `day`) that meets the conditions.
    """
    last = select(func.max(facts.c.day)).where(facts.c.place_id == label_span.c.place_id, *conditions)
    labelled = (
        select(label_span.c[level].label("code"), last.scalar_subquery().label("day"))
        .where(label_span.c.state == "labelled", *selection.where(label_span.c, PLACE_FILTERS))
        .where(*in_force_conditions(label_span.c, selection.until))
        .subquery("labelled")
    )
    recent = func.sum(case((labelled.c.day > year_before(selection.until), 1), else_=0))
    query = select(labelled.c.code, recent, func.count(labelled.c.day), func.count()).group_by(labelled.c.code)
    return {
        code: FollowUp(new, with_fact - new, labelled_count - with_fact)
        for code, new, with_fact, labelled_count in connection.execute(query)
    }
