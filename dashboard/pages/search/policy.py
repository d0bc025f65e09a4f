"""What the loaded files name in the search: tiers-lieux, aid files, beneficiaries, partners."""

from __future__ import annotations

from functools import partial

from dashboard.lists.links import aid_list_path
from dashboard.pages.search.model import SearchKind, SearchRequest, SearchResult
from dashboard.urls import partner_path, place_path
from data.i18n import count
from data.queries.name_search import Match, NameIndex
from data.queries.named_things import (
    MAX_AID_FILES,
    AidList,
    Beneficiary,
    NamedAidFile,
    NamedPartner,
    NamedPlace,
    read_aid_files_by_reference,
    read_beneficiary_names,
    read_partner_names,
    read_place_names,
)

_AID_SOURCES = ("aids", "aids-scdl", "schemes")
_FILES: dict[AidList, tuple[str, str]] = {
    "voted": ("dossier voté au titre des leviers", "dossiers votés au titre des leviers"),
    "proposed": ("proposition d’aide", "propositions d’aide"),
    "complementary": ("aide complémentaire", "aides complémentaires"),
}


def _place_result(request: SearchRequest, match: Match[NamedPlace]) -> SearchResult:
    place = match.name.target
    found_by = f", {place.code}" if match.name.other else ""
    return SearchResult(
        place.name, f"{place.commune} ({place.departement}){found_by}", request.href(place_path(place.code))
    )


def _partner_result(request: SearchRequest, match: Match[NamedPartner]) -> SearchResult:
    partner = match.name.target
    return SearchResult(partner.label, "", request.href(partner_path(partner.code)))


def _aid_file_names(request: SearchRequest) -> NameIndex[NamedAidFile]:
    page_request = request.page_request
    return read_aid_files_by_reference(page_request.connection, request.text, page_request.options.today)


def _aid_file_result(_request: SearchRequest, match: Match[NamedAidFile]) -> SearchResult:
    """A file leads to the list that shows it, without filters, which might hide it."""
    aid_file = match.name.target
    detail = f"{aid_file.beneficiary}, {aid_file.scheme}"
    return SearchResult(aid_file.reference, detail, aid_list_path(aid_file.shown_in, aid_file.reference))


def _beneficiary_names(request: SearchRequest) -> NameIndex[Beneficiary]:
    today = request.page_request.options.today
    return request.cached(f"beneficiaries {today}", partial(read_beneficiary_names, today=today))


def _beneficiary_result(_request: SearchRequest, match: Match[Beneficiary]) -> SearchResult:
    beneficiary = match.name.target
    detail = count(beneficiary.files, *_FILES[beneficiary.shown_in])
    return SearchResult(beneficiary.name, detail, aid_list_path(beneficiary.shown_in, beneficiary.name))


PLACE = SearchKind(
    "lieu",
    ("tiers-lieu", "tiers-lieux"),
    lambda request: request.cached("place names", read_place_names),
    _place_result,
    sources=("places",),
)
AID_FILE = SearchKind(
    "dossier",
    ("dossier d’aide", "dossiers d’aide"),
    _aid_file_names,
    _aid_file_result,
    sources=_AID_SOURCES,
    limit=MAX_AID_FILES,
)
BENEFICIARY = SearchKind(
    "beneficiaire",
    ("bénéficiaire d’aides", "bénéficiaires d’aides"),
    _beneficiary_names,
    _beneficiary_result,
    sources=_AID_SOURCES,
)
PARTNER = SearchKind(
    "partenaire",
    ("partenaire", "partenaires"),
    lambda request: request.cached("partner names", read_partner_names),
    _partner_result,
    sources=("partners",),
)
