"""Envelopes and their use. AE, AP and CP are three kinds of credits: they are never added together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from data.engine import cached_on_snapshot
from data.i18n import sentence_list
from data.model.facts import MeasuredValue
from data.model.groups import WHOLE_KEY, GroupKey, Groups
from data.schema import credit_use, envelope, live
from data.selection import Selection

INAPPLICABLE_FILTERS = ("dep", "epci", "porteur", "typologie")  # filters that no envelope has
WHOLE_REGION_REASON = "une enveloppe vaut pour toute la Région et tous les porteurs"
PARTIAL_YEAR_REASON = "la période commence en cours d’exercice, une enveloppe vaut pour l’année entière"
NO_ENVELOPE_REASON = "aucune n’est enregistrée pour ces exercices"
ZERO_ENVELOPE_REASON = "l’enveloppe votée est nulle"


class EnvelopeUse(NamedTuple):
    """An envelope (scheme, fiscal year, kind of credit) and what was used of it up to a date, in euros."""

    scheme: str
    fiscal_year: int
    credit: str
    envelope: float
    used: float


@cached_on_snapshot
def read_envelope_uses(
    connection: Connection, selection: Selection, use: str, credits: tuple[str, ...]
) -> list[EnvelopeUse]:
    """Each envelope of these credits in the fiscal years of the period, whole, with its use (`voted`, `committed` or
    `ordered`) in euros up to `until`. Only the scheme filter applies.
    """
    return _read_envelope_uses(
        connection, selection, credits, _use_sums(use).where(credit_use.c.day <= selection.until)
    )


def _use_sums(use: str) -> Select[Any]:
    return (
        select(credit_use.c.scheme, credit_use.c.fiscal_year, func.sum(credit_use.c.amount).label("amount"))
        .where(credit_use.c.use == use)
        .group_by(credit_use.c.scheme, credit_use.c.fiscal_year)
    )


def read_envelope_uses_by_group(
    connection: Connection, groups: Groups, use: str, credits: tuple[str, ...]
) -> Mapping[GroupKey, Sequence[EnvelopeUse]]:
    """Envelope uses by group: of a scheme, or of a fiscal year with its use up to its end."""
    if not groups.period:
        uses = read_envelope_uses(connection, groups.selection, use, credits)
        if groups.column != "scheme":
            return groups.fill_groups({WHOLE_KEY: uses}, [])
        return groups.map_groups(lambda key, _part: [each for each in uses if each.scheme == key])
    ends = groups.periods
    used = _use_sums(use).where(credit_use.c.fiscal_year == ends.c.key, credit_use.c.day <= ends.c.last)
    all_uses = _read_envelope_uses(connection, groups.selection, credits, used)
    return groups.map_groups(lambda key, _part: [each for each in all_uses if each.fiscal_year == key])


def _read_envelope_uses(
    connection: Connection, selection: Selection, credits: tuple[str, ...], uses: Select[Any]
) -> list[EnvelopeUse]:
    used = uses.subquery("used")
    query = (
        select(envelope.c.scheme, envelope.c.fiscal_year, envelope.c.credit, envelope.c.amount, used.c.amount)
        .outerjoin(used, and_(used.c.scheme == envelope.c.scheme, used.c.fiscal_year == envelope.c.fiscal_year))
        .where(*envelope_conditions(selection, credits))
        .order_by(envelope.c.fiscal_year, envelope.c.scheme, envelope.c.credit)
    )
    return [EnvelopeUse(*row[:3], float(row[3]), float(row[4] or 0)) for row in connection.execute(query)]


def envelope_conditions(selection: Selection, credits: tuple[str, ...]) -> list[ColumnElement[bool]]:
    """SQL: live envelopes of these credits in the fiscal years of the period, of the selected schemes."""
    return [
        live(envelope),
        envelope.c.credit.in_(credits),
        envelope.c.fiscal_year <= selection.until.year,
        envelope.c.fiscal_year >= (selection.since or date.min).year,
        *selection.where(envelope.c, ("dispositif",)),
    ]


def envelope_share_reader(
    use: str, credits: tuple[str, ...]
) -> Callable[[Connection, Groups], dict[GroupKey, MeasuredValue]]:
    """A reader of the used share of the envelopes of some credits, by group."""

    def read(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
        used = read_envelope_uses_by_group(connection, groups, use, credits)

        def read_one(key: GroupKey, part: Selection) -> MeasuredValue:
            reason = no_envelope_reason(part)
            return MeasuredValue(None, reason) if reason else envelope_share(used[key])

        return groups.map_groups(read_one)

    return read


def without_inapplicable_filters(selection: Selection) -> Selection:
    """The selection without the filters that envelopes do not have."""
    for key in INAPPLICABLE_FILTERS:
        selection = selection.with_codes(key, ())
    return selection


def no_envelope_reason(selection: Selection) -> str | None:
    """The French reason why a selection has no envelope; None when it may have some."""
    if selection != without_inapplicable_filters(selection):
        return WHOLE_REGION_REASON
    since = selection.since
    return PARTIAL_YEAR_REASON if since and (since.month, since.day) != (1, 1) else None


def envelope_share(used: Sequence[EnvelopeUse]) -> MeasuredValue:
    """The used share of envelopes of one credit; unknown, with its French reason, for several credits or without
    envelopes.
    """
    kinds = sorted({each.credit for each in used})
    if len(kinds) > 1:
        mixed = sentence_list(kinds)
        return MeasuredValue(
            None, f"ces enveloppes sont en {mixed}, qui ne s’additionnent pas\u202f: choisir un dispositif"
        )
    granted = sum(each.envelope for each in used)
    if not granted:
        return MeasuredValue(None, ZERO_ENVELOPE_REASON if used else NO_ENVELOPE_REASON)
    years = sorted({each.fiscal_year for each in used})
    first = f"exercice {years[0]}" if len(years) == 1 else f"exercices {sentence_list([str(year) for year in years])}"
    return MeasuredValue(sum(each.used for each in used) / granted, note=f"{first}, en {kinds[0]}")
