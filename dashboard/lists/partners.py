"""The intercommunalités without any activity."""

from __future__ import annotations

from dashboard.charts.phrases import territory_text
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import territory_link
from dashboard.lists.model import Listing
from dashboard.urls import PARTNERS_PATH
from data.filters import ACTIVITY_FILTERS
from data.i18n import NARROW, day_long
from data.queries.comparison import has_commune_matching
from data.queries.partners import epcis_without_activity
from data.selection import FilterOptions, Selection
from data.units import EPN, PEOPLE, PLACES


def message_without_untouched_epci(selection: Selection, options: FilterOptions) -> str:
    where, until = territory_text(selection, options), day_long(selection.until)
    return (
        f"Aucune intercommunalité à signaler {where} au {until}{NARROW}: toutes ont accueilli une action, ou "
        "aucune action n’est connue"
    )


EPCIS_WITHOUT_ACTIVITY = Listing(
    slug="jamais-touchees",
    path=PARTNERS_PATH,
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

LISTS: tuple[Listing, ...] = (EPCIS_WITHOUT_ACTIVITY,)
