"""The lists of the network of managers: its meetings, its needs, the roadmap of the label."""

from __future__ import annotations

from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import place_link, place_links
from dashboard.lists.model import Listing
from dashboard.urls import NETWORK_PATH
from data.filters import NEED_FILTERS, PLACE_FILTERS, ROADMAP_FILTERS
from data.i18n import NARROW, day_long
from data.queries.manager_lists import meetings_of_period, needs_of_period, roadmap_at_date
from data.selection import FilterOptions, Selection
from data.units import DAYS, PARTICIPATIONS, PLACES


def message_without_meeting(selection: Selection, options: FilterOptions) -> str:
    return f"Aucune réunion du réseau des gérants {territory_text(selection, options)} {period_text(selection)}"


def message_without_need(selection: Selection, options: FilterOptions) -> str:
    return f"Aucun besoin exprimé {territory_text(selection, options)} {period_text(selection)}"


def message_without_action(selection: Selection, _options: FilterOptions) -> str:
    return f"Aucune action dans la feuille de route au {day_long(selection.until)}"


MEETINGS = Listing(
    slug="reunions",
    path=NETWORK_PATH,
    title="Réunions du réseau",
    rows=lambda selection, _options: meetings_of_period(selection),
    columns=(
        TableColumn("label", "Réunion"),
        TableColumn("day", "Date", "day"),
        TableColumn("commune", "Commune"),
        TableColumn("themes", "Thèmes"),
        TableColumn("present", "Lieux présents", "value", PLACES),
        TableColumn("participants", "Participations", "value", PARTICIPATIONS),
        TableColumn("place_names", "Noms des lieux présents", on_screen=False),
        TableColumn("reference", "Référence", on_screen=False),
    ),
    order="-day",
    card_head=("day", "present"),
    key=("reference",),
    paging="rows",
    empty_message=message_without_meeting,
    per_page=10,
    sources=("network-meetings", "places"),
    filters=PLACE_FILTERS,
    search=("label", "themes", "place_names"),
    folded_links={"present": place_links("place_pairs")},
    noun=("réunion", "réunions"),
    note=(
        "Avec un filtre de territoire, de porteur ou de typologie, les réunions où un lieu de la sélection était "
        f"présent{NARROW}: le nombre de lieux est le leur, les participations sont celles de toute la réunion. Aucun "
        "participant n’est nommé."
    ),
)
NEEDS = Listing(
    slug="besoins",
    path=NETWORK_PATH,
    title="Besoins exprimés",
    rows=lambda selection, _options: needs_of_period(selection),
    columns=(
        TableColumn("need", "Besoin"),
        TableColumn("theme_label", "Thème"),
        TableColumn("name", "Tiers-lieu"),
        TableColumn("day", "Exprimé le", "day"),
        TableColumn("state", "État"),
        TableColumn("waiting", "Jours d’attente", "value", DAYS),
        TableColumn("delay", "Délai de réponse (jours)", "value", DAYS),
        TableColumn("answer", "Réponse"),
        TableColumn("answered", "Réponse le", "day", on_screen=False),
        TableColumn("reference", "Référence", on_screen=False),
    ),
    order="-waiting",
    card_head=("name", "state"),
    key=("reference",),
    tie_breaker="day",
    paging="rows",
    empty_message=message_without_need,
    per_page=10,
    sources=("needs",),
    filters=NEED_FILTERS,
    search=("need", "name", "theme_label", "answer"),
    links={"name": place_link("place_code")},
    noun=("besoin", "besoins"),
    note=(
        "Les besoins qui attendent une réponse à la date, puis ceux qui en ont reçu une ou ont été classés sans suite "
        "dans la période. Un besoin sans lieu est celui de tout le réseau."
    ),
)
ROADMAP = Listing(
    slug="feuille-de-route",
    path=NETWORK_PATH,
    title="Feuille de route du label",
    rows=lambda selection, _options: roadmap_at_date(selection),
    columns=(
        TableColumn("action", "Action"),
        TableColumn("axis_label", "Axe"),
        TableColumn("owner", "Pilote"),
        TableColumn("due", "Échéance", "day"),
        TableColumn("progress", "Avancement"),
        TableColumn("late", "Jours de retard", "value", DAYS),
        TableColumn("done", "Faite le", "day"),
        TableColumn("reference", "Référence", on_screen=False),
    ),
    order="-late",
    card_head=("owner", "progress"),
    key=("reference",),
    tie_breaker="due",
    paging="rows",
    empty_message=message_without_action,
    sources=("roadmap", "partners"),
    optional=("partners",),
    filters=ROADMAP_FILTERS,
    search=("action", "axis_label", "owner"),
    noun=("action", "actions"),
    note=(
        f"Toute la Région, à la date «{NARROW}arrêté au{NARROW}»{NARROW}: d’abord les actions en retard, puis par "
        "échéance. Une action est en retard dès le lendemain de son échéance, à venir quand elle n’en a pas. Le pilote "
        "est un organisme, jamais une personne."
    ),
)

LISTS: tuple[Listing, ...] = (MEETINGS, NEEDS, ROADMAP)
