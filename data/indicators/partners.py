"""Indicators of the activities of partners."""

from __future__ import annotations

from sqlalchemy import func

from data.facts.activity import ACTIVITIES_IN_PLACES, ACTIVITY_COUNT, ACTIVITY_FACT, PRIOR_MEETING_COUNT
from data.model.facts import Measure, Total
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.partners import (
    ACTIVE_EPCI_PROOF,
    ACTIVE_PLACES_PROOF,
    ACTIVITY_PROOF,
    FOLLOWED_MEETING_PROOF,
    PARTICIPATION_PROOF,
    PRIOR_MEETING_PROOF,
)
from data.queries.partner_reach import (
    read_active_epci_cases,
    read_active_epci_share,
    read_active_place_count,
    read_followed_cases,
    read_followed_share,
    read_participants_text,
)
from data.queries.partner_targets import ACTIONS_SLUG
from data.units import ACTIVITIES as ACTIONS
from data.units import MEETINGS, PARTICIPATIONS, PLACES, SHARE

COMMUNE_METHOD = (
    "Une action appartient à la commune de son lieu, sinon à celle que le fichier lui donne\u202f; avec un filtre de "
    "porteur ou de typologie, seules comptent les actions menées dans un lieu qui y répond."
)


ACTIONS_PARTENAIRES = Indicator(
    slug=ACTIONS_SLUG,
    label="Actions des partenaires",
    theme="partenaires",
    definition="Nombre d’actions que les partenaires de la Région ont menées pour les tiers-lieux durant la période.",
    method=(
        "On compte les actions du suivi des partenaires dont la date est dans la période, quelle que soit leur "
        "famille\u202f: animation (ateliers, séminaires, évènements, réunions de gérants, temps d’échange QVT), appui "
        f"(accompagnements), instruction (rencontres préalables et avis sur le label). {COMMUNE_METHOD}"
    ),
    why="Elle montre ce que produisent les conventions de partenariat, et où.",
    limits=(
        "Une action vaut une action, qu’elle dure une heure ou deux jours. Les évènements des agendas ouverts n’ont "
        "pas de partenaire\u202f: ils sont montrés à l’agenda, jamais comptés."
    ),
    unit=ACTIONS,
    measure=ACTIVITY_COUNT,
    proof=ACTIVITY_PROOF,
    sources=("activities", "partners"),
    better="higher",
)

PARTICIPATIONS_AUX_ACTIONS = Indicator(
    slug="participations",
    label="Participations",
    theme="partenaires",
    definition=(
        "Nombre de participations aux actions des partenaires\u202f: une personne venue deux fois compte deux fois."
    ),
    method=(
        "Somme des participants que le suivi indique pour les actions de la période. Un nombre vide manque, il ne vaut "
        "pas zéro\u202f: le chiffre dit combien d’actions indiquent leurs participants, et il est inconnu quand aucune "
        f"ne le fait. {COMMUNE_METHOD}"
    ),
    why="Elle dit si les actions trouvent leur public.",
    limits=(
        "Ce sont des participations, non des personnes. Tant que des actions n’indiquent pas leurs participants, le "
        "total est un minimum."
    ),
    unit=PARTICIPATIONS,
    measure=Measure(
        ACTIVITY_FACT,
        Total(lambda rows: func.sum(rows.participants), reason="aucune action n’indique ses participants"),
    ),
    proof=PARTICIPATION_PROOF,
    sources=("activities", "partners"),
    better="higher",
    read_note=read_participants_text,
)

EPCI_TOUCHES = Indicator(
    slug="epci-touches",
    label="Intercommunalités touchées",
    theme="partenaires",
    definition="Part des intercommunalités où les partenaires ont mené au moins une action durant la période.",
    method=(
        "Parmi les intercommunalités qui ont leur siège en Normandie (69) et au moins une commune dans la sélection, "
        "part de celles où une action de la période a eu lieu, où que ce soit dans l’intercommunalité. Une action "
        "compte pour l’intercommunalité de la commune de son lieu, sinon de sa propre commune\u202f; sans commune, "
        "pour aucune. Les filtres de partenaire, de porteur et de typologie choisissent les actions\u202f; ceux de "
        "territoire, les intercommunalités."
    ),
    why="Elle dit si les partenaires vont partout, ou toujours aux mêmes endroits.",
    limits=(
        "Une seule action suffit. Une réunion à distance ou sans commune ne touche aucune intercommunalité, même si "
        "des habitants de plusieurs y ont pris part."
    ),
    unit=SHARE,
    measure=ComputedMeasure(
        ACTIVITY_COUNT,
        read_active_epci_share,
        ("departement", "epci", "annee", "mois", "porteur", "partenaire"),
        read_cases=read_active_epci_cases,
    ),
    proof=ACTIVE_EPCI_PROOF,
    sources=("activities", "places"),
    better="higher",
)

