"""The network of managers: its meetings, the needs that it expresses, the roadmap of the label."""

from __future__ import annotations

from data.sources.model import Choice, Column, Source

NEED_THEMES = (
    Choice("financement", "financement", ("financements", "subventions")),
    Choice("animation", "animation", ("animations",)),
    Choice("equipement", "équipement", ("équipements", "matériel")),
    Choice("communication", "communication", ("visibilité",)),
    Choice("juridique", "juridique", ("droit",)),
    Choice("formation", "formation", ("formations",)),
    Choice("numerique", "numérique", ("informatique",)),
    Choice("qualite-de-vie-au-travail", "qualité de vie au travail", ("QVT", "QVCT")),
    Choice("autre", "autre", ("autres", "divers")),
)
"""Their codes are the keys of the API."""

NEED_STATES = (
    Choice("expressed", "exprimé", ("nouveau", "ouvert")),
    Choice("in_progress", "en cours", ("en traitement",)),
    Choice("answered", "répondu", ("traité", "résolu", "clos")),
    Choice("dropped", "sans suite", ("abandonné",)),
)
OPEN_NEED_STATES = ("expressed", "in_progress")

ACTION_STATES = (
    Choice("planned", "prévue", ("à venir",)),
    Choice("started", "en cours", ("engagée",)),
    Choice("done", "faite", ("réalisée", "terminée")),
    Choice("abandoned", "abandonnée", ("annulée",)),
)

NETWORK_MEETINGS = Source(
    name="network-meetings",
    label="réunions du réseau des gérants",
    agreement="es",
    table="network_meeting",
    key=("reference",),
    columns=(
        Column("reference", "reference", "identifier", required=True, synonyms=("id_reunion",), example="RES-2025-01"),
        Column("day", "date", "day", required=True, synonyms=("date de la réunion",)),
        Column("label", "libelle", required=True, synonyms=("réunion", "intitulé"), example="Réunion de printemps"),
        Column("commune", "code_insee", "commune", synonyms=("insee", "code commune")),
        Column("places", "lieux_presents", "places", synonyms=("lieux présents", "présents")),
        Column("themes", "themes", synonyms=("thèmes", "ordre du jour"), example="Animation et équipement"),
        Column("participants", "participants", "whole", synonyms=("nombre de participants",)),
    ),
    dated="day",
    signature=("reference", "day", "label", "places"),
    help="Une réunion par ligne. Les lieux présents sont nommés par leur id_lieu, jamais par le nom de leur gérant.",
)

NEEDS = Source(
    name="needs",
    label="besoins du réseau",
    agreement="s",
    table="need",
    key=("reference",),
    columns=(
        Column("reference", "reference", "identifier", required=True, synonyms=("id_besoin",), example="BES-2025-01"),
        Column("day", "date", "day", required=True, synonyms=("date d’expression", "exprimé le")),
        Column("place_id", "id_lieu", "place", synonyms=("id lieu", "code_lieu")),
        Column("theme", "theme", "choice", required=True, choices=NEED_THEMES, synonyms=("thème",)),
        Column("need", "besoin", required=True, synonyms=("besoin exprimé",), example="Équiper la salle de réunion"),
        Column(
            "state",
            "etat",
            "choice",
            choices=NEED_STATES,
            default="exprimé",
            synonyms=("état", "statut"),
            example="répondu",
        ),
        Column("answered", "date_reponse", "day", synonyms=("date de réponse", "répondu le")),
        Column("answer", "reponse", synonyms=("réponse",), example="Dossier d’aide déposé"),
    ),
    dated="day",
    signature=("reference", "day", "theme", "need"),
    help="Un besoin par ligne. N’écrivez ni nom ni coordonnées de personnes.",
)

ROADMAP = Source(
    name="roadmap",
    label="feuille de route du label",
    agreement="e",
    table="roadmap_action",
    key=("reference",),
    columns=(
        Column("reference", "reference", "identifier", required=True, synonyms=("n° d’action",), example="FDR-01"),
        Column("axis", "axe", required=True, example="Animer le réseau"),
        Column("action", "action", required=True, example="Ouvrir un guichet unique des porteurs de projet"),
        Column(
            "owner",
            "pilote",
            help="La Région, le réseau, un lieu, ou le code d’un partenaire\u202f: jamais une personne",
            example="Région",
        ),
        Column("due", "echeance", "day", synonyms=("échéance", "date limite")),
        Column(
            "state",
            "etat",
            "choice",
            choices=ACTION_STATES,
            default="prévue",
            synonyms=("état", "avancement"),
            example="faite",
        ),
        Column("done", "date_realisation", "day", synonyms=("date de réalisation", "faite le")),
    ),
    dated="done",
    signature=("reference", "axis", "action"),
    help="Une action par ligne. Une action sans échéance est montrée, sans être attendue à une date.",
)
