"""The sources of activities: follow-up of partners, open agendas."""

from __future__ import annotations

from data.sources.model import Choice, Column, Source

ACTIVITY_KINDS = (
    Choice(
        "prior_meeting",
        "rencontre préalable",
        ("rencontre préalable Aract", "rendez-vous préalable"),
        "rencontres préalables",
    ),
    Choice("label_opinion", "avis sur le label", ("avis label", "avis de labellisation"), "avis sur le label"),
    Choice("support", "accompagnement", ("appui", "conseil"), "accompagnements"),
    Choice("qvt_exchange", "temps d’échange QVT", ("échange QVT", "QVT"), "temps d’échange QVT"),
    Choice(
        "managers_meeting",
        "réunion de gérants",
        ("réunion des gérants", "collectif des gérants"),
        "réunions de gérants",
    ),
    Choice("workshop", "atelier", ("ateliers",), "ateliers"),
    Choice("seminar", "séminaire", (), "séminaires"),
    Choice("event", "évènement", ("événement", "evenement"), "évènements"),
)
ACTIVITY_FAMILIES = {
    "animation": ("qvt_exchange", "managers_meeting", "workshop", "seminar", "event"),
    "appui": ("support",),
    "instruction": ("prior_meeting", "label_opinion"),
}
PUBLIC_KINDS = ("workshop", "seminar", "event")  # open to the public: what makes a place lively

ACTIVITIES = Source(
    name="activities",
    is_continuous=True,
    label="suivi des partenaires",
    table="activity",
    holds_facts=True,
    key=("code",),
    columns=(
        Column(
            "code",
            "id_action",
            "identifier",
            required=True,
            synonyms=("identifiant de l’action", "id action"),
            example="ARACT-2025-12",
        ),
        Column("partner", "partenaire", "partner", required=True),
        Column("kind", "type", "choice", required=True, choices=ACTIVITY_KINDS, synonyms=("type d’action",)),
        Column("day", "date", "day", required=True, synonyms=("date de l’action",)),
        Column("place_id", "id_lieu", "place", synonyms=("id lieu", "code_lieu")),
        Column("commune", "code_insee", "commune", synonyms=("insee", "code commune", "code_commune")),
        Column(
            "title",
            "intitule",
            synonyms=("intitulé", "titre", "intitulé de l’action"),
            example="Rencontre préalable, projet de Lisieux",
        ),
        Column("participants", "participants", "whole", synonyms=("nombre de participants", "participations")),
        Column("hours", "duree_heures", "number", synonyms=("durée en heures", "durée (h)")),
        Column("holder", "porteur", synonyms=("nom_porteur", "porteur de projet"), example="Association La Filature"),
        Column(
            "aid_reference",
            "reference_aide",
            "aid",
            synonyms=("référence du dossier d’aide",),
            example="2025-001",
        ),
    ),
    dated="day",
    signature=("code", "partner", "kind", "day"),
    help="Une action par ligne. Un nombre de participants vide manque\u202f: il ne vaut jamais zéro.",
)

# The CSV of OpenAgenda, its API, and the national data set « évènements publics » with its labels.
_FIRST_DAYS = ("début", "first_begin", "first_date", "date de début", "firsttiming_begin", "firstdate_begin",
               "première date - début")  # fmt: skip

ACTIVITIES_OPENAGENDA = Source(
    name="activities-openagenda",
    label="agenda ouvert (OpenAgenda)",
    supplements="activities",
    table="activity",
    key=("code",),
    columns=(
        Column("code", "uid", "identifier", required=True, synonyms=("identifiant",), example="12345678"),
        Column("title", "title", required=True, synonyms=("titre", "title_fr", "titre_fr"), example="Portes ouvertes"),
        Column("day", "begin", "day", required=True, synonyms=_FIRST_DAYS),
        Column("ends", "end", "day", synonyms=("last_end", "lasttiming_end", "lastdate_end", "dernière date - fin")),
        Column("location", "location_name", synonyms=("nom du lieu",), example="La Filature"),
        Column("city", "city", synonyms=("ville", "location_city"), example="Caen"),
        Column("postcode", "postal_code", synonyms=("code postal", "cp", "location_postalcode"), example="14000"),
        Column("lon", "longitude", "lon", synonyms=("lon", "location_longitude")),
        Column("lat", "latitude", "lat", synonyms=("lat", "location_latitude")),
        Column("attendance_mode", "attendance_mode", example="1"),
        Column("link", "online_access_link", "url"),
        Column("state", "state", example="2"),
        Column("event_status", "status", example="1"),
        Column("agenda", "agenda_uid", synonyms=("originagenda_uid",)),
    ),
    dated="day",
    signature=("code", "title", "day"),
    help="Export CSV d’OpenAgenda\u202f: des évènements sans partenaire ni participants, montrés et jamais comptés.",
)
