"""Names that stand in addresses, files and other people's spreadsheets: they never change, none goes away."""

from __future__ import annotations

import pytest

from dashboard.charts import CHARTS, chart_named
from dashboard.lists import LISTS, list_named
from dashboard.pages import PAGES
from data.filters import FILTERS
from data.indicators import GROUPINGS, INDICATORS, indicator_named
from data.sources import SOURCES

INDICATOR_SLUGS = [
    "lieux-labellises",
    "labellisations-cumulees",
    "lieux-en-cours",
    "delai-labellisation",
    "part-objectif",
    "attendu-a-date",
    "avance-labels",
    "avance-jours",
    "rythme-requis",
    "rythme-observe",
    "projection-echeance",
    "epci-couverts",
    "labellises-pour-100000",
    "population-15km",
    "aides-votees",
    "aides-annulees",
    "aides-engagees",
    "aides-mandatees",
    "aides-payees",
    "aides-complementaires",
    "dossiers-aides",
    "depenses-eligibles",
    "taux-aide",
    "depenses-par-euro",
    "effet-levier",
    "reste-a-mandater",
    "delai-premier-mandat",
    "dossiers-a-verifier",
    "aide-par-habitant",
    "aide-par-lieu",
    "enveloppe-votee",
    "enveloppe-engagee",
    "cp-mandates",
    "actions-partenaires",
    "participations",
    "epci-touches",
    "lieux-visites",
    "rencontres-prealables",
    "rencontres-vers-emergence",
    "visites",
    "evolution-lieux-comparables",
    "taux-reponse",
    "visites-par-poste",
    "epn",
    "epn-pour-100000",
]
CHART_SLUGS = [
    "trajectoire",
    "carte",
    "aides-par-dispositif",
    "cascade-aides",
    "enveloppes",
    "aides-par-porteur",
    "aides-complementaires",
    "visites-par-mois",
    "visites-par-departement",
    "lieux-comparables",
    "saison",
    "taux-de-reponse",
    "couverture-par-departement",
    "comparaison-territoires",
    "habitants-eloignes",
    "parcours",
    "labellisations-par-an",
    "delais-labellisation",
    "label-par-departement",
    "matrice-partenaires",
    "actions-par-mois",
    "suite-rencontres",
    "objectifs-partenaires",
    "lieux-visites-par-departement",
]
LIST_SLUGS = [
    "candidatures-pretes",
    "label",
    "propositions",
    "dossiers-a-verifier",
    "dossiers",
    "jamais-touchees",
    "agenda",
    "declarations",
    "territoires",
    "lieux",
    "lignes-a-corriger",
    "chargements",
]
PATHS = [
    "/",
    "/label",
    "/aides",
    "/partenaires",
    "/frequentation",
    "/territoires",
    "/territoires/<slug>",
    "/lieux",
    "/lieux/<slug>",
    "/indicateurs",
    "/indicateurs/<slug>",
    "/indicateurs/<slug>/lignes",
    "/donnees",
    "/accessibilite",
    "/donnees-personnelles",
    "/a-propos",
]
FILTER_KEYS = ["dep", "epci", "porteur", "typologie", "dispositif", "partenaire", "unite"]
GROUPING_KEYS = ["departement", "epci", "annee", "mois", "dispositif", "porteur", "partenaire"]
SOURCE_NAMES = [
    "schemes",
    "partners",
    "targets",
    "envelopes",
    "sessions",
    "places",
    "labels",
    "aids",
    "aids-scdl",
    "aid-steps",
    "activities",
    "activities-openagenda",
    "attendance",
    "mediation-places",
]

NAMES = {
    "indicators": (INDICATOR_SLUGS, [one.slug for one in INDICATORS]),
    "charts": (CHART_SLUGS, [one.slug for one in CHARTS]),
    "lists": (LIST_SLUGS, [one.slug for one in LISTS]),
    "pages": (PATHS, [one.path for one in PAGES]),
    "filters": (FILTER_KEYS, [one.key for one in FILTERS]),
    "groupings": (GROUPING_KEYS, [one.key for one in GROUPINGS]),
    "sources": (SOURCE_NAMES, [one.name for one in SOURCES]),
}


@pytest.mark.parametrize("kind", NAMES)
def test_names_are_frozen_and_unique(kind: str) -> None:
    frozen, present = NAMES[kind]
    assert set(present) == set(frozen), "a new name is frozen here; a name that is in use never goes away"
    assert len(set(present)) == len(present)


def test_a_name_finds_its_own_and_nothing_else() -> None:
    assert all(indicator_named(one.slug) is one for one in INDICATORS)
    assert all(chart_named(one.slug) is one for one in CHARTS)
    assert all(list_named(one.slug) is one for one in LISTS)
    assert indicator_named("rien") is chart_named("rien") is list_named("rien") is None


def test_no_file_has_two_meanings() -> None:
    files = [one.slug for one in CHARTS] + [one.file for one in LISTS] + [f"lignes-{one.slug}" for one in INDICATORS]
    assert len(set(files)) == len(files)
