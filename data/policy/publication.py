"""« Chiffres publiables : oui / non, car… »: reasons not to publish, from the state of the data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.i18n import count, day_short, euros, number, percent, sentence_list
from data.indicators import INDICATORS
from data.policy.self_checks import SelfCheck
from data.queries.quality import Freshness, UnplacedAid
from data.types import month_after, month_number

MAX_LAG_MONTHS = 6  # between the last fact of a source and the latest fact of all
MAX_REFUSED_SHARE = 0.01  # of the rows, or of the money voted, above which figures would mislead

THRESHOLDS_TEXT = (
    "Un chiffre n’est pas publiable si des données sont fictives, si une source dont il a besoin n’a jamais été "
    f"chargée, si le dernier fait d’une source précède de plus de {MAX_LAG_MONTHS} mois le fait le plus récent de la "
    f"base, si plus de {percent(MAX_REFUSED_SHARE)} des lignes ou des euros votés sont à corriger, ou si un contrôle "
    "ne se vérifie pas. Ces seuils sont ceux du projet\u202f: à la Région de les confirmer."
)


@dataclass(frozen=True)
class DataState:
    """Freshness of sources, self-checks and unlocated aid at a date; `until` is the day of the latest fact of all."""

    freshness: Sequence[Freshness]
    checks: Sequence[SelfCheck]
    unplaced: UnplacedAid
    is_demonstration: bool
    until: date


@dataclass(frozen=True)
class Caveat:
    """A remark before publication, in French without capital; `is_blocking`: figures may not be published."""

    is_blocking: bool
    text: str


def find_caveats(state: DataState) -> tuple[Caveat, ...]:
    """All caveats of a state, blocking ones first."""
    all_caveats = [
        *_demonstration_caveats(state),
        *_missing_source_caveats(state),
        *_stale_source_caveats(state),
        *_refused_row_caveats(state),
        *_self_check_caveats(state),
        *_unplaced_aid_caveats(state),
    ]
    return tuple(sorted(all_caveats, key=lambda caveat: not caveat.is_blocking))


def publication_title(caveats: Sequence[Caveat]) -> str:
    """« Chiffres publiables : non, car… »: the French title for these caveats."""
    blocking = [caveat.text for caveat in caveats if caveat.is_blocking]
    if not blocking:
        reserves = count(len(caveats), "réserve", "réserves")
        return f"Chiffres publiables\u202f: oui{f', avec {reserves}' if caveats else ''}"
    if len(blocking) == 1:
        return f"Chiffres publiables\u202f: non, car {blocking[0]}"
    return f"Chiffres publiables\u202f: non, pour {number(len(blocking))} raisons"


def _demonstration_caveats(state: DataState) -> Iterator[Caveat]:
    if state.is_demonstration:
        yield Caveat(True, "ce sont des données de démonstration, inventées")


def _missing_source_caveats(state: DataState) -> Iterator[Caveat]:
    """Sources that an indicator needs and that were never loaded."""
    for freshness in state.freshness:
        indicators = [indicator for indicator in INDICATORS if freshness.source.name in indicator.sources]
        if freshness.load_id is None and indicators and not freshness.source.supplements:
            figures = count(len(indicators), "indicateur en dépend", "indicateurs en dépendent")
            yield Caveat(True, f"«\u202f{freshness.source.label}\u202f» n’a jamais été chargé ({figures})")


def _stale_source_caveats(state: DataState) -> Iterator[Caveat]:
    limit = month_after(month_number(state.until), -MAX_LAG_MONTHS)
    for freshness in state.freshness:
        if freshness.source.is_continuous and freshness.last_day and month_number(freshness.last_day) < limit:
            yield Caveat(
                True,
                f"«\u202f{freshness.source.label}\u202f» s’arrête au {day_short(freshness.last_day)}, plus de "
                f"{MAX_LAG_MONTHS} mois avant le fait le plus récent ({day_short(state.until)})",
            )


def _refused_row_caveats(state: DataState) -> Iterator[Caveat]:
    lines = sum(freshness.rejects for freshness in state.freshness)
    rows = lines + sum(freshness.rows for freshness in state.freshness)
    amount = sum((freshness.rejected_amount for freshness in state.freshness), Decimal(0))
    if not lines:
        return
    money = amount / (amount + state.unplaced.all_amount) if amount else Decimal(0)
    lines_text = count(lines, "ligne est à corriger", "lignes sont à corriger")
    amount_text = f", {euros(amount)} ne sont pas comptés ({percent(money, 1)} des aides votées)" if amount else ""
    yield Caveat(lines / rows > MAX_REFUSED_SHARE or money > MAX_REFUSED_SHARE, f"{lines_text}{amount_text}")


def _self_check_caveats(state: DataState) -> Iterator[Caveat]:
    failed = [check.statement for check in state.checks if not check.holds]
    if failed:
        yield Caveat(True, f"un contrôle ne se vérifie pas\u202f: {sentence_list(failed)}")


def _unplaced_aid_caveats(state: DataState) -> Iterator[Caveat]:
    unplaced = state.unplaced
    if unplaced.files:
        files = count(unplaced.files, "dossier d’aide sans lieu ni commune", "dossiers d’aide sans lieu ni commune")
        yield Caveat(
            False, f"{files}, {euros(unplaced.amount)}\u202f: dans le total de la Normandie, dans aucun territoire"
        )
