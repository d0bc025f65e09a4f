"""The network of digital mediation places (EPN), in the national format LaMednum 1.0.1.

Spellings: mappings of hubs by mednum-cli (MIT).
"""

from __future__ import annotations

from data.sources.model import Column, Source

MEDIATION_PLACES = Source(
    name="mediation-places",
    is_full_list=True,
    label="réseau des EPN",
    table="mediation_place",
    holds_facts=True,
    key=("code",),
    columns=(
        Column(
            "code",
            "id",
            "identifier",
            required=True,
            synonyms=("gid", "identifiant", "id_lieumed"),
            example="epn-14-001",
        ),
        Column("pivot", "pivot", synonyms=("siret", "c_siren_site"), example="20005340300016"),
        Column(
            "name",
            "nom",
            required=True,
            synonyms=("c_nom", "nom_du_lieu", "nom_structure"),
            example="EPN du centre-ville",
        ),
        Column("commune_name", "commune", required=True, synonyms=("c_city", "ville"), example="Caen"),
        Column("postcode", "code_postal", required=True, synonyms=("c_postcode", "cp"), example="14000"),
        Column("commune", "code_insee", "insee", synonyms=("insee", "code commune")),
        Column("address", "adresse", synonyms=("c_adresse", "adresse postale"), example="1 place de la Mairie"),
        Column("lon", "longitude", "lon", synonyms=("c_long_coor1", "lon", "long", "x")),
        Column("lat", "latitude", "lat", synonyms=("c_lat_coor1", "lat", "y")),
        Column("typology", "typologie", example="MUNI"),
        Column("website", "site_web", "url", synonyms=("c_site_web", "site internet")),
        Column("origin", "source", example="Numi Normandie"),
        Column("updated", "date_maj", "day", synonyms=("c__edit_datemaj", "dat_maj", "dernière maj")),
        Column("services", "services"),
        Column("audiences", "publics_specifiquement_adresses"),
        Column("costs", "frais_a_charge"),
    ),
    signature=("code", "name", "commune_name", "postcode"),
    help="Format national LaMednum 1.0.1 (CSV ou JSON). Un EPN n’est jamais ajouté aux tiers-lieux.",
)
