"""The network of digital mediation places (EPN), in the national format LaMednum 1.0.1.

Spellings: mappings of hubs by mednum-cli (MIT).
"""

from __future__ import annotations

from data.sources.model import Column, Source

MEDIATION_PLACES = Source(
    name="mediation-places",
    label="réseau des EPN",
    table="mediation_place",
    key=("code",),
    columns=(
        Column("code", "id", required=True, synonyms=("gid", "identifiant")),
        Column("pivot", "pivot", synonyms=("c_siren_site",)),
        Column("name", "nom", required=True, synonyms=("c_nom", "nom_du_lieu")),
        Column("commune_name", "commune", required=True, synonyms=("c_city", "ville")),
        Column("postcode", "code_postal", required=True, synonyms=("c_postcode", "cp")),
        Column("commune", "code_insee", "insee", synonyms=("insee",)),
        Column("address", "adresse", synonyms=("c_adresse",)),
        Column("lon", "longitude", "lon", synonyms=("c_long_coor1",)),
        Column("lat", "latitude", "lat", synonyms=("c_lat_coor1",)),
        Column("typology", "typologie"),
        Column("website", "site_web", synonyms=("c_site_web",)),
        Column("origin", "source"),
        Column("updated", "date_maj", "day", synonyms=("c__edit_datemaj",)),
        Column("services", "services"),
        Column("audiences", "publics_specifiquement_adresses"),
        Column("costs", "frais_a_charge"),
    ),
    signature=("code", "name", "commune_name", "postcode"),
    help="Format national LaMednum 1.0.1 (CSV ou JSON). Un EPN n’est jamais ajouté aux tiers-lieux.",
)
