"""aid-steps.csv: how some aid files were carried out, step by step; their totals stay those of aids.csv."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from etl.demonstration.aids import AidFile, aid_files
from etl.demonstration.calendar import END
from etl.demonstration.dice import Dice
from etl.demonstration.files import CellTexts, day_text, money_text, write_rows

ADVANCE_AND_BALANCE = (("avance", Decimal("0.5")), ("solde", Decimal("0.5")))
THREE_ORDERS = (("avance", Decimal("0.3")), ("acompte", Decimal("0.4")), ("solde", Decimal("0.3")))
FOUR_ORDERS = (("avance", Decimal("0.2")), *[("acompte", Decimal("0.3"))] * 2, ("solde", Decimal("0.2")))


@dataclass(frozen=True)
class FollowedFile:
    """One file and what its steps show.

    `unspent`: only what was spent is committed, the rest of the vote is cancelled. `amended` and `recovered`, in
    euros: voted afterwards, and claimed back (what is claimed is deducted from the last payment).
    """

    scheme: str
    year: int
    place: int
    orders: tuple[tuple[str, Decimal], ...] = ()
    unspent: bool = False
    amended: int = 0
    recovered: int = 0


CASES = (
    FollowedFile("services-numeriques", 2018, 7, THREE_ORDERS),
    FollowedFile("services-numeriques", 2018, 10, ADVANCE_AND_BALANCE),
    FollowedFile("services-numeriques", 2018, 1, THREE_ORDERS),
    FollowedFile("emergence", 2019, 30, ADVANCE_AND_BALANCE),
    FollowedFile("services-numeriques", 2019, 21, THREE_ORDERS, unspent=True),
    FollowedFile("services-numeriques", 2019, 5, ADVANCE_AND_BALANCE, recovered=1_200),
    FollowedFile("services-numeriques", 2019, 8, FOUR_ORDERS),
    FollowedFile("ess", 2019, 14, ADVANCE_AND_BALANCE, amended=3_000),
)


@dataclass(frozen=True)
class _Step:
    name: str
    day: date
    amount: Decimal
    number: int = 0


def write_aid_steps(folder: Path) -> None:
    """One row per step of the files of CASES, one per file put off; two refused: an unknown file, an unclear amount."""
    rows = [_row(file, step) for case in CASES for file in [file_of(case)] for step in _steps(case, file)]
    waiting = [file for file in aid_files() if file.adjourned]
    rows += [_row(file, _Step("proposition", file.aid.vote, file.aid.voted)) for file in waiting]
    rows.insert(9, {"reference": "TL19-999", "etape": "solde", "date": "18/11/2019", "montant": "4800,00"})
    rows.insert(21, {**rows[20], "etape": "acompte", "montant": "environ 3 000", "numero": "9"})
    write_rows("aid-steps", rows, folder)


def file_of(case: FollowedFile) -> AidFile:
    """The file of a case. Raises ValueError unless there is exactly one."""
    (found,) = (
        file
        for file in aid_files()
        if file.aid.story is not None
        and (file.aid.scheme, file.aid.vote.year, file.aid.story.number) == (case.scheme, case.year, case.place)
    )
    return found


def _steps(case: FollowedFile, file: AidFile) -> Iterator[_Step]:
    """The steps of a file, by kind and date; every order of the story falls before its end."""
    aid, dice = file.aid, Dice(f"steps-{file.reference}")
    yield _Step("vote", aid.vote, aid.voted)
    if file.committed:
        yield _Step("engagement", file.committed, file.ordered_amount if case.unspent else aid.voted)
    orders = list(_orders(case, file, dice))
    yield from orders
    yield from _payments(case, orders, dice)
    if case.recovered:
        yield _Step("titre", orders[-1].day, Decimal(case.recovered))
    if case.unspent:
        yield _Step("annulation", dice.after(orders[-1].day, 20, 40), aid.voted - file.ordered_amount)
    if case.amended:
        yield _Step("avenant", date(2020, 7, 3), Decimal(case.amended))


def _orders(case: FollowedFile, file: AidFile, dice: Dice) -> Iterator[_Step]:
    """The first order on its day in aids.csv, the others some months apart; together, the amount of aids.csv."""
    if file.ordered is None:
        raise ValueError(f"{file.reference} has no payment order")
    day, rest = file.ordered, file.ordered_amount
    for number, (name, share) in enumerate(case.orders):
        last = number == len(case.orders) - 1
        amount = rest if last else (file.ordered_amount * share).quantize(Decimal("0.01"))
        yield _Step(name, day, amount, number if name == "acompte" else 0)
        rest -= amount
        day = min(dice.after(day, 50, 100), dice.after(END, -50, -30))


def _payments(case: FollowedFile, orders: list[_Step], dice: Dice) -> Iterator[_Step]:
    for number, order in enumerate(orders, 1):
        kept_back = case.recovered if number == len(orders) else 0
        yield _Step("paiement", dice.after(order.day, 12, 26), order.amount - kept_back, number)


def _row(file: AidFile, step: _Step) -> CellTexts:
    return {
        "reference": file.reference,
        "etape": step.name,
        "date": day_text(step.day),
        "montant": money_text(step.amount),
        "exercice": str(file.fiscal_year if step.name in ("proposition", "vote", "engagement") else step.day.year),
        "numero": str(step.number) if step.number else "",
    }
