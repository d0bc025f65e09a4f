"""Territories in the search: communes, intercommunalités, départements, the Région."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from urllib.parse import quote

from dashboard.components.territory_follow import FollowedTerritory
from dashboard.pages.search.model import SearchKind, SearchRequest, SearchResult
from dashboard.pages.territories.territory import REGION, territory_names
from data.queries.commune_search import commune_names
from data.queries.name_search import Match, Name, NameIndex, name_key, name_keys
from data.reference import Commune, Epci, read_communes, read_departements, read_epci

NATURES = {
    "CA": "Communauté d’agglomération",
    "CC": "Communauté de communes",
    "CU": "Communauté urbaine",
    "METRO": "Métropole",
}


def sheet_path(code: str) -> str:
    """The address of the sheet of a territory."""
    return f"/territoires/{quote(code, safe='')}"


@cache
def _epcis() -> dict[str, Epci]:
    return {epci.code: epci for epci in read_epci()}


@cache
def _epci_names() -> NameIndex[Epci]:
    people: Counter[str] = Counter()
    for commune in read_communes():
        people[commune.epci] += commune.population

    def names() -> Iterator[Name[Epci]]:
        for epci in read_epci():
            written = (epci.name, epci.short_name, f"{NATURES[epci.nature]} {epci.name.partition(' ')[2]}")
            for key in dict.fromkeys(key for name in written for key in name_keys(name)):
                yield Name(key, epci, weight=people[epci.code])

    return NameIndex(names())


def _epci_result(request: SearchRequest, match: Match[Epci]) -> SearchResult:
    epci = match.name.target
    return SearchResult(
        epci.name,
        NATURES[epci.nature],
        request.sheet_href(sheet_path(epci.code)),
        FollowedTerritory.of(epci.code, epci.name),
    )


@cache
def _large_territory_names() -> NameIndex[str]:
    """The Région and the départements, by code of their sheet."""
    departements = [
        Name(key, one.code) for one in read_departements() for key in (*name_keys(one.name), name_key(one.code))
    ]
    return NameIndex([*departements, *(Name(name_key(name), REGION) for name in ("Normandie", "Région Normandie"))])


def _large_territory_result(request: SearchRequest, match: Match[str]) -> SearchResult:
    code = match.name.target
    name = territory_names()[code]
    detail = "Région" if code == REGION else f"Département ({code})"
    return SearchResult(name, detail, request.sheet_href(sheet_path(code)), FollowedTerritory.of(code, name))


def _commune_result(request: SearchRequest, match: Match[Commune]) -> SearchResult:
    """A commune leads to the sheet of its intercommunalité: « Hérouville-Saint-Clair — Caen la Mer »."""
    commune, other = match.name.target, match.name.other
    epci = _epcis()[commune.epci]
    found_by = f", {other}" if other.isdigit() else f", comprend {other}" if other else ""
    return SearchResult(
        f"{commune.name} — {epci.name if epci.short_name == commune.name else epci.short_name}",
        f"{territory_names()[commune.dep]}{found_by}",
        request.sheet_href(sheet_path(epci.code)),
        FollowedTerritory.of(epci.code, epci.name),
    )


COMMUNE = SearchKind(
    "commune", ("commune", "communes"), lambda _request: commune_names(), _commune_result, is_territory=True
)
EPCI = SearchKind(
    "intercommunalite",
    ("intercommunalité", "intercommunalités"),
    lambda _request: _epci_names(),
    _epci_result,
    is_territory=True,
)
LARGE_TERRITORY = SearchKind(
    "departement",
    ("département ou région", "départements et région"),
    lambda _request: _large_territory_names(),
    _large_territory_result,
    is_territory=True,
)
