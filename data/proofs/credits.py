"""The rows behind the use of envelopes: the envelopes, and what was voted, committed or ordered of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Select,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from data.facts.aid import LEVER, STEP_LABELS
from data.facts.credits import AUTHORISATIONS, PAYMENTS, STEPS_OF_USES, credit_steps
from data.model.proofs import Proof
from data.proofs.builders import exact_euros, located, no_text
from data.queries.credits import envelope_conditions, read_envelope_uses, why_no_envelope
from data.schema import aid_file, aid_step, envelope, live, scheme_version
from data.search_keys import with_search_keys
from data.selection import Selection
from data.types import Day, day_number

ENVELOPE = "enveloppe"
_NAMES = (
    *("role", "scheme_label", "fiscal_year", "credit", "reference", "beneficiary", "day", "amount"),
    *("lever_reference", "aid_id"),
)
_SHOWN = {
    "role": "Rôle",
    "scheme_label": "Dispositif",
    "fiscal_year": "Exercice",
    "credit": "Crédits",
    "reference": "Référence",
    "beneficiary": "Bénéficiaire",
    "day": "Date",
    "amount": "Montant",
}


def used_of(use: str, credits: tuple[str, ...], words: str) -> Proof:
    """The envelopes of some kinds of credits in the exercices of the period, and the steps of the same schemes and
    exercices that use them (`voted`, `committed` or `ordered`), up to `until`.
    """

    def rows(_connection: Connection, selection: Selection) -> Select[Any]:
        if why_no_envelope(selection):
            return located(_envelopes([false()]).subquery("rows"), _NAMES)
        kept = envelope_conditions(selection, credits)
        parts = (_envelopes(kept), _uses(use, kept, selection))
        found = (located(with_search_keys(part).subquery("part"), _NAMES) for part in parts)
        both = union_all(*(with_search_keys(one, required=("beneficiary",)) for one in found)).subquery("rows")
        return select(*both.c)

    def arithmetic(connection: Connection, selection: Selection) -> str:
        used = read_envelope_uses(connection, selection, use, credits)
        spent, whole = sum(one.used for one in used), sum(one.envelope for one in used)
        return f"{exact_euros(spent)} {words} ÷ {exact_euros(whole)} d’enveloppe"

    return Proof(
        rows,
        _SHOWN,
        newest="amount",
        key=("role", "aid_id", "load_id", "sheet", "line"),
        arithmetic=arithmetic,
        note=(
            "Une ligne par enveloppe, et par étape des mêmes dispositifs et des mêmes exercices jusqu’à la date "
            "«\u202farrêté au\u202f». L’exercice d’une étape est le sien, sinon celui du dossier, sinon l’année du "
            "vote (de l’ordre, pour un mandat)."
        ),
    )


def _envelopes(kept: list[Any]) -> Select[Any]:
    return (
        select(
            literal(ENVELOPE).label("role"),
            func.coalesce(scheme_version.c.label, envelope.c.scheme).label("scheme_label"),
            cast(envelope.c.fiscal_year, Integer).label("fiscal_year"),
            envelope.c.credit,
            no_text().label("reference"),
            no_text().label("beneficiary"),
            type_coerce(cast(null(), Integer), Day).label("day"),
            envelope.c.amount,
            no_text().label("lever_reference"),
            cast(null(), Integer).label("aid_id"),
            *(envelope.c[name] for name in ("load_id", "sheet", "line")),
        )
        .outerjoin(scheme_version, and_(scheme_version.c.code == envelope.c.scheme, live(scheme_version)))
        .where(*kept)
    )


def _uses(use: str, kept: list[Any], selection: Selection) -> Select[Any]:
    every = credit_steps(
        case(STEP_LABELS, value=aid_step.c.step).label("role"),
        aid_file.c.scheme_label,
        aid_file.c.reference,
        aid_file.c.beneficiary,
        case((aid_file.c.family == LEVER, aid_file.c.reference)).label("lever_reference"),
        *(aid_step.c[name] for name in ("aid_id", "load_id", "sheet", "line")),
    )
    found = with_search_keys(every.where(aid_step.c.step.in_(STEPS_OF_USES[use])))  # a key finds these, not the use
    steps = found.subquery("steps")
    same = (envelope.c.scheme == steps.c.scheme, envelope.c.fiscal_year == steps.c.fiscal_year)
    in_time = type_coerce(steps.c.day, Integer) + 0 <= day_number(selection.until)  # out of reach of the index of days
    columns = {
        "fiscal_year": cast(steps.c.fiscal_year, Integer).label("fiscal_year"),
        "credit": no_text().label("credit"),
    }
    return select(
        *(columns[name] if name in columns else steps.c[name] for name in (*_NAMES, "load_id", "sheet", "line"))
    ).where(in_time, exists().where(*kept, *same))


VOTED_ROWS = used_of("voted", AUTHORISATIONS, "votés")
COMMITTED_ROWS = used_of("committed", AUTHORISATIONS, "engagés")
ORDERED_ROWS = used_of("ordered", PAYMENTS, "mandatés")
