"""The partners with their status, and the intercommunalités that their agreements cover."""

from __future__ import annotations

from dashboard.charts.phrases import message_without_commune, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import partner_link, territory_link
from dashboard.lists.model import Listing
from dashboard.urls import PARTNERS_PATH
from data.filters import ACTIVITY_FILTERS
from data.i18n import NARROW
from data.queries.comparison import has_commune_matching
from data.queries.partner_coverage import covered_epci_rows
from data.queries.partner_list import partner_rows
from data.queries.partner_status import short_partner_name
from data.selection import FilterOptions, Selection
from data.units import ACTIVITIES, PEOPLE


def message_without_partner(_selection: Selection, _options: FilterOptions) -> str:
    return "La liste des partenaires est vide"


def partner_names(options: FilterOptions) -> dict[str, str]:
    """The short name of each partner, by code."""
    return {one.code: short_partner_name(one.label) for one in options.by_filter.get("partenaire", ())}


def message_without_epci(selection: Selection, options: FilterOptions) -> str:
    no_commune = message_without_commune(selection, options)
    return no_commune or f"Aucune intercommunalité {territory_text(selection, options)}"


PARTNER_LIST = Listing(
    slug="partenaires",
    path=PARTNERS_PATH,
    title="Partenaires de la Région",
    rows=lambda selection, _options: partner_rows(selection),
    columns=(
        TableColumn("label", "Partenaire"),
        TableColumn("status", "Statut à la date"),
        TableColumn("since", "Depuis", "day"),
        TableColumn("until", "Jusqu’au", "day"),
        TableColumn("purpose", "Objet de la convention", sources=("conventions",)),
        TableColumn("territories", "Territoires de la convention", sources=("conventions",)),
        TableColumn("covers", "Couvre le territoire choisi", sources=("conventions",)),
        TableColumn("actions", "Actions de la période", "value", ACTIVITIES, ("activities",)),
        TableColumn("target", "Objectif d’actions", "value", ACTIVITIES, ("targets",)),
        TableColumn("due", "Échéance de l’objectif", "day", sources=("targets",)),
        TableColumn("done", "Fait pour l’objectif", "value", ACTIVITIES, ("targets", "activities")),
    ),
    order="-status",
    card_head=("status", "actions"),
    tie_breaker="label",
    key=("code",),
    paging="rows",
    empty_message=message_without_partner,
    sources=("partners", "conventions", "activities", "targets"),
    filters=ACTIVITY_FILTERS,
    optional=("conventions", "activities", "targets"),
    links={"label": partner_link("code")},
    noun=("partenaire", "partenaires"),
    note=(
        f"Le statut est celui de la date choisie{NARROW}: une convention en cours, échue ou à venir, sinon la liste "
        "des partenaires. Quand plusieurs conventions sont en cours, les dates sont celles des conventions qui "
        "couvrent tout le territoire choisi, à défaut une partie. Un objectif est celui qui a été voté pour le "
        "territoire choisi exactement, compté du jour où il commence à son échéance."
    ),
)
COVERED_EPCIS = Listing(
    slug="territoires-couverts",
    path=PARTNERS_PATH,
    title="Intercommunalités couvertes par une convention",
    rows=lambda selection, options: covered_epci_rows(selection, partner_names(options)),
    columns=(
        TableColumn("name", "Intercommunalité"),
        TableColumn("population", "Habitants", "value", PEOPLE),
        TableColumn("covering", "Partenaires sous convention"),
        TableColumn("idle", "Dont sans action dans la période", sources=("activities",)),
        TableColumn("actions", "Actions de ces partenaires", "value", ACTIVITIES, ("activities",)),
        TableColumn("last", "Dernière action", "day", sources=("activities",)),
    ),
    order="idle",
    card_head=("covering", "idle"),
    tie_breaker="name",
    key=("code",),
    paging="rows",
    empty_message=message_without_epci,
    per_page=10,
    sources=("conventions", "partners", "activities"),
    filters=ACTIVITY_FILTERS,
    optional=("activities",),
    search=("name",),
    other_names=has_commune_matching,
    links={"name": territory_link("code")},
    noun=("intercommunalité", "intercommunalités"),
    note=(
        "Une convention sans territoire couvre toute la Région, un département toutes ses communes. Seule la partie "
        f"choisie d’une intercommunalité est comptée{NARROW}; la dernière action est celle de ces partenaires, quel "
        "que soit le début de la période."
    ),
)
LISTS: tuple[Listing, ...] = (PARTNER_LIST, COVERED_EPCIS)
