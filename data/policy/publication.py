"""« Chiffres publiables : oui / non, car… »: what the state of the data says of the figures."""

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
COMPLETING_SOURCES = frozenset({"aids-scdl", "aid-steps", "activities-openagenda"})  # their figures exist without them
MONITORED_SOURCES = frozenset(
    {"labels", "aids", "activities", "attendance"}
)  # sources whose last fact says how fresh they are

THRESHOLDS_TEXT = (
    "Un chiffre n’est pas publiable si des données sont fictives, si une source dont il a besoin n’a jamais été "
    f"chargée, si le dernier fait d’une source précède de plus de {MAX_LAG_MONTHS} mois le fait le plus récent de la "
    f"base, si plus de {percent(MAX_REFUSED_SHARE)} des lignes ou des euros votés sont à corriger, ou si un contrôle "
    "ne se vérifie pas. Ces seuils sont ceux du projet\u202f: à la Région de les confirmer."
)


@dataclass(frozen=True)
class DataState:
    """What is known of the data at a date; `until` is the day of the latest fact of all."""

    freshness: Sequence[Freshness]
    checks: Sequence[SelfCheck]
    unplaced: UnplacedAid
    is_demonstration: bool
    until: date


@dataclass(frozen=True)
class Caveat:
    """One thing to know before a figure is published; it forbids it, or is only to be said. French, small letter."""

    is_blocking: bool
    text: str


def find_caveats(state: DataState) -> tuple[Caveat, ...]:
    """What forbids first, then what is to be said."""
    found = [
        *_demonstration_caveats(state),
        *_missing_source_caveats(state),
        *_stale_source_caveats(state),
        *_refused_row_caveats(state),
        *_self_check_caveats(state),
        *_unplaced_aid_caveats(state),
    ]
    return tuple(sorted(found, key=lambda point: not point.is_blocking))


def publication_title(found: Sequence[Caveat]) -> str:
    """The title of the page."""
    forbids = [point.text for point in found if point.is_blocking]
    if not forbids:
        reserves = count(len(found), "réserve", "réserves")
        return f"Chiffres publiables\u202f: oui{f', avec {reserves}' if found else ''}"
    if len(forbids) == 1:
        return f"Chiffres publiables\u202f: non, car {forbids[0]}"
    return f"Chiffres publiables\u202f: non, pour {number(len(forbids))} raisons"


def _demonstration_caveats(state: DataState) -> Iterator[Caveat]:
    if state.is_demonstration:
        yield Caveat(True, "ce sont des données de démonstration, inventées")


def _missing_source_caveats(state: DataState) -> Iterator[Caveat]:
    """A source that an indicator needs and that nobody ever loaded."""
    for one in state.freshness:
        needing = [indicator for indicator in INDICATORS if one.source.name in indicator.sources]
        if one.load_id is None and needing and one.source.name not in COMPLETING_SOURCES:
            figures = count(len(needing), "indicateur en dépend", "indicateurs en dépendent")
            yield Caveat(True, f"«\u202f{one.source.label}\u202f» n’a jamais été chargé ({figures})")


def _stale_source_caveats(state: DataState) -> Iterator[Caveat]:
    limit = month_after(month_number(state.until), -MAX_LAG_MONTHS)
    for one in state.freshness:
        if one.source.name in MONITORED_SOURCES and one.last_day and month_number(one.last_day) < limit:
            yield Caveat(
                True,
                f"«\u202f{one.source.label}\u202f» s’arrête au {day_short(one.last_day)}, plus de {MAX_LAG_MONTHS} "
                f"mois avant le fait le plus récent ({day_short(state.until)})",
            )


def _refused_row_caveats(state: DataState) -> Iterator[Caveat]:
    lines = sum(one.rejects for one in state.freshness)
    rows = lines + sum(one.rows for one in state.freshness)
    amount = sum((one.rejected_amount for one in state.freshness), Decimal(0))
    if not lines:
        return
    money = amount / (amount + state.unplaced.all_amount) if amount else Decimal(0)
    words = count(lines, "ligne est à corriger", "lignes sont à corriger")
    uncounted = f", {euros(amount)} ne sont pas comptés ({percent(money, 1)} des aides votées)" if amount else ""
    yield Caveat(lines / rows > MAX_REFUSED_SHARE or money > MAX_REFUSED_SHARE, f"{words}{uncounted}")


def _self_check_caveats(state: DataState) -> Iterator[Caveat]:
    failed = [check.statement for check in state.checks if not check.holds]
    if failed:
        yield Caveat(True, f"un contrôle ne se vérifie pas\u202f: {sentence_list(failed)}")


def _unplaced_aid_caveats(state: DataState) -> Iterator[Caveat]:
    one = state.unplaced
    if one.files:
        files = count(one.files, "dossier d’aide sans lieu ni commune", "dossiers d’aide sans lieu ni commune")
        yield Caveat(False, f"{files}, {euros(one.amount)}\u202f: dans le total de la Normandie, dans aucun territoire")
