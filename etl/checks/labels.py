"""Steps of the label: in an order that can have happened.

The file is complete for each place it names, so it must be checked whole: all its rows in one frame.
"""

from __future__ import annotations

import polars as pl

from data.sources.places import LABEL_STEPS
from etl.checks.model import Check, future
from etl.reference_data import ReferenceData

_STEP = pl.col("step")
_IS_EXIT = _STEP.is_in(["withdrawn", "expired"])
_NO_AWARD = pl.col("_awards") == 0
_IN_FORCE = pl.col("_in_force")


def checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a step, on rows to which `with_label_history` added its columns."""
    return (
        Check(
            "step",
            (_IS_EXIT | (_STEP == "renewed")) & _NO_AWARD,
            "étape impossible\u202f: aucune labellisation ne la précède dans ce fichier pour ce lieu",
            refuses=True,
            against="day",
        ),
        Check(
            "step",
            (_STEP == "awarded") & _IN_FORCE & (pl.col("day") != pl.col("_award_day")),
            "lieu déjà labellisé à cette date\u202f: un retrait ou une expiration devrait précéder, ou l’étape est "
            "un renouvellement",
            refuses=True,
            against="day",
        ),
        Check(
            "step",
            (_STEP == "renewed") & ~_NO_AWARD & ~_IN_FORCE,
            "renouvellement d’un label déjà sorti",
            against="day",
        ),
        Check("step", _IS_EXIT & ~_NO_AWARD & ~_IN_FORCE, "sortie d’un label déjà sorti", against="day"),
        future("day", reference.today, "étape dans le futur\u202f: elle comptera à sa date"),
    )


def with_label_history(rows: pl.DataFrame, _reference: ReferenceData) -> pl.DataFrame:
    """The rows with the state of the label of their place before each step.

    `_awards` counts the awards, `_award_day` is the last one, `_in_force` is True while the label holds. Steps of one
    day follow the order in which the source lists them.
    """
    order = {choice.code: at for at, choice in enumerate(LABEL_STEPS)}
    steps = rows.with_columns(_STEP.replace_strict(order, return_dtype=pl.Int8).alias("_order"))
    awarded = _STEP == "awarded"
    after = pl.when(awarded | (_STEP == "renewed")).then(True).when(_IS_EXIT).then(False)
    history = steps.sort("place_id", "day", "_order", "line").with_columns(
        (awarded.cum_sum() - awarded.cast(pl.UInt32)).over("place_id").alias("_awards"),
        pl.when(awarded).then(pl.col("day")).forward_fill().shift().over("place_id").alias("_award_day"),
        after.forward_fill().shift().over("place_id").fill_null(value=False).alias("_in_force"),
    )
    return history.sort("line").drop("_order")
