"""The agenda of activities, and the intercommunalités without any activity."""

from __future__ import annotations

from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import partner_link, place_link, territory_link
from dashboard.lists.model import Listing
from data.filters import ACTIVITY_FILTERS
from data.i18n import NARROW, day_long
from data.queries.agenda import selected_agenda_rows
from data.queries.comparison import has_commune_matching
from data.queries.partners import epcis_without_activity
from data.selection import FilterOptions, Selection
from data.sources.other_values import OTHER_VALUES_HEADER, OTHER_VALUES_NAME
from data.units import EPN, PARTICIPATIONS, PEOPLE, PLACES


def message_without_activity(selection: Selection, options: FilterOptions) -> str:
    when = f" {period_text(selection)}" if selection.until_given or selection.since else ""
    return f"Aucune action ni évènement {territory_text(selection, options)}{when}"


def message_without_untouched_epci(selection: Selection, options: FilterOptions) -> str:
    where, until = territory_text(selection, options), day_long(selection.until)
    return (
        f"Aucune intercommunalité à signaler {where} au {until}{NARROW}: toutes ont accueilli une action, ou "
        "aucune action n’est connue"
    )


EPCIS_WITHOUT_ACTIVITY = Listing(
    slug="jamais-touchees",
    path="/partenaires",
    title="Intercommunalités sans action",
    rows=lambda selection, _options: epcis_without_activity(selection),
    columns=(
        TableColumn("name", "Intercommunalité"),
        TableColumn("population", "Habitants", "value", PEOPLE),
        TableColumn("labelled", "Lieux labellisés", "value", PLACES, ("labels",)),
        TableColumn("in_process", "En parcours", "value", PLACES, ("labels",)),
        TableColumn("epn", "EPN (à part)", "value", EPN, ("mediation-places",)),
    ),
    order="-population",
    key=("code",),
    paging="rows",
    empty_message=message_without_untouched_epci,
    per_page=10,
    sources=("activities", "places", "labels", "mediation-places"),
    filters=ACTIVITY_FILTERS,
    optional=("places", "labels", "mediation-places"),
    search=("name",),
    other_names=has_commune_matching,
    links={"name": territory_link("code")},
    noun=("intercommunalité sans aucune action", "intercommunalités sans aucune action"),
    note=(
        "Intercommunalités dont le siège est en Normandie et où aucune action n’a eu lieu, quel que soit le début de "
        f"la période{NARROW}; chacune est décrite en entier. Un filtre de partenaire ne garde que ses actions."
    ),
)
AGENDA = Listing(
    slug="agenda",
    path="/partenaires",
    title="Agenda",
    rows=lambda selection, options: selected_agenda_rows(selection, options.today),
    columns=(
        TableColumn("where", "Lieu"),
        TableColumn("day", "Date", "day"),
        TableColumn("when", "Quand"),
        TableColumn("kind_label", "Type"),
        TableColumn("title", "Intitulé"),
        TableColumn("partner_label", "Partenaire", sources=("partners",)),
        TableColumn("participants", "Participations", "value", PARTICIPATIONS),
        TableColumn(OTHER_VALUES_NAME, OTHER_VALUES_HEADER, on_screen=False),
    ),
    order="-day",
    key=("code", "day"),  # an index on the day finds the row
    paging="keys",
    empty_message=message_without_activity,
    per_page=10,
    sources=("activities", "activities-openagenda", "partners"),
    filters=ACTIVITY_FILTERS,
    optional=("partners",),
    search=("where", "title", "partner_label", "kind_label"),
    links={"where": place_link("place_code"), "partner_label": partner_link("partner_code")},
    noun=("action ou évènement", "actions ou évènements"),
    note=(
        f"Les évènements des agendas ouverts n’ont pas de partenaire{NARROW}: ils sont montrés ici, jamais comptés. "
        f"Une participation non indiquée manque{NARROW}: elle ne vaut pas zéro."
    ),
)

LISTS: tuple[Listing, ...] = (EPCIS_WITHOUT_ACTIVITY, AGENDA)
