"""Steps of aid files: amounts whose sign has a meaning, days in a possible order."""

from __future__ import annotations

import polars as pl

from etl.checks.model import FIRST_DAY_OF_POLICY, Check, future
from etl.reference_data import ReferenceData

# A cancellation or a recovery is often written with a minus; an amendment may lower the aid.
_CREDIT_STEPS = ("cancellation", "recovery")
_MAY_BE_NEGATIVE = (*_CREDIT_STEPS, "amendment")
_AMOUNT, _STEP = pl.col("amount"), pl.col("step")


def checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a step, on rows to which `with_votes` added the day of the vote."""
    early = (pl.col("day") < pl.col("_vote")) & ~_STEP.is_in(["proposal", "vote"])
    return (
        Check(
            "amount",
            (_AMOUNT < 0) & ~_STEP.is_in(_MAY_BE_NEGATIVE),
            "montant négatif\u202f: seuls un avenant, une annulation ou un titre peuvent l’être",
            refuses=True,
            against="step",
        ),
        Check(
            "amount",
            (_AMOUNT < 0) & _STEP.is_in(_CREDIT_STEPS),
            "montant écrit avec un signe moins, lu comme la somme annulée ou reversée",
            against="step",
        ),
        Check("day", early, "étape avant le vote du dossier", against="step"),
        Check("day", pl.col("day") < FIRST_DAY_OF_POLICY, "étape avant 2016, à vérifier"),
        Check("step", _STEP == "proposal", "proposition\u202f: montrée, non comptée comme votée"),
        future("day", reference.today, "étape dans le futur\u202f: elle comptera à sa date"),
    )


def with_votes(rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    """The rows with `_vote`, the day of the vote of their aid file (null: not known)."""
    return rows.with_columns(
        pl.col("reference").replace_strict(reference.aids, default=None, return_dtype=pl.Int32).alias("_vote")
    )


def mend(rows: pl.DataFrame, _reference: ReferenceData) -> pl.DataFrame:
    """What was cancelled or recovered, as a positive amount."""
    return rows.with_columns(pl.when(_STEP.is_in(_CREDIT_STEPS)).then(_AMOUNT.abs()).otherwise(_AMOUNT).alias("amount"))
