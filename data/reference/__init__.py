"""Reference data of the project: territories, the policy's own input files, outlines (see SOURCES.md)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from data.reference.outlines import (
    OUTLINES_FILE,
    Outlines,
    Ring,
    Rings,
    read_outlines,
    save_outlines,
)

__all__ = [
    "OUTLINES_FILE",
    "POLICY_FILES",
    "Commune",
    "CommuneHistory",
    "DelegatedCommune",
    "Departement",
    "Epci",
    "Outlines",
    "Ring",
    "Rings",
    "read_commune_history",
    "read_communes",
    "read_communes_in_zero",
    "read_delegated_communes",
    "read_departements",
    "read_departements_of_france",
    "read_epci",
    "read_outlines",
    "read_partner_codes",
    "read_postcodes",
    "read_scheme_codes",
    "save_outlines",
]

_KIND_OF_EPCI = re.compile(r"^(CA|CC|CU|Métropole) (de la |du |des |de |d’)?")
REFERENCE_FOLDER = Path(__file__).parent

# Ordinary input files of the loader, in the order in which they must be loaded.
POLICY_FILES: tuple[Path, ...] = tuple(
    REFERENCE_FOLDER / f"{name}.csv"
    for name in ("schemes", "partners", "targets", "standards", "qvt-suggestions", "annotations")
)


@dataclass(frozen=True)
class Commune:
    """A commune of Normandie on 1 January 2026; `lon`, `lat` are those of its geometric centre (WGS 84)."""

    code: str
    name: str
    dep: str
    epci: str
    population: int
    lon: float
    lat: float


@dataclass(frozen=True)
class Epci:
    """An intercommunalité with a commune in Normandie; its seat may be outside (2 of 71)."""

    code: str
    name: str
    nature: str
    seat_in_normandie: bool

    @property
    def short_name(self) -> str:
        """'CC du Pays de Falaise' -> 'Pays de Falaise': its name without what it is."""
        return _KIND_OF_EPCI.sub("", self.name)


@dataclass(frozen=True)
class Departement:
    """A département and the commune of its prefecture."""

    code: str
    name: str
    prefecture_code: str
    prefecture_name: str


@dataclass(frozen=True)
class CommuneHistory:
    """A code no longer in use: the commune of today that took it over, and since when."""

    old_code: str
    old_name: str
    code: str
    effective_date: date


@dataclass(frozen=True)
class DelegatedCommune:
    """A delegated or associated commune, and the commune of today of which it is a part."""

    code: str
    name: str
    commune: str


def read_communes() -> list[Commune]:
    """The 2 644 communes, by code."""
    return [
        Commune(
            code=row["code"],
            name=row["name"],
            dep=row["dep"],
            epci=row["epci"],
            population=int(row["population"]),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
        )
        for row in _csv_rows("communes.csv")
    ]


def read_epci() -> list[Epci]:
    """The 71 intercommunalités, by code."""
    return [
        Epci(row["code"], row["name"], row["nature"], row["seat_in_normandie"] == "true")
        for row in _csv_rows("epci.csv")
    ]


def read_departements() -> list[Departement]:
    """The 5 départements, by code."""
    return [Departement(**row) for row in _csv_rows("departements.csv")]


def read_commune_history() -> list[CommuneHistory]:
    """The 742 former codes, each with the commune of today, by former code."""
    return [
        CommuneHistory(row["old_code"], row["old_name"], row["code"], date.fromisoformat(row["effective_date"]))
        for row in _csv_rows("commune_history.csv")
    ]


def read_delegated_communes() -> list[DelegatedCommune]:
    """The 130 delegated or associated communes whose name neither `read_communes` nor `read_commune_history` has for
    their commune, by code.
    """
    return [DelegatedCommune(**row) for row in _csv_rows("delegated_communes.csv")]


@cache
def read_departements_of_france() -> Mapping[str, str]:
    """Code -> name of the 101 départements, for sentences about communes that are not in Normandie."""
    return {row["code"]: row["name"] for row in _csv_rows("departements_of_france.csv")}


@cache
def read_communes_in_zero() -> Mapping[str, tuple[str, ...]]:
    """Code -> names of the 3 244 communes whose code begins with 0: today's, then those merged into it."""
    return {row["code"]: tuple(row["names"].split("|")) for row in _csv_rows("communes_in_zero.csv")}


@cache
def read_postcodes() -> Mapping[str, tuple[str, ...]]:
    """Each of the 382 postcodes of Normandie -> the codes of its communes; a commune may have several."""
    return {row["postcode"]: tuple(row["communes"].split()) for row in _csv_rows("postcodes.csv")}


def _csv_rows(name: str) -> Iterator[dict[str, str]]:
    with (REFERENCE_FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=";")


def read_scheme_codes() -> tuple[str, ...]:
    """The codes of the schemes of the policy, in its order."""
    return tuple(row["dispositif"] for row in _csv_rows("schemes.csv"))


def read_partner_codes() -> tuple[str, ...]:
    """The codes of the partners of the policy, in its order."""
    return tuple(row["partenaire"] for row in _csv_rows("partners.csv"))
