"""Where: départements and intercommunalités."""

from __future__ import annotations

from data.filters.model import Filter, Narrowed
from data.filters.options import read_departements, read_intercommunalites

EVERYWHERE: tuple[Narrowed, ...] = ("territory", "places", "aids", "activities", "attendance")

DEPARTEMENT = Filter("dep", "Département", "dep", "tous", read_departements, narrows=EVERYWHERE)
INTERCOMMUNALITE = Filter(
    "epci",
    "Intercommunalité",
    "epci",
    "toutes",
    read_intercommunalites,
    narrows=EVERYWHERE,
    search="Rechercher une intercommunalité, ou une de ses communes",
)
