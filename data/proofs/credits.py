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

from data.facts.aid import LEVER_FAMILY, STEP_LABELS
from data.facts.credits import AUTHORISATION_CREDITS, PAYMENT_CREDITS, STEPS_BY_USE, credit_steps
from data.model.proofs import Proof
from data.proofs.builders import exact_euros_text, null_text, with_file
from data.queries.credits import envelope_conditions, no_envelope_reason, read_envelope_uses
from data.schema import aid_file, aid_step, envelope, live, scheme_version
from data.search_keys import with_search_keys
from data.selection import Selection
from data.types import Day, day_number

ENVELOPE_ROLE = "enveloppe"
_COLUMN_NAMES = (
    *("role", "scheme_label", "fiscal_year", "credit", "reference", "beneficiary", "day", "amount"),
    *("lever_reference", "aid_id"),
)
_HEADERS = {
    "role": "Rôle",
    "scheme_label": "Dispositif",
    "fiscal_year": "Exercice",
    "credit": "Crédits",
    "reference": "Référence",
    "beneficiary": "Bénéficiaire",
    "day": "Date",
    "amount": "Montant",
}


def envelope_use_proof(use: str, credits: tuple[str, ...], use_text: str) -> Proof:
    """The proof of the use (`voted`, `committed` or `ordered`) of envelopes of some credits: the envelopes of the
    fiscal years in the period, and the steps of the same schemes and fiscal years up to `until`.
    """

    def rows(_connection: Connection, selection: Selection) -> Select[Any]:
        if no_envelope_reason(selection):
            return with_file(_envelope_rows([false()]).subquery("rows"), _COLUMN_NAMES)
        conditions = envelope_conditions(selection, credits)
        parts = (_envelope_rows(conditions), _use_rows(use, conditions, selection))
        located_parts = (with_file(with_search_keys(part).subquery("part"), _COLUMN_NAMES) for part in parts)
        all_rows = union_all(*(with_search_keys(part, required=("beneficiary",)) for part in located_parts)).subquery(
            "rows"
        )
        return select(*all_rows.c)

    def arithmetic(connection: Connection, selection: Selection) -> str:
        used = read_envelope_uses(connection, selection, use, credits)
        spent, granted = (
            sum(envelope_use.used for envelope_use in used),
            sum(envelope_use.envelope for envelope_use in used),
        )
        return f"{exact_euros_text(spent)} {use_text} ÷ {exact_euros_text(granted)} d’enveloppe"

    return Proof(
        rows,
        _HEADERS,
        default_sort="amount",
        key=("role", "aid_id", "load_id", "sheet", "line"),
        arithmetic=arithmetic,
        note=(
            "Une ligne par enveloppe, et par étape des mêmes dispositifs et des mêmes exercices jusqu’à la date "
            "«\u202farrêté au\u202f». L’exercice d’une étape est le sien, sinon celui du dossier, sinon l’année du "
            "vote (de l’ordre, pour un mandat)."
        ),
    )


def _envelope_rows(conditions: list[Any]) -> Select[Any]:
    return (
        select(
            literal(ENVELOPE_ROLE).label("role"),
            func.coalesce(scheme_version.c.label, envelope.c.scheme).label("scheme_label"),
            cast(envelope.c.fiscal_year, Integer).label("fiscal_year"),
            envelope.c.credit,
            null_text().label("reference"),
            null_text().label("beneficiary"),
            type_coerce(cast(null(), Integer), Day).label("day"),
            envelope.c.amount,
            null_text().label("lever_reference"),
            cast(null(), Integer).label("aid_id"),
            *(envelope.c[name] for name in ("load_id", "sheet", "line")),
        )
        .outerjoin(scheme_version, and_(scheme_version.c.code == envelope.c.scheme, live(scheme_version)))
        .where(*conditions)
    )


def _use_rows(use: str, conditions: list[Any], selection: Selection) -> Select[Any]:
    all_steps = credit_steps(
        case(STEP_LABELS, value=aid_step.c.step).label("role"),
        aid_file.c.scheme_label,
        aid_file.c.reference,
        aid_file.c.beneficiary,
        case((aid_file.c.family == LEVER_FAMILY, aid_file.c.reference)).label("lever_reference"),
        *(aid_step.c[name] for name in ("aid_id", "load_id", "sheet", "line")),
    )
    keyed_steps = with_search_keys(
        all_steps.where(aid_step.c.step.in_(STEPS_BY_USE[use]))
    )  # a key finds these, not the use
    steps = keyed_steps.subquery("steps")
    same = (envelope.c.scheme == steps.c.scheme, envelope.c.fiscal_year == steps.c.fiscal_year)
    in_time = type_coerce(steps.c.day, Integer) + 0 <= day_number(selection.until)  # out of reach of the index of days
    columns = {
        "fiscal_year": cast(steps.c.fiscal_year, Integer).label("fiscal_year"),
        "credit": null_text().label("credit"),
    }
    return select(
        *(columns[name] if name in columns else steps.c[name] for name in (*_COLUMN_NAMES, "load_id", "sheet", "line"))
    ).where(in_time, exists().where(*conditions, *same))


ENVELOPE_VOTED_PROOF = envelope_use_proof("voted", AUTHORISATION_CREDITS, "votés")
ENVELOPE_COMMITTED_PROOF = envelope_use_proof("committed", AUTHORISATION_CREDITS, "engagés")
ENVELOPE_ORDERED_PROOF = envelope_use_proof("ordered", PAYMENT_CREDITS, "mandatés")
