"""Reasons to hold a file until somebody confirms it: it may be right, but it looks like a mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import Connection

from data.i18n import count, number, percent
from data.units import EXACT_EUROS
from etl.loading.delivery import Delivery
from etl.loading.merge import Merge, count_absent, count_overwritten, count_returning

MAX_DOUBTFUL_ROWS, MAX_DOUBTFUL_SHARE = 10, 0.05
MIN_LOST_ROWS, MIN_LOST_SHARE = 3, 0.3  # fewer rows than were known


def too_many_refused(read: int, rejected: int) -> str | None:
    """More than 5 % and more than 10 rows refused."""
    if rejected > MAX_DOUBTFUL_ROWS and rejected > MAX_DOUBTFUL_SHARE * read:
        return f"{number(rejected)} lignes sur {number(read)} ({percent(rejected / read)}) seraient refusées."
    return None


def reasons_to_hold(
    connection: Connection,
    jobs: Sequence[Merge],
    delivery: Delivery,
    earlier: Sequence[int],
) -> Iterator[str]:
    """The reasons, in French, to hold the staged file. `jobs`: the merge of its own table first."""
    job = jobs[0]
    overwritten = count_overwritten(connection, job, earlier) if earlier else 0
    if overwritten:
        rows = count(overwritten, "ligne chargée", "lignes chargées")
        yield f"Ce fichier remplacerait {rows} à l’instant par un autre fichier de la même commande."
    returning = sum(count_returning(connection, one) for one in jobs)
    if returning:
        later = "qu’une livraison plus récente a déjà"
        values = count(returning, f"valeur {later} corrigée", f"valeurs {later} corrigées")
        yield f"Ce fichier remettrait {values}\u202f: livraison ancienne\u202f?"
    absent, new, live_rows = count_absent(connection, job)
    many = absent > MAX_DOUBTFUL_ROWS and absent > MAX_DOUBTFUL_SHARE * live_rows
    # A small register: one or two steps taken out are a correction, and a step moved to another day is one out, one in.
    fewer = absent - new >= MIN_LOST_ROWS and absent - new >= MIN_LOST_SHARE * live_rows
    if many or fewer:
        rows = count(absent, "ligne connue", "lignes connues")
        yield f"Ce fichier ferait disparaître {rows} sur {number(live_rows)}\u202f: livraison partielle\u202f?"
    yield from _totals(delivery)


def _totals(delivery: Delivery) -> Iterator[str]:
    """The file's own totals that are not the sum of its rows, whatever becomes of these."""
    for total in delivery.formats.totals.mismatches():
        texts = [
            EXACT_EUROS.value_text(Decimal(value) / 100) if total.column.kind == "amount" else number(value)
            for value in (total.stated, total.summed)
        ]
        yield (
            f"Le total de la ligne {total.line} ({total.column.header}\u202f: {texts[0]}) n’est pas la somme "
            f"des lignes ({texts[1]})."
        )
