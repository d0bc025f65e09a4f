"""What a page of the finder shows: the places that answer its address, and the addresses of its links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.components.page import filtered_href
from dashboard.lists.state import write_query
from dashboard.requests.finder_query import FinderQuery, read_finder_query
from dashboard.requests.page_request import PageRequest
from dashboard.urls import EMBED_PATH, normalise_path
from data.facts.public_places import LABELLED_PLACES
from data.i18n import sentence_list, uncapitalised
from data.queries.commune_search import commune_label
from data.queries.public_places import SERVICES, PublicPlace, PublicPlaces, read_public_places
from data.queries.sources import missing_source_reason
from data.reference import Commune
from data.selection import Selection

MAX_NUMBERED, MAX_NUMBERED_FAR = 9, 3  # places with a number on the map; farther ones would make it small


@dataclass(frozen=True)
class FinderView:
    """The answer to one address. `missing` is the reason why no place is known, without capital or full stop; None when
    they are.
    """

    page_request: PageRequest
    finder: FinderQuery
    found: PublicPlaces
    missing: str | None

    @staticmethod
    def of(page_request: PageRequest) -> FinderView:
        """The view of a request; its rows are read once for a whole page."""
        missing = missing_source_reason(page_request.connection, LABELLED_PLACES.sources)
        finder = page_request.finder or read_finder_query("")
        found = (
            PublicPlaces(())
            if missing
            else read_public_places(page_request.connection, page_request.selection, finder.services, finder.commune)
        )
        return FinderView(page_request, finder, found, missing)

    @property
    def is_embedded(self) -> bool:
        """Whether the view is shown inside another site: its links open in tabs of their own."""
        return normalise_path(self.page_request.path) == EMBED_PATH

    @property
    def commune(self) -> Commune | None:
        """The chosen commune."""
        return self.finder.commune

    @property
    def commune_text(self) -> str:
        """« Saint-Lô (Manche) »; empty when none is chosen."""
        return commune_label(self.finder.commune) if self.finder.commune else ""

    @property
    def numbered(self) -> Sequence[PublicPlace]:
        """The nearest places to the chosen commune, whose ranks are on the map; far ones when none is near."""
        if self.commune is None:
            return ()
        return self.found.near[:MAX_NUMBERED] or self.found.places[:MAX_NUMBERED_FAR]

    @property
    def services_text(self) -> str:
        """« avec salle de réunion et outils mutualisés »; empty when no service is chosen."""
        titles = [uncapitalised(column.title) for column in SERVICES if column.service in self.finder.services]
        return f"avec {sentence_list(titles)}" if titles else ""

    def href(
        self, finder: FinderQuery | None = None, selection: Selection | None = None, path: str | None = None
    ) -> str:
        """The address of this view, or of another one with the same filters, services and commune."""
        query = (selection or self.page_request.selection).to_query()
        return filtered_href(path or self.page_request.path, write_query(query, (finder or self.finder).parameters))

    def with_commune(self, commune: Commune | None) -> FinderQuery:
        """What the address would ask with another commune."""
        return replace(self.finder, commune=commune, typed="", candidates=())

    def toggle_service(self, code: str) -> FinderQuery:
        """What the address would ask with one service more, or less when it is chosen."""
        chosen = set(self.finder.services) ^ {code}
        return replace(self.finder, services=tuple(column.service for column in SERVICES if column.service in chosen))
