"""Aid files and their steps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    Text,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    type_coerce,
)

from data.cube import Cube, GroupingSet
from data.filters import AID_FILTERS
from data.model.facts import Fact
from data.schema import aid_file, aid_step, aid_total, aid_version, live, place
from data.sources.aids import AID_STEP_KINDS, AID_STEPS, PAYMENT_ORDERS, REGION_SIREN
from data.sources.other_values import OTHER_VALUES_HEADER, OTHER_VALUES_NAME, other_values
from data.sources.scdl import AIDS_SCDL
from data.types import Cents, Day

CONFORM_VERDICT = "conform"  # the verdict on a file without findings
VOTE_STEPS = ("vote", "amendment")  # what the votes of a file sum to
LEVER_FAMILY = "lever"  # the family of the schemes of the Région's own policy
UNPLACED_VOTE = "unplaced"  # in the sums: the votes once more, of the files without a tiers-lieu
SUPERSEDING_STEPS = (  # step of the list of files -> steps of the financial follow-up that supersede it
    ("vote", ("vote",)),
    ("commitment", ("commitment",)),
    (PAYMENT_ORDERS[0], PAYMENT_ORDERS[1:]),
    ("payment", ("payment",)),
)
STEP_LABELS = {choice.code: choice.label for choice in AID_STEP_KINDS} | {PAYMENT_ORDERS[0]: "mandatement"}


def is_not_superseded() -> ColumnElement[bool]:
    """SQL: condition of the rows of `aid_step` that count: live, and not superseded by the financial follow-up.

    A step of the list of files is superseded by the steps of the same family (`SUPERSEDING_STEPS`) that the financial
    follow-up has for the same file. A family that is absent from the follow-up keeps its step of the list. A vote is
    also superseded by a proposal of the same day or later: the file was put off.
    """
    finer = aid_step.alias("finer")
    put_off = and_(finer.c.step == "proposal", finer.c.day >= aid_step.c.day)
    in_family = or_(
        and_(aid_step.c.step == "vote", put_off),
        *(and_(aid_step.c.step == step, finer.c.step.in_(steps)) for step, steps in SUPERSEDING_STEPS),
    )
    replaced = exists().where(
        finer.c.aid_id == aid_step.c.aid_id, finer.c.origin == AID_STEPS.name, live(finer), in_family
    )
    return and_(live(aid_step), or_(aid_step.c.origin == AID_STEPS.name, not_(replaced)))


def is_not_superseded_in_bulk() -> ColumnElement[bool]:
    """SQL: the condition of `is_not_superseded` for reading all steps: files with a financial follow-up are looked up
    once.
    """
    followed = aid_step.alias("followed")
    ids = select(followed.c.aid_id).where(followed.c.origin == AID_STEPS.name, live(followed))
    return and_(live(aid_step), or_(aid_step.c.aid_id.not_in(ids), is_not_superseded()))


def counted_aid_steps(
    *extra_columns: ColumnElement[Any], is_counted: ColumnElement[bool] | None = None, in_bulk: bool = False
) -> Select[Any]:
    """One row per counted step of an aid file, with the standard columns of the file and `extra_columns`. `in_bulk`:
    rows in the order of files, for readers of all of them; otherwise in the order of days, by an index.

    The columns from `files` to `to_check` are values of the file: they are filled in the row of its first vote only.
    """
    first = and_(aid_step.c.step == "vote", aid_step.c.day == aid_file.c.day, aid_step.c.number == aid_file.c.number)
    names = ("scheme", "funder", "dep", "epci", "holder_type", "typologies")
    family = func.coalesce(aid_file.c.family, literal("", Text))  # out of reach of an index: each is met in its order
    day = type_coerce(type_coerce(aid_step.c.day, Integer) + 0, Day) if in_bulk else aid_step.c.day
    return (
        select(
            aid_step.c.step,
            day.label("day"),
            *(aid_file.c[name] for name in names),
            family.label("family"),
            aid_step.c.amount,
            *_first_vote_columns(first),
            *extra_columns,
        )
        .select_from(aid_step)
        .join(aid_file, aid_file.c.aid_id == aid_step.c.aid_id)
        .where(is_not_superseded() if is_counted is None else is_counted)
    )


def aid_rows(*, in_bulk: bool = False) -> Select[Any]:
    """The rows of `counted_aid_steps` with the columns that proofs show, and `load_id`, `sheet`, `line`."""
    return counted_aid_steps(
        *(aid_file.c[name] for name in ("reference", "beneficiary", "scheme_label", "commune", "decision_reference")),
        case(STEP_LABELS, value=aid_step.c.step).label("step_label"),
        *(aid_file.c[name] for name in ("place_id", "cost", "public_money", "voted", "first_order", "why")),
        case((and_(aid_file.c.family == LEVER_FAMILY, aid_file.c.funder == REGION_SIREN), aid_file.c.reference)).label(
            "lever_reference"
        ),
        select(place.c.code).where(place.c.place_id == aid_file.c.place_id).scalar_subquery().label("place_code"),
        _other_values_of_grant().label(OTHER_VALUES_NAME),
        *(aid_step.c[name] for name in ("aid_id", "number", "origin")),
        aid_step.c.load_id,
        aid_step.c.sheet,
        aid_step.c.line,
        is_counted=is_not_superseded_in_bulk() if in_bulk else None,
        in_bulk=in_bulk,
    )


def _other_values_of_grant() -> ColumnElement[Any]:
    """SQL: text of the other values of a grant of the open data; null for the Région's own list, which has none."""
    grant = select(other_values(aid_version)).where(aid_version.c.aid_id == aid_step.c.aid_id, live(aid_version))
    return case((aid_step.c.origin == AIDS_SCDL.name, grant.correlate(aid_step).scalar_subquery()))


