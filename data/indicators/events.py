"""Indicators of the events of tiers-lieux."""

from __future__ import annotations

from data.facts.label import LABEL_SOURCES, LABELLED_COUNT
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.events import LIVELY_PLACES_PROOF
from data.queries.lively_places import read_lively_cases, read_lively_share
from data.units import SHARE

LIEUX_ANIMES = Indicator(
    slug="lieux-animes",
    label="Lieux animés",
    theme="partenaires",
    definition=(
        "Part des tiers-lieux labellisés qui ont accueilli au moins un évènement ouvert au public dans les trois "
        "derniers mois."
    ),
    method=(
        "Parmi les lieux de la sélection labellisés à la date «\u202farrêté au\u202f», part de ceux où un évènement a "
        "eu lieu dans les trois mois qui la précèdent\u202f: après le même jour trois mois plus tôt (le dernier du "
        "mois s’il n’existe pas), cette date comprise. Un évènement est un atelier, un séminaire ou un évènement du "
        "suivi des partenaires, ou tout évènement d’un agenda ouvert (OpenAgenda), quand le lieu est connu. Réunions "
        "de gérants, temps d’échange QVT, accompagnements, rencontres préalables et avis n’en sont pas."
    ),
    why="Elle dit si les lieux labellisés vivent, au-delà de leurs murs et de leurs équipements.",
    limits=(
        "Un seul évènement suffit. Ce que le lieu organise sans l’annoncer dans un agenda ouvert, et sans partenaire "
        "de la Région, n’est pas connu\u202f: la part est un minimum. Un évènement de plusieurs jours compte à son "
        "premier jour."
    ),
    unit=SHARE,
    measure=ComputedMeasure(
        LABELLED_COUNT,
        read_lively_share,
        ("departement", "epci", "annee", "mois", "porteur"),
        read_cases=read_lively_cases,
    ),
    proof=LIVELY_PLACES_PROOF,
    sources=(*LABEL_SOURCES, "activities", "activities-openagenda"),
    better="higher",
)

INDICATORS: tuple[Indicator, ...] = (LIEUX_ANIMES,)
