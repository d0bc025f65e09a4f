"""Places and the service standard: which meet it, what is missing, what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Set
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, case, func, literal, select

from data.engine import cached_on_snapshot
from data.facts.aggregate import measure_conditions
from data.facts.standard import (
    AWARD_CHECK_FACT,
    AWARDS_TO_CHECK,
    DECLARATION_SOURCE,
    MET,
    MISSING,
    UNKNOWN,
    compliance_names,
    count_compliance,
    standard_compliance,
)
from data.model.groups import GroupKey, Groups, single_group, territory_groups
from data.queries.labelled_share import (
    KnownCondition,
    LabelledShare,
    labelled_cases_reader,
    labelled_places_by_group,
    labelled_share_reader,
    read_labelled_share,
    read_labelled_shares,
)
from data.queries.sources import missing_source_reason
from data.schema import commune, departement, is_live, load, place, place_version, standard_criterion
from data.search_keys import with_search_keys
from data.selection import Selection
from data.types import day_number

NO_CRITERION_REASON = "aucun critère obligatoire du standard n’est en vigueur à cette date"
NO_KNOWN_PLACE_REASON = "aucun lieu labellisé dont tous les critères obligatoires sont renseignés"


class _Compliance(NamedTuple):
    """The ids of the labelled places of which every compulsory criterion is known, and of those that meet all."""

    known: Mapping[GroupKey, Set[int]]
    met: Mapping[GroupKey, Set[int]]


@cached_on_snapshot
def _read_compliance(connection: Connection, groups: Groups) -> _Compliance:
    """By group, at its `until`; under no key where no criterion is in force."""
    places = labelled_places_by_group(groups)
    day = places.c.last if groups.period else _day_literal(groups.selection.until)
    key = places.c.get("key", literal(""))
    criteria = (
        standard_compliance(places, day).add_columns(key.label("key")).where(standard_criterion.c.is_compulsory)
    ).subquery("criteria")
    numbers = (count_compliance(criteria.c, compliance) for compliance in (MISSING, UNKNOWN))
    query = select(criteria.c.key, criteria.c.place_id, *numbers).group_by(criteria.c.key, criteria.c.place_id)
    known: dict[GroupKey, set[int]] = {}
    met: dict[GroupKey, set[int]] = {}
    for group, place_id, missing, unknown in connection.execute(query):
        if not unknown:
            known.setdefault(group, set()).add(place_id)
            if not missing:
                met.setdefault(group, set()).add(place_id)
    return _Compliance(known, met)


def read_places_meeting_standard(connection: Connection, groups: Groups) -> Mapping[GroupKey, Set[int]]:
    """The labelled places that meet every compulsory criterion in force at the `until` of each group."""
    return _read_compliance(connection, groups).met


def read_places_with_known_standard(connection: Connection, groups: Groups) -> Mapping[GroupKey, Set[int]]:
    """The labelled places of which every compulsory criterion in force is known at the `until` of each group."""
    return _read_compliance(connection, groups).known


def read_no_known_place_reasons(connection: Connection, groups: Groups) -> dict[GroupKey, str]:
    """Why no place of a group is known: no criterion in force, declarations never loaded, or other reasons."""
    starts = connection.scalars(
        select(standard_criterion.c.since).where(is_live(standard_criterion), standard_criterion.c.is_compulsory)
    )
    first = min((since or date.min for since in starts), default=date.max)
    missing = missing_source_reason(connection, (DECLARATION_SOURCE,))
    unknown = f"{NO_KNOWN_PLACE_REASON}\u202f: {missing}" if missing else NO_KNOWN_PLACE_REASON
    return groups.map_groups(lambda _key, part: unknown if first <= part.until else NO_CRITERION_REASON)


KNOWN_STANDARD = KnownCondition(
    read_places_with_known_standard,
    read_no_known_place_reasons,
    ("lieu dont un critère au moins n’est pas renseigné", "lieux dont un critère au moins n’est pas renseigné"),
)
read_standard_share = labelled_share_reader(read_places_meeting_standard, KNOWN_STANDARD)
read_standard_cases = labelled_cases_reader(read_places_meeting_standard, KNOWN_STANDARD.read)


def read_whole_standard_share(connection: Connection, selection: Selection) -> LabelledShare:
    """The labelled places of the selection at `until`, those of which the standard is known, those that meet it."""
    return read_labelled_share(connection, selection, read_places_meeting_standard, KNOWN_STANDARD.read)


def read_standard_shares_by_departement(connection: Connection, selection: Selection) -> dict[str, LabelledShare]:
    """The labelled places of each département with one, and those that meet the standard, by code."""
    places = labelled_places_by_group(single_group(selection))
    dep = select(commune.c.dep).join(place_version, place_version.c.commune == commune.c.code)
    codes = connection.scalars(
        dep.where(place_version.c.place_id.in_(select(places.c.place_id)), is_live(place_version)).distinct()
    )
    groups = territory_groups(selection, "dep", sorted(codes))
    shares = read_labelled_shares(connection, groups, read_places_meeting_standard, KNOWN_STANDARD.read)
    return {str(code): share for code, share in shares.items()}


class CriterionCounts(NamedTuple):
    """A criterion in force, and the labelled places that meet it, miss it, or of which it is not known."""

    label: str
    is_compulsory: bool
    met: int
    missing: int
    unknown: int


def read_criterion_counts(connection: Connection, selection: Selection) -> list[CriterionCounts]:
    """The criteria in force at `until`, the most often missing first; empty without any labelled place."""
    rows = _criteria_of_labelled_places(selection).subquery("criteria")
    met, missing, unknown = (count_compliance(rows.c, compliance) for compliance in (MET, MISSING, UNKNOWN))
    query = (
        select(rows.c.label, rows.c.is_compulsory, met, missing, unknown)
        .group_by(rows.c.criterion, rows.c.label, rows.c.is_compulsory)
        .order_by(missing.desc(), unknown.desc(), rows.c.criterion)
    )
    return [CriterionCounts(*row) for row in connection.execute(query)]


def compulsory_criteria_of_labelled_places(selection: Selection) -> Select[Any]:
    """One row per place labelled at `until` and compulsory criterion in force (`standard_compliance`)."""
    return _criteria_of_labelled_places(selection).where(standard_criterion.c.is_compulsory)


def _criteria_of_labelled_places(selection: Selection) -> Select[Any]:
    places = labelled_places_by_group(single_group(selection))
    return standard_compliance(places, _day_literal(selection.until))


def labelled_place_standards(selection: Selection) -> Select[Any]:
    """One row per place labelled at `until`, with a criterion in force: `code`, `name`, `commune`, `departement` of the
    place; `standard` (« respecté », « non respecté », « inconnu » when a compulsory criterion is; null when none is
    compulsory); `met`, the number of criteria met; `missing_names`, `unknown_names`, `met_names`: its criteria by
    compliance.
    """
    rows = _criteria_of_labelled_places(selection)
    criteria = rows.order_by(rows.selected_columns.place_id, standard_criterion.c.code).subquery("criteria")
    compulsory = case((criteria.c.is_compulsory, criteria.c.compliance))
    unknown, missing, met = (func.max(case((compulsory == one, 1), else_=0)) == 1 for one in (UNKNOWN, MISSING, MET))
    grouped = select(
        criteria.c.place_id,
        case((unknown, "inconnu"), (missing, "non respecté"), (met, "respecté")).label("standard"),
        count_compliance(criteria.c, MET).label("met"),
        *(column for compliance in (MISSING, UNKNOWN, MET) for column in compliance_names(criteria.c, compliance)),
    ).group_by(criteria.c.place_id)
    by_place = with_search_keys(grouped).subquery("standards")
    return (
        select(
            place.c.code,
            place_version.c.name,
            commune.c.name.label("commune"),
            departement.c.name.label("departement"),
            *(column for column in by_place.c if column.name != "place_id"),
        )
        .select_from(by_place)
        .join(place, place.c.place_id == by_place.c.place_id)
        .join(place_version, and_(place_version.c.place_id == by_place.c.place_id, is_live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .join(departement, departement.c.code == commune.c.dep)
    )


def awards_to_check(selection: Selection) -> Select[Any]:
    """One row per award and renewal of the period to check: the columns of `AWARD_CHECK_FACT`, and `departement`."""
    rows = AWARD_CHECK_FACT.rows
    return (
        select(rows, departement.c.name.label("departement"))
        .join_from(rows, departement, departement.c.code == rows.c.dep)
        .where(*measure_conditions(AWARDS_TO_CHECK, rows, selection))
    )


class Commitment(NamedTuple):
    """A criterion in force for a place: its compliance (met, missing, unknown), whether the register of places says it;
    else the day, origin, file, sheet and line of the declaration (None: none). `basis` is the column of the register,
    `since` the day from which the criterion is in force (None: always).
    """

    label: str
    basis: str
    threshold: float | None
    is_compulsory: bool
    since: date | None
    compliance: str
    in_register: bool
    day: date | None
    origin: str | None
    file: str | None
    sheet: str | None
    line: int | None


def read_commitments(connection: Connection, place_id: int, until: date) -> list[Commitment]:
    """The criteria in force on a day for a place, compulsory ones first, and whether the place meets them."""
    one_place = select(place.c.place_id).where(place.c.place_id == place_id).subquery("one_place")
    rows = standard_compliance(one_place, _day_literal(until)).subquery("criteria")
    names = ("label", "basis", "threshold", "is_compulsory", "since", "compliance", "in_register", "day", "origin")
    query = (
        select(*(rows.c[name] for name in names), load.c.file, rows.c.sheet, rows.c.line)
        .select_from(rows)
        .outerjoin(load, load.c.load_id == rows.c.load_id)
        .order_by(rows.c.is_compulsory.desc(), rows.c.criterion)
    )
    return [Commitment(**row) for row in connection.execute(query).mappings()]


def _day_literal(day: date) -> ColumnElement[int]:
    return literal(day_number(day), Integer)
