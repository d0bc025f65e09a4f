"""Share of the labelled places that meet a condition, at the end of each group."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, Subquery, select

from data.engine import cached_on_snapshot
from data.filters import PLACE_FILTERS
from data.i18n import count, number
from data.model.cases import Cases
from data.model.facts import MeasuredValue
from data.model.groups import WHOLE_KEY, GroupKey, Groups, single_group
from data.queries.epcis import read_distinct_values_by_key
from data.schema import label_span
from data.selection import Selection

NO_LABELLED_PLACE_REASON = "aucun lieu labellisé à cette date"

PlacesByGroup = Callable[[Connection, Groups], Mapping[GroupKey, Set[int]]]
"""Ids of places by group, labelled or not, in the filters or not: at the `until` of each group where groups are periods
(a group that is missing has none), else under `WHOLE_KEY` or the key of each group.
"""


class KnownCondition(NamedTuple):
    """What is known of a condition: `read` the places of which it is known whether they meet it; `read_reasons` why, in
    a group, it is known of none; `noun` names a place of which it is not known, singular and plural.
    """

    read: PlacesByGroup
    read_reasons: Callable[[Connection, Groups], Mapping[GroupKey, str]]
    noun: tuple[str, str]


class LabelledShare(NamedTuple):
    """Numbers of places of a group: those labelled at its `until` (`labelled`), those of them of which it is known
    whether they meet the condition (`known`), those that meet it (`met`).
    """

    met: int
    known: int
    labelled: int


def labelled_places_by_group(groups: Groups) -> Subquery:
    """One row per place labelled in a group: `place_id`, `key` where rows distinguish groups, `first` and `last` day of
    a period.
    """
    key, in_force = groups.in_force_conditions(label_span)
    extra_columns: list[ColumnElement[Any]] = [] if key is None else [key.label("key")]
    if groups.period:
        periods = groups.periods
        extra_columns += [periods.c.first, periods.c.last]
    return (
        select(label_span.c.place_id, *extra_columns)
        .where(label_span.c.state == "labelled", *groups.selection.where(label_span.c, PLACE_FILTERS), *in_force)
        .distinct()
        .subquery("places")
    )


@cached_on_snapshot
def read_labelled_shares(
    connection: Connection, groups: Groups, read_met: PlacesByGroup, read_known: PlacesByGroup | None = None
) -> dict[GroupKey, LabelledShare]:
    """The labelled places of each group and those that meet the condition, known of all without `read_known`."""
    places = labelled_places_by_group(groups)
    labelled = groups.fill_groups(
        read_distinct_values_by_key(connection, places.c.get("key"), places.c.place_id, ()), frozenset()
    )
    met = groups.fill_groups(read_met(connection, groups), frozenset())
    known = labelled if read_known is None else groups.fill_groups(read_known(connection, groups), frozenset())
    return {
        key: LabelledShare(len(ids & known[key] & met[key]), len(ids & known[key]), len(ids))
        for key, ids in labelled.items()
    }


def read_labelled_share(
    connection: Connection, selection: Selection, read_met: PlacesByGroup, read_known: PlacesByGroup | None = None
) -> LabelledShare:
    """The labelled places of the whole selection and those that meet the condition."""
    return read_labelled_shares(connection, single_group(selection), read_met, read_known)[WHOLE_KEY]


def labelled_cases_reader(
    read_met: PlacesByGroup, read_known: PlacesByGroup | None = None
) -> Callable[[Connection, Groups], dict[GroupKey, Cases]]:
    """A reader, by group, of the places that meet the condition among the labelled ones of which it is known."""

    def read(connection: Connection, groups: Groups) -> dict[GroupKey, Cases]:
        shares = read_labelled_shares(connection, groups, read_met, read_known)
        return {key: Cases(share.met, share.known) for key, share in shares.items()}

    return read


def labelled_share_reader(
    read_met: PlacesByGroup, known_condition: KnownCondition | None = None
) -> Callable[[Connection, Groups], dict[GroupKey, MeasuredValue]]:
    """A reader of the share by group: places that meet the condition divided by the labelled places of which it is
    known (all of them without `known_condition`).

    Null without any labelled place, and when it is known of none; the note is « 12 lieux sur 34 », with the number of
    those of which it is not known.
    """

    def read(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
        if known_condition is None:
            shares = read_labelled_shares(connection, groups, read_met)
            return {key: _share_value(share) for key, share in shares.items()}
        shares = read_labelled_shares(connection, groups, read_met, known_condition.read)
        reasons = known_condition.read_reasons(connection, groups)
        return {key: _share_value(share, reasons[key], known_condition.noun) for key, share in shares.items()}

    return read


def _share_value(share: LabelledShare, reason: str = "", noun: tuple[str, str] = ("", "")) -> MeasuredValue:
    if not share.labelled:
        return MeasuredValue(None, NO_LABELLED_PLACE_REASON)
    if not share.known:
        return MeasuredValue(None, reason)
    unknown = share.labelled - share.known
    note = f"{count(share.met, 'lieu', 'lieux')} sur {number(share.known)}"
    return MeasuredValue(share.met / share.known, note=f"{note}, {count(unknown, *noun)}" if unknown else note)


def places_with_a_fact(rows: FromClause, window: Callable[[Selection], Selection]) -> PlacesByGroup:
    """The places with a row (`place_id`, `day`) in the window that ends at the `until` of each group."""

    def read(connection: Connection, groups: Groups) -> Mapping[GroupKey, Set[int]]:
        dated = replace(groups, column="").map_selections(window)
        key, within = dated.day_conditions(rows, rows.c.day)
        return read_distinct_values_by_key(connection, key, rows.c.place_id, (rows.c.place_id.is_not(None), *within))

    return read
