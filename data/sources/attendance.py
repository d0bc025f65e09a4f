"""The source of attendance: declarations of the tiers-lieux."""

from __future__ import annotations

from data.sources.model import Choice, Column, Source

UNIT_CHOICES = (
    Choice("visits", "visites", ("visite", "passages")),
    Choice("people", "personnes", ("personne",)),
    Choice("person_days", "journées", ("journée", "jours")),
    Choice("half_days", "demi-journées", ("demi-journée",)),
    Choice("hours", "heures", ("heure",)),
)

AUDIENCE_CHOICES = (
    Choice("remote_employees", "salariés en télétravail", ("télétravailleurs",)),
    Choice("freelancers", "indépendants", ("indépendant",)),
    Choice("companies", "entreprises et TPE", ("entreprises", "TPE")),
    Choice("craftspeople", "artisans", ("artisan",)),
    Choice("students", "étudiants", ("étudiant",)),
    Choice("job_seekers", "demandeurs d’emploi", ("demandeur d’emploi",)),
    Choice("associations", "associations", ("association",)),
    Choice("others", "autres", ("autre",)),
)

ATTENDANCE = Source(
    name="attendance",
    is_continuous=True,
    label="déclarations des lieux",
    agreement="es",
    table="attendance",
    holds_facts=True,
    key=("place_id", "starts", "ends", "unit", "audience"),
    columns=(
        Column("place_id", "id_lieu", "place", required=True, synonyms=("identifiant", "id lieu", "code_lieu")),
        Column("starts", "debut", "day", required=True, synonyms=("date_debut", "début de période")),
        Column("ends", "fin", "day", required=True, synonyms=("date_fin", "fin de période")),
        Column("unit", "unite", "choice", required=True, choices=UNIT_CHOICES, synonyms=("unité",)),
        Column(
            "audience",
            "public",
            "choice",
            choices=AUDIENCE_CHOICES,
            empty=("-", "tous", "tous publics", "ensemble", "total"),
            help="Vide\u202f: tous les publics. Une ventilation ne s’ajoute jamais au total.",
        ),
        Column("value", "valeur", "whole", required=True, synonyms=("nombre", "fréquentation")),
        Column("capacity", "capacite", "whole", synonyms=("capacité",)),
        Column("open_days", "jours_ouverts", "whole", synonyms=("jours d’ouverture",), help="0\u202f: lieu fermé"),
    ),
    dated="ends",
    signature=("place_id", "starts", "ends", "unit", "value"),
    help="Une ligne par lieu, période et unité. Un mois non déclaré manque\u202f: il ne vaut jamais zéro.",
)
