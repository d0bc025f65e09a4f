"""What is public of a labelled tiers-lieu. Its holder, its SIRET, its attendance and the comments on it are not."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, case, func, select

from data.facts.choices import choice_label
from data.facts.standard import is_criterion_in_force
from data.filters import PLACE_FILTERS
from data.model.public import PublicColumn, PublicDataset, public_select
from data.schema import commune, departement, epci, is_live, label_span, place, place_version, standard_criterion
from data.selection import Selection
from data.selection.periods import in_force_conditions
from data.sources.places import HOLDER_TYPES, TYPOLOGIES
from data.types import day_number

OWN_POSITION, CENTRE_POSITION = "lieu", "centre de la commune"

_HAS_POSITION = and_(place_version.c.lon.is_not(None), place_version.c.lat.is_not(None))
_DAY = bindparam("standard_day", type_=Integer)  # a number: that of the rows
_BROADBAND_MBPS = (  # that the standard asks for
    select(func.max(standard_criterion.c.threshold))
    .where(
        standard_criterion.c.basis == "speed_mbps",
        standard_criterion.c.is_compulsory,
        is_live(standard_criterion),
        is_criterion_in_force(standard_criterion.c, _DAY),
    )
    .scalar_subquery()
)

PLACE_COLUMNS = (
    PublicColumn(
        "code",
        "identifiant",
        "Identifiant",
        "Identifiant du tiers-lieu dans le registre de la Région",
        place.c.code,
        is_required=True,
    ),
    PublicColumn("name", "nom", "Nom", "Nom du tiers-lieu", place_version.c.name, is_required=True),
    PublicColumn(
        "typologies",
        "typologies",
        "Typologies",
        "Ce qu’est le lieu\u202f; plusieurs valeurs sont séparées par une barre verticale",
        place_version.c.typologies,
        "choices",
        choices=TYPOLOGIES,
    ),
    PublicColumn("commune", "commune", "Commune", "Nom de la commune", commune.c.name, is_required=True),
    PublicColumn(
        "commune_code",
        "code_insee",
        "Code INSEE",
        "Code officiel géographique de la commune au 1er janvier 2026",
        commune.c.code,
        is_required=True,
    ),
    PublicColumn(
        "epci_name", "intercommunalite", "Intercommunalité", "Nom de l’intercommunalité", epci.c.name, is_required=True
    ),
    PublicColumn(
        "departement", "departement", "Département", "Nom du département", departement.c.name, is_required=True
    ),
    PublicColumn(
        "holder_type",
        "type_porteur",
        "Type de porteur",
        "Public, privé ou associatif\u202f; le nom du porteur n’est pas publié",
        choice_label(place_version.c.holder_type, HOLDER_TYPES),
        is_required=True,
    ),
    PublicColumn(
        "labelled_since",
        "labellise_depuis",
        "Labellisé depuis le",
        "Premier jour de la période de label en cours",
        label_span.c.started,
        "day",
        is_required=True,
    ),
    PublicColumn(
        "opened",
        "date_ouverture",
        "Date d’ouverture",
        "Jour d’ouverture du lieu, s’il est connu\u202f; les horaires ne sont pas au registre",
        place_version.c.opened,
        "day",
    ),
    PublicColumn("seats", "postes", "Postes", "Nombre de postes de travail", place_version.c.seats, "whole"),
    PublicColumn(
        "speed_mbps",
        "debit_mbps",
        "Débit",
        "Débit de la connexion, en Mbit/s",
        place_version.c.speed_mbps,
        "number",
        unit="Mbit/s",
    ),
    PublicColumn(
        "broadband",
        "haut_debit",
        "Haut débit",
        "Le débit atteint le seuil du standard de service de la Région à la date\u202f; vide\u202f: non connu",
        place_version.c.speed_mbps >= _BROADBAND_MBPS,
        "yes_no",
        service="haut-debit",
    ),
    PublicColumn(
        "meeting_room",
        "salle_reunion",
        "Salle de réunion",
        "Le lieu a une salle de réunion\u202f; vide\u202f: non renseigné",
        place_version.c.meeting_room,
        "yes_no",
        service="salle-reunion",
    ),
    PublicColumn(
        "convivial_space",
        "espace_convivialite",
        "Espace de convivialité",
        "Le lieu a un espace de convivialité\u202f; vide\u202f: non renseigné",
        place_version.c.convivial_space,
        "yes_no",
        service="espace-convivialite",
    ),
    PublicColumn(
        "shared_tools",
        "outils_mutualises",
        "Outils mutualisés",
        "Le lieu met des outils en commun\u202f; vide\u202f: non renseigné",
        place_version.c.shared_tools,
        "yes_no",
        service="outils-mutualises",
    ),
    PublicColumn(
        "lon",
        "longitude",
        "Longitude",
        "Longitude, en degrés (WGS 84)",
        case((_HAS_POSITION, place_version.c.lon), else_=commune.c.lon),
        "number",
        is_required=True,
    ),
    PublicColumn(
        "lat",
        "latitude",
        "Latitude",
        "Latitude, en degrés (WGS 84)",
        case((_HAS_POSITION, place_version.c.lat), else_=commune.c.lat),
        "number",
        is_required=True,
    ),
    PublicColumn(
        "position",
        "position",
        "Position",
        f"Ce que les coordonnées situent\u202f: «\u202f{OWN_POSITION}\u202f» ou «\u202f{CENTRE_POSITION}\u202f»",
        case((_HAS_POSITION, OWN_POSITION), else_=CENTRE_POSITION),
        is_required=True,
    ),
)


def _labelled_place_rows(selection: Selection) -> Select[Any]:
    """One row per tiers-lieu labelled at `until`, by name."""
    return (
        public_select(PLACE_COLUMNS)
        .select_from(label_span)
        .join(place, place.c.place_id == label_span.c.place_id)
        .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, is_live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .join(epci, epci.c.code == commune.c.epci)
        .join(departement, departement.c.code == commune.c.dep)
        .where(
            label_span.c.state == "labelled",
            *in_force_conditions(label_span.c, selection.until),
            *selection.where(label_span.c, PLACE_FILTERS),
        )
        .order_by(place_version.c.name_search_key, place.c.code)
        .params({_DAY.key: day_number(selection.until)})
    )


LABELLED_PLACES = PublicDataset(
    slug="tiers-lieux-labellises",
    title="Tiers-lieux labellisés par la Région Normandie",
    description=(
        "Un tiers-lieu labellisé par ligne, à la date demandée. Un lieu sans coordonnées au registre est placé au "
        "centre de sa commune, et la colonne «\u202fposition\u202f» le dit."
    ),
    columns=PLACE_COLUMNS,
    rows=_labelled_place_rows,
    sources=("places", "labels"),
    filters=PLACE_FILTERS,
)
