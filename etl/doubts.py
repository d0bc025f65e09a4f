"""Reasons to hold a file until somebody confirms it: it may be right, but it looks like a mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sqlalchemy import Connection, func, select

from data.i18n import count, euros, number, percent
from data.types import Cents
from etl.delivery import Delivery
from etl.merging import Merge, count_overwritten, count_returning
from etl.reading import FooterTotal
from etl.values import parse

HELD_ROWS, HELD_SHARE = 10, 0.05


def too_many_refused(read: int, rejected: int) -> str | None:
    """More than 5 % and more than 10 rows refused."""
    if rejected > HELD_ROWS and rejected > HELD_SHARE * read:
        return f"{number(rejected)} lignes sur {number(read)} ({percent(rejected / read)}) seraient refusées."
    return None


def find_doubts(
    connection: Connection, job: Merge, delivery: Delivery, earlier: Sequence[int], footer: Sequence[FooterTotal]
) -> Iterator[str]:
    """Sentences, in French, that say why the staged file should be looked at first."""
    overwritten = count_overwritten(connection, job, earlier) if earlier else 0
    if overwritten:
        rows = count(overwritten, "ligne chargée", "lignes chargées")
        yield f"Ce fichier remplacerait {rows} à l’instant par un autre fichier de la même commande."
    returning = count_returning(connection, job)
    if returning:
        rows = count(returning, "valeur", "valeurs")
        old = "livraison ancienne\u202f?"
        yield f"Ce fichier remettrait {rows} qu’une livraison plus récente a déjà corrigées\u202f: {old}"
    yield from _totals(connection, job, delivery, footer)


def _totals(connection: Connection, job: Merge, delivery: Delivery, footer: Sequence[FooterTotal]) -> Iterator[str]:
    """The file's own totals that are not the sum of its rows."""
    for total in footer:
        column = delivery.layout.positions.get(total.column)
        if column is None or not total.grand or column.kind not in ("amount", "whole") or delivery.refused:
            continue
        said = parse(total.value, column, delivery.world).value
        if column.name not in job.stage.c or not isinstance(said, int):
            continue
        summed = connection.scalar(select(func.sum(job.stage.c[column.name]))) or 0
        stated = Decimal(said) / 100 if isinstance(job.stage.c[column.name].type, Cents) else said
        if summed != stated:
            write = euros if isinstance(stated, Decimal) else number
            yield (
                f"Le total de la ligne {total.line} ({column.header}\u202f: {write(stated)}) n’est pas la somme "
                f"des lignes ({write(summed)})."
            )
