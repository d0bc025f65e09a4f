"""Indicators of the Région's aid."""

from __future__ import annotations

from sqlalchemy import func

from data.facts.aid import AIDS
from data.facts.model import Conditions, Measure, Total
from data.indicators.model import Indicator
from data.sources import REGION_SIREN
from data.units import EUROS


def levers_of_the_region(step: str) -> Conditions:
    """The Région's money for its own two levers, by kind of step."""
    return lambda rows: (rows.step == step, rows.family == "lever", rows.funder == REGION_SIREN)


AIDES_VOTEES = Indicator(
    slug="aides-votees",
    label="Aides votées",
    theme="aides",
    definition="Argent que la Région a voté pour les tiers-lieux au titre des deux leviers de sa politique.",
    method=(
        "Somme des montants votés dont la date de vote est dans la période, pour les dispositifs de la famille "
        "«\u202flevier\u202f» (Émergence, Services numériques innovants) financés par la Région. Une "
        "référence présente dans la "
        "liste des dossiers et dans les données ouvertes compte une fois."
    ),
    why="Elle dit l’effort décidé par l’assemblée, avant tout engagement et tout paiement.",
    limits=(
        "Les aides complémentaires (ESS, culture, FEDER…) n’y sont pas. Un vote à venir est une "
        "proposition\u202f: il n’est "
        "pas compté. Donnée de gestion, ne vaut pas compte administratif."
    ),
    unit=EUROS,
    measure=Measure(AIDS, Total(lambda rows: func.sum(rows.amount)), only=levers_of_the_region("vote")),
    sources=("aids", "aids-scdl", "schemes"),
    better="neutral",
)

INDICATORS = (AIDES_VOTEES,)
