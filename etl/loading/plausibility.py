"""Reasons to hold a file until somebody confirms it: it may be right, but it looks like a mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from data.i18n import count, number, percent
from etl.loading.absences import count_lost
from etl.loading.delivery import Delivery
from etl.loading.merge import Merge, count_overwritten, count_returning
from etl.typing.cell_problems import sentence
from etl.typing.quantities import HUGE_AMOUNT

MAX_LOST_SHARE = 0.10  # of the rows known of a source that is complete for its places, whatever their number
MAX_DOUBTFUL_ROWS, MAX_DOUBTFUL_SHARE = 10, 0.05


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
    lost, live_rows = count_lost(connection, job, delivery.layout.source)
    if lost > MAX_LOST_SHARE * live_rows:
        rows = count(lost, "ligne connue", "lignes connues")
        yield f"Ce fichier ferait disparaître {rows} sur {number(live_rows)}\u202f: livraison partielle\u202f?"
    huge = sum(rows for (_, cause), rows in delivery.formats.warned.items() if cause == sentence(HUGE_AMOUNT))
    if huge:
        yield f"{count(huge, 'montant', 'montants')} de plus de 10 millions d’euros."
    yield from (total.sentence() for total in delivery.formats.totals.mismatches())
