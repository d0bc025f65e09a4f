"""The network of EPN, never added to the tiers-lieux."""

from __future__ import annotations

from sqlalchemy import Connection

from data.facts.network import LISTED
from data.model.facts import MeasuredValue
from data.model.groups import Groups, Key
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.network import LISTED_ROWS, PER_INHABITANT_ROWS
from data.queries.groups import read_measure_by
from data.queries.population import per_inhabitants
from data.units import EPN, EPN_PER_100000

GROUPINGS = ("departement", "epci")
APART = (
    "Les EPN accueillent le grand public, les tiers-lieux des professionnels\u202f: les deux réseaux ne s’additionnent "
    "jamais, même si un même lieu peut appartenir aux deux."
)


def read_listed(connection: Connection, groups: Groups) -> dict[Key, MeasuredValue]:
    """The EPN of the selected communes, whatever the dates: the file says who is in the network, not since when."""
    return read_measure_by(connection, LISTED, groups)


def read_per_100000(connection: Connection, groups: Groups) -> dict[Key, MeasuredValue]:
    """These EPN for 100 000 inhabitants of the selected communes."""
    return per_inhabitants(connection, LISTED, groups, 100_000)


LIEUX = Indicator(
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
    limits=f"{APART} Un lieu fermé que le fichier garde reste compté.",
    unit=EPN,
    measure=ComputedMeasure(LISTED, read_listed, GROUPINGS),
    proof=LISTED_ROWS,
    sources=("mediation-places",),
    better="neutral",
)

POUR_100000 = Indicator(
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
    limits=f"{APART} Sur un petit territoire, un seul lieu change beaucoup ce taux\u202f: il ne classe pas.",
    unit=EPN_PER_100000,
    measure=ComputedMeasure(LISTED, read_per_100000, GROUPINGS),
    proof=PER_INHABITANT_ROWS,
    sources=("mediation-places",),
    better="neutral",
)

INDICATORS: tuple[Indicator, ...] = (LIEUX, POUR_100000)
