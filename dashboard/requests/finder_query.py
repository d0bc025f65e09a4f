"""What an address asks of the finder of places: a commune, services."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl

from dashboard.lists.state import Parameters
from dashboard.urls import (
    COMMUNE_PARAMETER,
    EMBED_PATH,
    FINDER_MAP_PATH,
    FINDER_PATH,
    SERVICES_PARAMETER,
    TOWN_PARAMETER,
)
from data.i18n import NARROW, quote_french
from data.queries.commune_search import FoundCommune, commune_of_code, find_communes
from data.queries.name_search import MAX_SEARCHED_LETTERS
from data.queries.public_places import SERVICES
from data.reference import Commune
from data.selection import MAX_QUERY_LENGTH

FINDER_PATHS = frozenset({FINDER_PATH, EMBED_PATH, FINDER_MAP_PATH})


@dataclass(frozen=True)
class FinderQuery:
    """The chosen commune and the codes of services; `typed` is the text that no single commune answers, `candidates`
    the communes that do. `notices` are French sentences about what was ignored.
    """

    commune: Commune | None = None
    services: tuple[str, ...] = ()
    typed: str = ""
    candidates: tuple[FoundCommune, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def parameters(self) -> Parameters:
        """Its canonical parameters: a typed name that is a commune becomes its code."""
        commune = ((COMMUNE_PARAMETER, self.commune.code),) if self.commune else ()
        typed = ((TOWN_PARAMETER, self.typed),) if self.typed else ()
        services = ((SERVICES_PARAMETER, ",".join(self.services)),) if self.services else ()
        return (*commune, *typed, *services)


def read_finder_query(query: str) -> FinderQuery:
    """The request of a query; of a parameter given several times, the last one counts."""
    parameters = dict(parse_qsl(query.lstrip("?")[:MAX_QUERY_LENGTH]))
    services, notices = _read_services(parameters.get(SERVICES_PARAMETER, ""))
    typed = " ".join(parameters.get(TOWN_PARAMETER, "").split())[:MAX_SEARCHED_LETTERS]
    if typed:
        return _read_typed(typed, services, notices)
    code = parameters.get(COMMUNE_PARAMETER, "").strip()
    commune = commune_of_code(code)
    if code and commune is None:
        notices.append(f"Aucune commune de Normandie n’a le code INSEE {quote_french(code)}{NARROW}: il a été ignoré.")
    elif commune and commune.code != code:
        notices.append(f"Le code {code} est celui d’une ancienne commune, aujourd’hui dans {commune.name}.")
    return FinderQuery(commune, services, notices=tuple(notices))


def _read_typed(typed: str, services: tuple[str, ...], notices: list[str]) -> FinderQuery:
    candidates = find_communes(typed)
    if len(candidates) == 1:
        found = candidates[0]
        return FinderQuery(found.commune, services, notices=tuple(notices))
    if not candidates:
        notices.append(f"Aucune commune de Normandie ne répond à {quote_french(typed)}. Essayez son code postal.")
    return FinderQuery(None, services, typed, tuple(candidates), tuple(notices))


def _read_services(text: str) -> tuple[tuple[str, ...], list[str]]:
    requested = {code.strip() for code in text.split(",") if code.strip()}
    services = tuple(column.service for column in SERVICES if column.service in requested)
    unknown = sorted(requested - set(services))
    return services, [f"Aucun service ne s’appelle {quote_french(code)}{NARROW}: il a été ignoré." for code in unknown]
