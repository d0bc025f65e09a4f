"""Indicators of the Région's aid."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, func

from data.indicators.facts import AIDS
from data.indicators.model import Indicator, Measure, Total
from data.schema import aid_step, aid_total, aid_version, scheme_version
from data.sources import REGION_SIREN
from data.units import EUROS


def _levers_of_the_region(step: str) -> dict[str, tuple[ColumnElement[bool], ...]]:
    """The same condition on the roll-up and on the rows that prove it."""

    def rows(kind: Any, family: Any, funder: Any) -> tuple[ColumnElement[bool], ...]:
        return (kind.c.step == step, family.c.family == "lever", funder.c.funder == REGION_SIREN)

    return {
        "roll_up": rows(aid_total, aid_total, aid_total),
        "proof": rows(aid_step, scheme_version, aid_version),
    }


_VOTED = _levers_of_the_region("vote")

AIDES_VOTEES = Indicator(
    slug="aides-votees",
    label="Aides votées",
    theme="aides",
    definition="Argent que la Région a voté pour les tiers-lieux au titre des deux leviers de sa politique.",
    method=(
        "Somme des montants votés dont la date de vote est dans la période, pour les dispositifs de la famille "
        "« levier » (Émergence, Services numériques innovants) financés par la Région. Une référence présente dans la "
        "liste des dossiers et dans les données ouvertes compte une fois."
    ),
    why="Elle dit l’effort décidé par l’assemblée, avant tout engagement et tout paiement.",
    limits=(
        "Les aides complémentaires (ESS, culture, FEDER…) n’y sont pas. Un vote à venir est une proposition : il n’est "
        "pas compté. Donnée de gestion, ne vaut pas compte administratif."
    ),
    unit=EUROS,
    measure=Measure(AIDS, Total(func.sum(aid_total.c.amount)), only=_VOTED["roll_up"]),
    sources=("aids", "aids-scdl", "schemes"),
    better="neutral",
    proof_only=_VOTED["proof"],
)

INDICATORS = (AIDES_VOTEES,)
