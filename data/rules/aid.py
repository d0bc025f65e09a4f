"""The rules of the aid policy: what makes an aid file « à vérifier ».

A rule reads the columns of `rows_to_judge`: the file as known today, and the values of its scheme, which are data. It
is broken, or it cannot be verified because a file that would decide is missing; neither: the file conforms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, exists, false, func, not_, or_, select, type_coerce
from sqlalchemy.types import Float

from data.i18n import NARROW, day_short, number, percent
from data.schema import activity, aid_file, aid_version, label_span, live, scheme_version
from data.types import Columns

MEETING_PARTNER = "aract"
_JUDGED_COLUMNS = ("number", "verdict", "why")  # columns of a file that judging it does not read
HALF_CENT = 0.5


@dataclass(frozen=True)
class Rule:
    """One rule, judged on each aid file of the Région's levers when files are loaded; sums and lists have those voted.

    It reads no clock: a verdict is stored, and one that depends on the day would be false on the next.
    `why` is one sentence of French, which the definition of the indicator cites. `describe` gives the French sentence
    for a row of `rows_to_judge` that breaks the rule, with the numbers, without full stop; `missing` the French text
    for a file that cannot be verified.
    """

    slug: str
    label: str
    why: str
    broken: Callable[[Columns], ColumnElement[bool]]
    unverifiable: Callable[[Columns], ColumnElement[bool]]
    describe: Callable[[Any], str]
    missing: str = ""


def rows_to_judge() -> Select[Any]:
    """One row per aid file: columns of `aid_file`, of its version and its scheme, `met` and `labelled` (1 when a prior
    meeting, or a label, precedes its vote), `any_activity` and `any_label` (whether such files are loaded).

    A meeting belongs to a file that its reference names; without a reference, to a file of the same place; when either
    has no place, to a file of the same holder.
    """
    unnamed, unplaced = activity.c.aid_reference.is_(None), activity.c.place_id.is_(None)
    by_reference = _first_meeting_days(activity.c.aid_reference)
    by_place = _first_meeting_days(activity.c.place_id, unnamed)
    by_holder = _first_meeting_days(activity.c.holder_key, unnamed)
    by_holder_alone = _first_meeting_days(activity.c.holder_key, unnamed, unplaced)
    deadline = func.coalesce(aid_version.c.requested, aid_file.c.day)
    has_meeting = or_(
        by_reference.c.day <= deadline,
        by_place.c.day <= deadline,
        by_holder_alone.c.day <= deadline,
        and_(aid_file.c.place_id.is_(None), by_holder.c.day <= deadline),
    )
    return (
        select(
            *(column for column in aid_file.c if column.name not in _JUDGED_COLUMNS),
            func.nullif(func.trim(aid_version.c.derogation), "").label("derogation"),
            aid_version.c.requested,
            *(scheme_version.c[name] for name in ("rate_max", "cap", "cap_base", "prior_meeting", "label_required")),
            case((has_meeting, 1), else_=0).label("met"),
            case((_had_label(), 1), else_=0).label("labelled"),
            exists().where(activity.c.partner == MEETING_PARTNER, live(activity)).label("any_activity"),
            exists().where(label_span.c.place_id.is_not(None)).label("any_label"),
        )
        .select_from(aid_file)
        .join(aid_version, and_(aid_version.c.aid_id == aid_file.c.aid_id, live(aid_version)))
        .join(scheme_version, and_(scheme_version.c.code == aid_file.c.scheme, live(scheme_version)))
        .outerjoin(by_reference, by_reference.c.of == aid_file.c.reference)
        .outerjoin(by_place, by_place.c.of == aid_file.c.place_id)
        .outerjoin(by_holder, by_holder.c.of == aid_version.c.beneficiary_key)
        .outerjoin(by_holder_alone, by_holder_alone.c.of == aid_version.c.beneficiary_key)
    )


def _first_meeting_days(owner: ColumnElement[Any], *conditions: ColumnElement[bool]) -> Subquery:
    """The day of the first prior meeting of each reference, place or holder."""
    return (
        select(owner.label("of"), func.min(activity.c.day).label("day"))
        .where(live(activity), activity.c.partner == MEETING_PARTNER, activity.c.kind == "prior_meeting")
        .where(owner.is_not(None), *conditions)
        .group_by(owner)
        .subquery()
    )


def _had_label() -> ColumnElement[bool]:
    """SQL: the place of the file was labelled, or in process, on the day of the vote."""
    return exists().where(
        label_span.c.place_id == aid_file.c.place_id,
        label_span.c.started <= aid_file.c.day,
        or_(label_span.c.ended.is_(None), label_span.c.ended > aid_file.c.day),
    )


def _cents_as_number(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """SQL: the cents of an amount, as a number that a rate may multiply."""
    return type_coerce(column, Float)


def _euros_text(amount: Any) -> str:
    return f"{number(amount, 0 if amount == int(amount) else 2)}{NARROW}€"


def _above_rate(rows: Columns) -> ColumnElement[bool]:
    above: ColumnElement[bool] = (
        _cents_as_number(rows.voted) > rows.rate_max * _cents_as_number(rows.eligible) + HALF_CENT
    )
    return above


def _describe_rate(row: Any) -> str:
    share = (
        f"{percent(row.voted / row.eligible)} au lieu de {percent(row.rate_max)}" if row.eligible else "sans dépense"
    )
    return (
        f"{_euros_text(row.voted)} votés pour {_euros_text(row.eligible)} de dépenses éligibles{NARROW}: {share}, "
        f"soit {_euros_text(float(row.voted) - float(row.eligible) * row.rate_max)} de trop"
    )


def _above_cap(rows: Columns) -> ColumnElement[bool]:
    share = case((rows.cap_base == "expense", func.coalesce(rows.rate_max, 1.0)), else_=1.0)
    above: ColumnElement[bool] = _cents_as_number(rows.voted) > _cents_as_number(rows.cap) * share + HALF_CENT
    return above


def _describe_cap(row: Any) -> str:
    if row.cap_base == "expense":
        rate = 1 if row.rate_max is None else row.rate_max
        return f"{_euros_text(row.voted)} votés pour {percent(rate)} au plus de {_euros_text(row.cap)} de dépenses"
    return f"{_euros_text(row.voted)} votés pour un plafond de {_euros_text(row.cap)}"


def _no_meeting(rows: Columns) -> ColumnElement[bool]:
    return and_(rows.prior_meeting.is_(True), rows.any_activity.is_(True), rows.met == 0)


def _describe_meeting(row: Any) -> str:
    day, event = (row.requested, "la demande") if row.requested else (row.day, "le vote")
    return f"Aucune rencontre préalable avec Aract avant {event} du {day_short(day)}"


def _label_missing(rows: Columns) -> ColumnElement[bool]:
    return and_(
        rows.label_required == "in_process",
        rows.place_id.is_not(None),
        rows.any_label.is_(True),
        rows.labelled == 0,
    )


def _label_unknown(rows: Columns) -> ColumnElement[bool]:
    return and_(rows.label_required == "in_process", or_(rows.place_id.is_(None), not_(rows.any_label)))


def _step_amounts(rows: Any) -> list[tuple[str, Any, Any]]:
    """The four steps, highest first: French text, remaining amount, whether the amount is known."""
    return [
        ("votés, annulations déduites", rows.voted - rows.cancelled, rows.voted > 0),
        ("engagés", rows.committed, rows.committed > 0),
        ("mandatés, reversements déduits", rows.ordered - rows.recovered, rows.ordered > 0),
        ("payés", rows.paid, rows.paid > 0),
    ]


def _out_of_order(rows: Columns) -> ColumnElement[bool]:
    steps = _step_amounts(rows)
    return or_(
        *(
            and_(high_known, low_known, low > high)
            for rank, (_, high, high_known) in enumerate(steps)
            for _, low, low_known in steps[rank + 1 :]
        )
    )


def _describe_order(row: Any) -> str:
    steps = [(step_text, remaining) for step_text, remaining, is_known in _step_amounts(row) if is_known]
    pairs = ((higher, lower) for rank, higher in enumerate(steps) for lower in steps[rank + 1 :])
    (high, limit), (low, amount) = next((higher, lower) for higher, lower in pairs if lower[1] > higher[1])
    return f"{_euros_text(amount)} {low}, pour {_euros_text(limit)} {high}"


RULES = (
    Rule(
        slug="taux",
        label="Taux d’aide",
        why="Le règlement du dispositif plafonne la part des dépenses éligibles que la Région finance.",
        broken=lambda rows: and_(rows.rate_max.is_not(None), rows.eligible.is_not(None), _above_rate(rows)),
        unverifiable=lambda rows: and_(rows.rate_max.is_not(None), rows.eligible.is_(None)),
        describe=_describe_rate,
        missing="Dépenses éligibles inconnues",
    ),
    Rule(
        slug="plafond",
        label="Plafond",
        why="Le règlement du dispositif plafonne l’aide, ou la dépense qu’elle finance.",
        broken=lambda rows: and_(rows.cap.is_not(None), _above_cap(rows)),
        unverifiable=lambda _rows: false(),
        describe=_describe_cap,
    ),
    Rule(
        slug="rencontre-prealable",
        label="Rencontre préalable",
        why="Une rencontre avec Aract est obligatoire au préalable\u202f: avant la demande, sinon avant le vote.",
        broken=_no_meeting,
        unverifiable=lambda rows: and_(rows.prior_meeting.is_(True), not_(rows.any_activity)),
        describe=_describe_meeting,
        missing="Aucune action d’Aract n’est chargée",
    ),
    Rule(
        slug="label",
        label="Label en vigueur ou en cours",
        why="Le dispositif s’adresse aux lieux labellisés ou en cours de labellisation à la date du vote.",
        broken=_label_missing,
        unverifiable=_label_unknown,
        describe=lambda row: f"Lieu ni labellisé ni en cours de labellisation le {day_short(row.day)}, jour du vote",
        missing="Dossier sans tiers-lieu, ou aucun parcours de labellisation chargé",
    ),
    Rule(
        slug="enchainement",
        label="Enchaînement des étapes",
        why="On ne paie pas plus que mandaté, on ne mandate pas plus qu’engagé, on n’engage pas plus que voté.",
        broken=_out_of_order,
        unverifiable=lambda _rows: false(),
        describe=_describe_order,
    ),
)