def _first_vote_columns(first: ColumnElement[bool]) -> list[ColumnElement[Any]]:
    """Columns with the values of a file in the row of its first vote, null or 0 in its other rows."""
    costed = and_(first, aid_file.c.cost.is_not(None))
    private = type_coerce(aid_file.c.cost - aid_file.c.public_money, Cents)
    return [
        case((first, 1), else_=0).label("files"),
        case((first, aid_file.c.eligible), else_=null()).label("eligible"),
        case((and_(first, aid_file.c.eligible > 0), aid_file.c.voted), else_=null()).label("eligible_voted"),
        case((costed, private), else_=null()).label("private_money"),
        case((costed, aid_file.c.voted), else_=null()).label("costed_voted"),
        case((costed, 1), else_=0).label("costed"),
        case((and_(first, aid_file.c.verdict == "broken"), 1), else_=0).label("to_check"),
    ]


_COMMON_DIMENSIONS = (
    "family",
    "funder",
    "scheme",
    "dep",
)  # in every set: they have few values, and nearly all questions one
AID_CUBE = Cube(  # 200 000 aids: 530 000 rows in the finest set, read in 10 to 20 ms a sum; 640 in the years of set 1
    aid_total,
    dimensions=("epci", "dep", "holder_type", "typologies", "scheme", "funder", "family"),
    sets=(
        GroupingSet(1, _COMMON_DIMENSIONS, ("day", "month", "year")),
        GroupingSet(2, (*_COMMON_DIMENSIONS, "holder_type"), ("month", "year")),
        GroupingSet(3, (*_COMMON_DIMENSIONS, "holder_type", "typologies"), ("month", "year")),
        GroupingSet(4, (*_COMMON_DIMENSIONS, "holder_type", "epci"), ("month", "year")),
        GroupingSet(9, (*_COMMON_DIMENSIONS, "holder_type", "epci", "typologies"), ("day",)),
    ),
    minimum_measures=("day",),
)

AID_FACT = Fact(
    time="day",
    rows=aid_total,
    detail=aid_total,
    cube=AID_CUBE,
    proof=aid_rows(),
    bulk_proof=aid_rows(in_bulk=True),
    headers={
        "reference": "Référence",
        "beneficiary": "Bénéficiaire",
        "scheme_label": "Dispositif",
        "commune": "Commune",
        "step_label": "Étape",
        "day": "Date",
        "amount": "Montant",
        "decision_reference": "Délibération",
        OTHER_VALUES_NAME: OTHER_VALUES_HEADER,
    },
    default_sort="day",
    place_column="place_code",
    hidden_columns=("place_code", "lever_reference"),
    filters=AID_FILTERS,
    key=("day", "aid_id", "step", "number", "origin"),  # the order of an index
)
