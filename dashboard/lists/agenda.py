"""The agenda: activities of partners and events of places."""

from __future__ import annotations

from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import partner_link, place_link
from dashboard.lists.model import Listing
from dashboard.urls import AGENDA_PATH
from data.filters import ACTIVITY_FILTERS
from data.i18n import NARROW
from data.queries.agenda import AGENDA_SOURCES, selected_agenda_rows
from data.selection import FilterOptions, Selection
from data.sources.other_values import OTHER_VALUES_HEADER, OTHER_VALUES_NAME
from data.units import PARTICIPATIONS


def message_without_activity(selection: Selection, options: FilterOptions) -> str:
    when = f" {period_text(selection)}" if selection.until_given or selection.since else ""
    return f"Aucune action ni évènement {territory_text(selection, options)}{when}"


AGENDA = Listing(
    slug="agenda",
    path=AGENDA_PATH,
    title="Agenda",
    rows=lambda selection, options: selected_agenda_rows(selection, options.today),
    columns=(
        TableColumn("where", "Lieu"),
        TableColumn("day", "Date", "day"),
        TableColumn("when", "Quand"),
        TableColumn("kind_label", "Type"),
        TableColumn("title", "Intitulé"),
        TableColumn("commune", "Commune", on_screen=False),
        TableColumn("partner_label", "Partenaire", sources=("partners",)),
        TableColumn("participants", "Participations", "value", PARTICIPATIONS),
        TableColumn(OTHER_VALUES_NAME, OTHER_VALUES_HEADER, on_screen=False),
    ),
    order="-day",
    card_head=("day", "title"),
    key=("code", "day"),  # an index on the day finds the row
    paging="keys",
    empty_message=message_without_activity,
    per_page=10,
    sources=(*AGENDA_SOURCES, "partners"),
    filters=ACTIVITY_FILTERS,
    optional=("partners",),
    search=("where", "title", "partner_label", "kind_label"),
    links={"where": place_link("place_code"), "partner_label": partner_link("partner_code")},
    noun=("action ou évènement", "actions ou évènements"),
    note=(
        f"Les évènements des agendas ouverts n’ont pas de partenaire{NARROW}: ils sont montrés ici, jamais comptés "
        f"parmi les actions. Une participation non indiquée manque{NARROW}: elle ne vaut pas zéro."
    ),
)

LISTS: tuple[Listing, ...] = (AGENDA,)
