"""Tiers-lieux and the steps of their label."""

from __future__ import annotations

from data.sources.model import Choice, Column, Source

HOLDER_TYPES = (
    Choice("public", "public", ("collectivité", "publique")),
    Choice("private", "privé", ("prive", "entreprise", "privée")),
    Choice("nonprofit", "associatif", ("association", "associative")),
)

TYPOLOGIES = (
    Choice("coworking", "coworking", ("bureaux partagés", "espace de coworking")),
    Choice("fablab", "fablab", ("fab lab", "atelier de fabrication numérique")),
    Choice("atelier", "atelier partagé", ("ateliers partagés", "ateliers artisanaux partagés")),
    Choice("telecentre", "télécentre", ("télétravail",)),
    Choice("culturel", "lieu culturel", ("culture",)),
    Choice("formation", "campus connecté", ("formation",)),
    Choice("nourricier", "tiers-lieu nourricier", ("cuisine partagée", "terres agricoles partagées")),
    Choice("mediation", "médiation numérique", ("inclusion numérique",)),
)

PLACES = Source(
    name="places",
    is_full_list=True,
    label="registre des tiers-lieux",
    table="place_version",
    holds_facts=True,
    key=("code",),
    identifies="place",
    columns=(
        Column(
            "code",
            "id_lieu",
            "identifier",
            required=True,
            synonyms=("identifiant", "id lieu", "code_lieu"),
            example="TL-001",
        ),
        Column(
            "name",
            "nom",
            required=True,
            synonyms=("nom_lieu", "nom du lieu", "nom du tiers-lieu"),
            example="La Filature",
        ),
        Column("commune", "code_insee", "commune", required=True, synonyms=("insee", "code commune", "code_commune")),
        Column(
            "commune_name",
            "commune",
            synonyms=("nom_commune", "nom de la commune"),
            help="Sert à vérifier le code INSEE",
            example="Caen",
        ),
        Column(
            "postcode",
            "code_postal",
            synonyms=("code postal", "cp"),
            help="Sert à vérifier le code INSEE",
            example="14000",
        ),
        Column(
            "holder",
            "porteur",
            required=True,
            synonyms=("nom_porteur", "porteur de projet"),
            example="Association La Filature",
        ),
        Column(
            "holder_type",
            "type_porteur",
            "choice",
            required=True,
            choices=HOLDER_TYPES,
            synonyms=("statut du porteur", "type de porteur"),
        ),
        Column("legal_form", "forme_juridique", example="association"),
        Column("siret", "siret", "siret", synonyms=("n° siret", "numero siret")),
        Column("typologies", "typologie", "choices", choices=TYPOLOGIES, open=True, synonyms=("typologies",)),
        Column("opened", "date_ouverture", "day", synonyms=("ouverture",)),
        Column("closed", "date_fermeture", "day", synonyms=("fermeture",)),
        Column("seats", "postes", "whole", synonyms=("nombre de postes",)),
        Column("surface_m2", "surface_m2", "number", unit="m²", synonyms=("surface", "surface en m2")),
        Column("speed_mbps", "debit_mbps", "number", unit="Mbit/s", synonyms=("débit", "débit en mbit/s")),
        Column("meeting_room", "salle_reunion", "yes_no", synonyms=("salle de réunion",)),
        Column("convivial_space", "espace_convivialite", "yes_no", synonyms=("espace de convivialité",)),
        Column("shared_tools", "outils_mutualises", "yes_no", synonyms=("outils mutualisés",)),
        Column("lon", "longitude", "lon", synonyms=("lon", "long", "x")),
        Column("lat", "latitude", "lat", synonyms=("lat", "y")),
    ),
    signature=("code", "name", "commune", "holder"),
    help="Un tiers-lieu par ligne. Le code INSEE identifie la commune\u202f; son nom et son code postal le vérifient.",
)

LABEL_STEPS = (
    Choice("application", "candidature", ("dépôt de candidature",)),
    Choice("complete_file", "dossier complet"),
    Choice("aract_opinion", "avis Aract", ("avis de l’Aract",)),
    Choice("awarded", "labellisé", ("label attribué", "attribué", "labellisation")),
    Choice("renewed", "renouvelé", ("renouvellement",)),
    Choice("refused", "refusé", ("refus",)),
    Choice("abandoned", "abandonné", ("abandon",)),
    Choice("withdrawn", "retiré", ("retrait",)),
    Choice("expired", "expiré", ("expiration",)),
)

LABELS = Source(
    name="labels",
    is_continuous=True,
    label="registre du label",
    table="label_event",
    holds_facts=True,
    key=("place_id", "step", "day"),
    complete_for=("place_id",),
    columns=(
        Column("place_id", "id_lieu", "place", required=True, synonyms=("identifiant", "id lieu", "code_lieu")),
        Column("step", "etape", "choice", required=True, choices=LABEL_STEPS, synonyms=("étape de labellisation",)),
        Column("day", "date", "day", required=True, synonyms=("date de l’étape", "date_etape")),
        Column(
            "opinion",
            "sens",
            "choice",
            choices=(
                Choice("favorable", "favorable"),
                Choice("reserved", "réservé", ("avec réserve", "favorable avec réserve")),
                Choice("unfavorable", "défavorable"),
            ),
        ),
        Column(
            "decision_reference",
            "reference_decision",
            "identifier",
            synonyms=("référence de la décision",),
            example="CP 25-10-123",
        ),
        Column("ceremony", "date_ceremonie", "day"),
        Column("comment", "commentaire", synonyms=("commentaires",), example="comité du 10 octobre"),
    ),
    dated="day",
    signature=("place_id", "step", "day"),
    help="Une étape par ligne. Le fichier est complet pour chaque lieu qu’il nomme.",
)
