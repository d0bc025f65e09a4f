"""Aid files: steps in order, amounts that shrink from one step to the next."""

from __future__ import annotations

from itertools import pairwise

import polars as pl

from etl.checks.model import FIRST_DAY_OF_POLICY, Check, future
from etl.reference_data import ReferenceData

USUAL_RATE = 0.5  # of the eligible expenses; what each scheme allows is looked at by the rules of the database
_STEPS = (
    ("voted_amount", "vote"),
    ("committed_amount", "commitment"),
    ("payment_ordered_amount", "first_payment_order"),
    ("paid_amount", "payment"),
)
_AMOUNT_GROWS = ("montant engagé supérieur au montant voté", "montant mandaté supérieur au montant engagé",
         "montant payé supérieur au montant mandaté")  # fmt: skip
_BEFORE_VOTE = ("engagement avant le vote", "mandat avant le vote", "paiement avant le vote")
_UNDATED = "montant sans date, compté à la date du vote"


def vote_checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of the vote of any aid, whatever its format."""
    return (
        future("vote", reference.today, "vote dans le futur\u202f: proposition, non comptée comme votée"),
        Check("vote", pl.col("vote") < FIRST_DAY_OF_POLICY, "vote avant 2016, à vérifier"),
    )


def checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of an aid file of the Région."""
    more = (
        Check(amount, pl.col(amount) > pl.col(larger), message, against=larger)
        for ((larger, _), (amount, _)), message in zip(pairwise(_STEPS), _AMOUNT_GROWS, strict=True)
    )
    early = (
        Check(day, pl.col(day) < pl.col("vote"), message, against="vote")
        for (_, day), message in zip(_STEPS[1:], _BEFORE_VOTE, strict=True)
    )
    undated = (
        Check(amount, (pl.col(amount) > 0) & pl.col(day).is_null(), _UNDATED, against="vote")
        for amount, day in _STEPS[1:]
    )
    voted, eligible, cost = (pl.col(name) for name in ("voted_amount", "eligible_amount", "total_cost"))
    shares = (
        Check("voted_amount", voted > eligible, "aide supérieure aux dépenses éligibles", against="eligible_amount"),
        Check(
            "voted_amount",
            (voted <= eligible) & (voted > eligible * USUAL_RATE),
            "aide de plus de 50\u202f% des dépenses éligibles",
            against="eligible_amount",
        ),
        Check(
            "public_cofunding",
            voted + pl.col("public_cofunding") > cost,
            "aide et cofinancements dépassent ensemble 100\u202f% du coût total",
            against="total_cost",
        ),
    )
    return (*vote_checks(reference), *shares, *more, *early, *undated)
