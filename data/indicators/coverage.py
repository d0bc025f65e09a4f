"""How much of the territory the label reaches."""

from __future__ import annotations

from sqlalchemy import Connection

from data.facts.label import LABEL_FACT, LABELLED_COUNT
from data.filters import PLACE_FILTERS
from data.model.facts import Measure, MeasuredValue
from data.model.groups import GroupKey, Groups
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.coverage import COVERED_EPCI_PROOF, REACHED_POPULATION_PROOF
from data.proofs.label import LABELLED_PER_INHABITANT_PROOF
from data.queries.coverage import read_covered_epci_cases, read_covered_epci_share, read_population_shares
from data.queries.population import inhabitant_cases_reader, read_per_inhabitants
from data.units import PER_100000, SHARE

GROUPING_KEYS = ("departement", "epci", "annee", "mois", "porteur")

LABELLED_ANYWHERE_COUNT = Measure(
    LABEL_FACT, LABELLED_COUNT.value, row_conditions=LABELLED_COUNT.row_conditions, fixed_columns=("dep", "epci")
)
"""The labelled places of the whole Région, whatever territory is selected."""


def read_labelled_per_100000(connection: Connection, groups: Groups) -> dict[GroupKey, MeasuredValue]:
    """Labelled places of the selection per 100 000 inhabitants of the selected communes, by group."""
    return read_per_inhabitants(connection, LABELLED_COUNT, groups, 100_000)


EPCI_COUVERTS = Indicator(
    slug="epci-couverts",
    label="Intercommunalités couvertes",
    theme="territoires",
    definition="Part des intercommunalités qui ont au moins un tiers-lieu labellisé sur leur territoire.",
    method=(
        "Parmi les intercommunalités qui ont leur siège en Normandie (69) et au moins une commune dans la sélection, "
        "part de celles où un lieu est labellisé à la date «\u202farrêté au\u202f», où qu’il soit dans "
        "l’intercommunalité. Les filtres de porteur et de typologie choisissent les lieux\u202f; ceux de territoire, "
        "les intercommunalités. Une intercommunalité à cheval sur deux départements compte dans chacun."
    ),
    why="Elle dit si le label irrigue tout le territoire, ou seulement une partie.",
    limits=(
        "Un seul lieu suffit, quelle que soit la taille de l’intercommunalité. Les deux intercommunalités dont le "
        "siège est hors de Normandie ne sont pas comptées, même si des communes normandes en sont membres."
    ),
    unit=SHARE,
    measure=ComputedMeasure(LABELLED_COUNT, read_covered_epci_share, GROUPING_KEYS, read_cases=read_covered_epci_cases),
    proof=COVERED_EPCI_PROOF,
    sources=("labels", "places"),
    better="higher",
)

LABELLISES_POUR_100000 = Indicator(
    slug="labellises-pour-100000",
    label="Lieux labellisés pour 100\u202f000 habitants",
    theme="territoires",
    definition="Nombre de tiers-lieux labellisés rapporté à la population, pour 100\u202f000 habitants.",
    method=(
        "Lieux de la sélection labellisés à la date «\u202farrêté au\u202f», divisés par la population municipale "
        "des communes de la sélection, multipliés par 100\u202f000. Le porteur et la typologie choisissent les "
        "lieux, jamais les habitants."
    ),
    why="Il rapproche des territoires de tailles différentes, ce qu’un nombre de lieux ne permet pas.",
    limits=(
        "Dans un petit territoire, un lieu de plus ou de moins change tout\u202f: ce taux ne sert pas à classer les "
        "intercommunalités. Il ne dit rien de la taille des lieux ni de leur fréquentation. La population est celle "
        "de 2023 (INSEE), quelle que soit la date choisie."
    ),
    unit=PER_100000,
    measure=ComputedMeasure(
        LABELLED_COUNT,
        read_labelled_per_100000,
        GROUPING_KEYS,
        read_cases=inhabitant_cases_reader(LABELLED_COUNT, 100_000),
    ),
    proof=LABELLED_PER_INHABITANT_PROOF,
    sources=("labels", "places"),
    better="higher",
)

POPULATION_15KM = Indicator(
    slug="population-15km",
    label="Habitants à moins de 15\u202fkm d’un lieu labellisé",
    theme="territoires",
    definition=(
        "Part des habitants dont la commune est à moins de 15\u202fkm, à vol d’oiseau, d’un tiers-lieu labellisé."
    ),
    method=(
        "Population municipale des communes de la sélection dont le centre est à 15\u202fkm au plus d’un lieu "
        "labellisé à la date «\u202farrêté au\u202f», divisée par celle de toutes les communes de la sélection. Les "
        "lieux sont ceux de toute la Région, choisis par porteur et typologie\u202f: celui du département voisin "
        "compte. Un lieu est à ses coordonnées si elles sont données, sinon au centre de sa commune\u202f; la "
        "distance est celle de l’arc de cercle sur une Terre de 6\u202f371,0088\u202fkm de rayon."
    ),
    why="Elle dit quelle part de la population vit près d’un lieu, et où sont les secteurs à plus de 15\u202fkm.",
    limits=(
        "À vol d’oiseau\u202f: ni le temps de trajet, ni les ponts de la Seine, ni les transports n’y sont. Tous les "
        "habitants d’une commune sont placés en son centre. Vivre près d’un lieu ne veut pas dire qu’on s’en sert, "
        "ni qu’il a de la place. Les lieux des régions voisines n’y sont pas."
    ),
    unit=SHARE,
    measure=ComputedMeasure(LABELLED_ANYWHERE_COUNT, read_population_shares, GROUPING_KEYS, filters=PLACE_FILTERS),
    proof=REACHED_POPULATION_PROOF,
    sources=("labels", "places"),
    better="higher",
)

INDICATORS: tuple[Indicator, ...] = (EPCI_COUVERTS, LABELLISES_POUR_100000, POPULATION_15KM)
