"""The network of EPN, never added to the tiers-lieux."""

from __future__ import annotations

from sqlalchemy import Connection

from data.facts.network import EPN_COUNT
from data.model.facts import MeasuredValue
from data.model.groups import GroupKey, Groups
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.network import EPN_PER_INHABITANT_PROOF, EPN_PROOF
from data.queries.groups import read_measure_by_group
from data.queries.population import inhabitant_cases_reader, read_per_inhabitants
from data.units import EPN, EPN_PER_100000

GROUPING_KEYS = ("departement", "epci")
NETWORKS_LIMIT = (
    "Les EPN accueillent le grand public, les tiers-lieux des professionnels\u202f: les deux réseaux ne s’additionnent "
    "jamais, même si un même lieu peut appartenir aux deux."
)


def read_epn_count(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """The number of EPN in the selected communes, by group; the period changes nothing."""
    return read_measure_by_group(connection, EPN_COUNT, groups)


def read_epn_per_100000(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """EPN per 100 000 inhabitants of the selected communes, by group."""
    return read_per_inhabitants(connection, EPN_COUNT, groups, 100_000)


ESPACES_PUBLICS_NUMERIQUES = Indicator(
    slug="epn",
    label="Espaces publics numériques",
    theme="territoires",
    definition="Nombre d’espaces publics numériques (EPN) du réseau normand situés dans le territoire choisi.",
    method=(
        "On compte les lieux du fichier du réseau (format national LaMednum) dont la commune est en Normandie et dans "
        "la sélection. Le fichier dit qui est dans le réseau, non depuis quand\u202f: la période ne change rien, pas "
        "plus que les filtres de porteur et de typologie."
    ),
    why="Ils montrent, à côté des tiers-lieux, où le grand public trouve une aide au numérique.",
    limits=f"{NETWORKS_LIMIT} Un lieu fermé que le fichier garde reste compté.",
    unit=EPN,
    measure=ComputedMeasure(EPN_COUNT, read_epn_count, GROUPING_KEYS),
    proof=EPN_PROOF,
    sources=("mediation-places",),
    better="neutral",
)

EPN_POUR_100000 = Indicator(
    slug="epn-pour-100000",
    label="EPN pour 100\u202f000 habitants",
    theme="territoires",
    definition=(
        "Nombre d’espaces publics numériques du réseau normand pour 100\u202f000 habitants du territoire choisi."
    ),
    method=(
        "EPN des communes de la sélection, divisés par les habitants de ces communes (population municipale "
        "de l’Insee), multipliés par 100\u202f000. Un rapport de sommes, jamais une moyenne de rapports."
    ),
    why="Il compare l’offre de médiation numérique de territoires inégalement peuplés.",
    limits=f"{NETWORKS_LIMIT} Sur un petit territoire, un seul lieu change beaucoup ce taux\u202f: il ne classe pas.",
    unit=EPN_PER_100000,
    measure=ComputedMeasure(
        EPN_COUNT, read_epn_per_100000, GROUPING_KEYS, read_cases=inhabitant_cases_reader(EPN_COUNT, 100_000)
    ),
    proof=EPN_PER_INHABITANT_PROOF,
    sources=("mediation-places",),
    better="neutral",
)

INDICATORS: tuple[Indicator, ...] = (ESPACES_PUBLICS_NUMERIQUES, EPN_POUR_100000)
