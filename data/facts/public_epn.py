"""What is public of a digital mediation place (EPN), in the columns of the national format LaMednum 1.0.1."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Select

from data.filters import TERRITORY_FILTERS
from data.model.public import PublicColumn, PublicDataset, public_select
from data.schema import commune, is_live, mediation_place
from data.selection import Selection
from data.sources.network import MEDIATION_PLACES
from data.sources.other_values import other_value

# The SIREN of a body of public law begins with 1 or 2: its SIRET is never that of a person. The format does not tell
# a sole trader from an association, so no other SIRET is published.
PUBLIC_BODY_SIRET = re.compile(r"[12]\d{13}")


def _other(name: str, accepted: re.Pattern[str] | None = None) -> Any:
    return other_value(mediation_place, MEDIATION_PLACES.column(name), accepted)


EPN_COLUMNS = (
    PublicColumn("code", "id", "Identifiant", "Identifiant local du lieu", mediation_place.c.code, is_required=True),
    PublicColumn(
        "pivot",
        "pivot",
        "SIRET",
        "SIRET d’un organisme public\u202f; vide pour tout autre\u202f: il pourrait être celui d’une personne",
        _other("pivot", PUBLIC_BODY_SIRET),
    ),
    PublicColumn("name", "nom", "Nom", "Nom du lieu", mediation_place.c.name, is_required=True),
    PublicColumn("commune", "commune", "Commune", "Nom de la commune", commune.c.name, is_required=True),
    PublicColumn("postcode", "code_postal", "Code postal", "Code postal de l’adresse", _other("postcode")),
    PublicColumn(
        "commune_code",
        "code_insee",
        "Code INSEE",
        "Code officiel géographique de la commune au 1er janvier 2026",
        commune.c.code,
        is_required=True,
    ),
    PublicColumn("address", "adresse", "Adresse", "Voie de l’adresse du lieu", _other("address")),
    PublicColumn("lat", "latitude", "Latitude", "Latitude, en degrés (WGS 84)", mediation_place.c.lat, "number"),
    PublicColumn("lon", "longitude", "Longitude", "Longitude, en degrés (WGS 84)", mediation_place.c.lon, "number"),
    PublicColumn("typology", "typologie", "Typologie", "Type du lieu, selon le format national", _other("typology")),
    PublicColumn("website", "site_web", "Site", "Adresse du site du lieu", _other("website")),
    PublicColumn("origin", "source", "Source", "Qui a recueilli les données du lieu", _other("origin")),
    PublicColumn("updated", "date_maj", "Mise à jour", "Jour de la mise à jour", _other("updated"), "day"),
    PublicColumn(
        "services",
        "services",
        "Services",
        "Types d’accompagnement, tels que le fichier du réseau les écrit",
        mediation_place.c.services,
    ),
    PublicColumn(
        "audiences",
        "publics_specifiquement_adresses",
        "Publics",
        "Publics auxquels le lieu s’adresse en particulier",
        _other("audiences"),
    ),
    PublicColumn("costs", "frais_a_charge", "Frais", "Conditions financières d’accès", _other("costs")),
)


def _mediation_place_rows(selection: Selection) -> Select[Any]:
    """One row per EPN in a commune of Normandie, by code."""
    return (
        public_select(EPN_COLUMNS)
        .select_from(mediation_place)
        .join(commune, commune.c.code == mediation_place.c.commune)
        .where(is_live(mediation_place), *selection.where(commune.c, TERRITORY_FILTERS))
        .order_by(mediation_place.c.code)
    )


PUBLIC_EPN = PublicDataset(
    slug="lieux-mediation-numerique",
    title="Lieux de médiation numérique (EPN) de Normandie",
    description=(
        "Un espace public numérique par ligne, avec les colonnes du format national LaMednum 1.0.1 que le réseau "
        "renseigne. Le réseau n’est pas daté\u202f: le fichier est celui d’aujourd’hui. Une colonne que le réseau "
        "laisse vide reste vide."
    ),
    columns=EPN_COLUMNS,
    rows=_mediation_place_rows,
    sources=("mediation-places",),
    filters=TERRITORY_FILTERS,
)
