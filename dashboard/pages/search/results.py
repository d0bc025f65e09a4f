"""The results of a search: those of every kind, best first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.pages.search.model import SearchKind, SearchRequest, SearchResult
from dashboard.pages.search.policy import AID_FILE, BENEFICIARY, PARTNER, PLACE
from dashboard.pages.search.site import INDICATOR, PAGE, PART
from dashboard.pages.search.territories import COMMUNE, EPCI, LARGE_TERRITORY
from data.queries.sources import missing_source_reason

# In the order of groups with an equally good first result
KINDS: tuple[SearchKind, ...] = (
    LARGE_TERRITORY,
    COMMUNE,
    EPCI,
    PLACE,
    PAGE,
    INDICATOR,
    PARTNER,
    AID_FILE,
    BENEFICIARY,
    PART,
)
TERRITORY_KINDS = tuple(kind for kind in KINDS if kind.is_territory)
MAX_SUGGESTIONS, MAX_SUGGESTIONS_OF_A_KIND = 9, 4  # what shows above the keyboard of a phone, or nearly
MAX_RESULTS_OF_A_KIND = 25  # on the page


@dataclass(frozen=True)
class SearchGroup:
    """The first results of a kind, best first; `total` counts all of them, up to the limit of the kind."""

    kind: SearchKind
    results: tuple[SearchResult, ...]
    total: int

    @property
    def is_counted(self) -> bool:
        """Whether there are no more results than `total`."""
        return self.total < self.kind.limit


@dataclass(frozen=True)
class SearchAnswer:
    """The groups that answer a text, that of the best result first; `missing` names the kinds of which nothing is
    known, each with its French reason.
    """

    groups: tuple[SearchGroup, ...]
    missing: tuple[tuple[SearchKind, str], ...] = ()

    @property
    def total(self) -> int:
        """The number of results of all groups."""
        return sum(group.total for group in self.groups)


def search(
    request: SearchRequest,
    kinds: Sequence[SearchKind] = KINDS,
    of_a_kind: int = MAX_RESULTS_OF_A_KIND,
    overall: int | None = None,
) -> SearchAnswer:
    """The answer to a text: at most `of_a_kind` results of each kind, and `overall` in all, the best ones."""
    connection = request.page_request.connection
    reasons = ((kind, missing_source_reason(connection, kind.sources)) for kind in kinds if kind.sources)
    missing = tuple((kind, reason) for kind, reason in reasons if reason)
    found = [(kind, kind.names(request).find(request.key)) for kind in kinds] if request.key else []
    ranked = sorted(
        (match.sort_key[:2], order, position)
        for order, (_kind, matches) in enumerate(found)
        for position, match in enumerate(matches[:of_a_kind])
    )[:overall]
    counts: dict[int, int] = {}  # results shown by place of the kind, in the order of the best
    for _rank, order, _position in ranked:
        counts[order] = counts.get(order, 0) + 1
    groups = []
    for order, shown in counts.items():
        kind, matches = found[order]
        results = tuple(kind.result(request, match) for match in matches[:shown])
        groups.append(SearchGroup(kind, results, min(len(matches), kind.limit)))
    return SearchAnswer(tuple(groups), missing)