LIEUX_VISITES = Indicator(
    slug="lieux-visites",
    label="Lieux ayant accueilli une action",
    theme="partenaires",
    definition="Nombre de tiers-lieux différents où une action des partenaires a eu lieu durant la période.",
    method=(
        "On compte une fois chaque lieu du registre que nomme au moins une action de la période, labellisé ou non. Les "
        "lieux de plusieurs années, ou de plusieurs partenaires, ne s’additionnent donc pas."
    ),
    why="Elle dit combien de lieux les partenaires connaissent de près.",
    limits="Une action sans identifiant de lieu n’en compte aucun, même si elle s’est tenue dans un tiers-lieu.",
    unit=PLACES,
    measure=ComputedMeasure(
        ACTIVITIES_IN_PLACES, read_active_place_count, ("departement", "epci", "annee", "mois", "porteur", "partenaire")
    ),
    proof=ACTIVE_PLACES_PROOF,
    sources=("activities", "places"),
    better="higher",
)

RENCONTRES_PREALABLES = Indicator(
    slug="rencontres-prealables",
    label="Rencontres préalables",
    theme="partenaires",
    definition="Nombre de rencontres préalables à une demande d’aide Émergence tenues durant la période.",
    method=(
        "On compte les actions de type «\u202frencontre préalable\u202f» dont la date est dans la période. La "
        f"rencontre avec Aract Normandie est obligatoire avant une aide Émergence. {COMMUNE_METHOD}"
    ),
    why="Elle annonce les projets de tiers-lieux des mois à venir.",
    limits="Un porteur rencontré deux fois compte deux rencontres. Une rencontre ne dit rien de la qualité du projet.",
    unit=MEETINGS,
    measure=PRIOR_MEETING_COUNT,
    proof=PRIOR_MEETING_PROOF,
    sources=("activities", "partners"),
    better="neutral",
)

RENCONTRES_VERS_EMERGENCE = Indicator(
    slug="rencontres-vers-emergence",
    label="Rencontres suivies d’une aide Émergence",
    theme="partenaires",
    definition=(
        "Part des rencontres préalables, tenues plus de douze mois avant la date choisie, qu’a suivies un vote "
        "d’aide Émergence."
    ),
    method=(
        "Parmi les rencontres préalables de la période qui datent de plus de douze mois avant «\u202farrêté "
        "au\u202f», part de celles qu’un vote d’Émergence a suivies, le même jour ou après, à cette date au plus tard. "
        "Le dossier est celui que la rencontre nomme\u202f; à défaut, un dossier du même lieu\u202f; sans lieu de part "
        "ou d’autre, un dossier dont le bénéficiaire porte le nom du porteur rencontré, sans tenir compte de la casse "
        "ni des accents."
    ),
    why="Elle dit combien de projets rencontrés aboutissent à une étude financée.",
    limits=(
        "Les rencontres plus récentes n’ont pas eu le temps d’aboutir\u202f: elles ne sont pas comptées. Un porteur "
        "qui change de nom entre la rencontre et le vote n’est pas reconnu. Un projet peut aboutir sans cette aide."
    ),
    unit=SHARE,
    measure=ComputedMeasure(
        PRIOR_MEETING_COUNT,
        read_followed_share,
        ("departement", "epci", "porteur", "partenaire"),
        read_cases=read_followed_cases,
    ),
    proof=FOLLOWED_MEETING_PROOF,
    sources=("activities", "aids", "schemes", "places"),
    better="higher",
)

INDICATORS: tuple[Indicator, ...] = (
    ACTIONS_PARTENAIRES,
    PARTICIPATIONS_AUX_ACTIONS,
    EPCI_TOUCHES,
    LIEUX_VISITES,
    RENCONTRES_PREALABLES,
    RENCONTRES_VERS_EMERGENCE,
)
