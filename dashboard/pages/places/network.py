"""A place in the network of managers: the meetings where it was present, the needs that it expressed."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.components.sheet import missing_rows_message
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.exports.columns import TableColumn
from dashboard.pages.places.sheet import table_or_message
from dashboard.requests.page_request import PageRequest
from data.indicators.managers import BESOINS_OUVERTS
from data.queries.manager_lists import meetings_of_place, needs_of_place
from data.queries.place import Place
from data.units import DAYS

_MEETING_COLUMNS = (
    TableColumn("day", "Date", "day"),
    TableColumn("label", "Réunion"),
    TableColumn("source", "Source"),
)
_NEED_COLUMNS = (
    TableColumn("day", "Exprimé le", "day"),
    TableColumn("theme_label", "Thème"),
    TableColumn("need", "Besoin"),
    TableColumn("state", "État"),
    TableColumn("waiting", "Jours d’attente", "value", DAYS),
    TableColumn("answer", "Réponse"),
    TableColumn("source", "Source"),
)


def network_content(page_request: PageRequest, place: Place) -> Sequence[Element]:
    """The meetings of the period where the place was present, then its needs."""
    selection = page_request.selection
    no_meeting = missing_rows_message(
        page_request, "aucune réunion du réseau où ce lieu était présent dans la période", ("network-meetings",)
    )
    no_need = missing_rows_message(
        page_request, "aucun besoin exprimé par ce lieu dans la période", BESOINS_OUVERTS.required_sources
    )
    meetings, needs = meetings_of_place(place.place_id, selection), needs_of_place(place.code, selection)
    return [
        tags.H3("Réunions"),
        *table_or_message(page_request, meetings, _MEETING_COLUMNS, "Réunions du réseau", no_meeting),
        tags.H3("Besoins"),
        *table_or_message(page_request, needs, _NEED_COLUMNS, "Besoins du lieu", no_need),
    ]
