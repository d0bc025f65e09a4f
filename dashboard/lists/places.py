"""All the tiers-lieux, each leading to its sheet."""

from __future__ import annotations

from dashboard.charts.phrases import territory_text
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import place_link
from dashboard.lists.model import Listing
from dashboard.urls import PLACES_PATH
from data.filters import PLACE_FILTERS
from data.i18n import NARROW
from data.queries.places import place_rows
from data.selection import FilterOptions, Selection
from data.units import NUMBER

_LABELS = ("labels",)


def message_without_place(selection: Selection, options: FilterOptions) -> str:
    return f"Aucun tiers-lieu connu {territory_text(selection, options)}"


PLACES = Listing(
    slug="lieux",
    path=PLACES_PATH,
    title="Tous les tiers-lieux connus",
    rows=lambda selection, _options: place_rows(selection),
    columns=(
        TableColumn("name", "Tiers-lieu"),
        TableColumn("commune", "Commune"),
        TableColumn("epci_name", "Intercommunalité"),
        TableColumn("departement", "Département"),
        TableColumn("holder_type", "Porteur"),
        TableColumn("typologies", "Typologies"),
        TableColumn("state", "Label", sources=_LABELS),
        TableColumn("since", "Depuis le", "day", sources=_LABELS),
        TableColumn("closed", "Fermé le", "day"),
        TableColumn("seats", "Postes", "value", NUMBER),
        TableColumn("code", "Identifiant"),
    ),
    order="name",
    card_head=("commune", "state"),
    key=("code",),
    paging="keys",
    empty_message=message_without_place,
    sources=("places", "labels"),
    filters=PLACE_FILTERS,
    optional=("labels",),
    search=("name", "commune", "code"),
    links={"name": place_link("code")},
    note=(
        f"L’état du label est celui de la date «{NARROW}arrêté au{NARROW}». «{NARROW}Sorti du label{NARROW}»{NARROW}: "
        "le label a été retiré, a expiré, ou le lieu a fermé."
    ),
    noun=("tiers-lieu", "tiers-lieux"),
)

LISTS: tuple[Listing, ...] = (PLACES,)
