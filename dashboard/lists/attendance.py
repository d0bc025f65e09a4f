"""The places with their missing declarations: the places to remind."""

from __future__ import annotations

from dashboard.charts.phrases import territory_text
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import place_link
from dashboard.lists.model import Listing
from data.filters import ATTENDANCE_FILTERS
from data.i18n import NARROW, day_long
from data.queries.attendance_places import declaring_places
from data.selection import FilterOptions, Selection
from data.units import DECLARATIONS


def message_without_place(selection: Selection, options: FilterOptions) -> str:
    where = territory_text(selection, options)
    return f"Aucun tiers-lieu n’a déclaré, ni n’aurait dû, {where} dans l’année au {day_long(selection.until)}"


ATTENDANCE = Listing(
    slug="declarations",
    path="/frequentation",
    title="Les lieux et ce qu’ils ont déclaré",
    rows=lambda selection, _options: declaring_places(selection),
    columns=(
        TableColumn("name", "Tiers-lieu"),
        TableColumn("commune", "Commune"),
        TableColumn("expected", "Mois attendus", "value", DECLARATIONS),
        TableColumn("answered", "Reçus", "value", DECLARATIONS),
        TableColumn("missing", "Manquants", "value", DECLARATIONS),
        TableColumn("months", "Mois manquants"),
        TableColumn("last", "Dernier mois déclaré", "month"),
        TableColumn("value", "Total déclaré", "value", DECLARATIONS),
    ),
    order="-missing",
    card_head=("missing", "months"),
    key=("code",),
    paging="keys",
    per_page=10,
    empty_message=message_without_place,
    sources=("attendance", "labels", "places"),
    filters=ATTENDANCE_FILTERS,
    search=("name", "commune"),
    links={"name": place_link("code")},
    note=(
        f"Douze derniers mois entiers à la date «{NARROW}arrêté au{NARROW}», dans l’unité choisie (visites par "
        "défaut). Un lieu est attendu pour chaque mois où il était labellisé, ne serait-ce qu’un jour. La "
        f"fréquentation d’un lieu privé est confidentielle{NARROW}: son total n’est pas montré."
    ),
    noun=("tiers-lieu", "tiers-lieux"),
)

LISTS: tuple[Listing, ...] = (ATTENDANCE,)
