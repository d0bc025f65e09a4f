"""The places labelled or in process, with the state of their label and its date."""

from __future__ import annotations

from dashboard.charts.phrases import territory_text
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import place_link
from dashboard.lists.model import Listing
from data.filters import PLACE_FILTERS
from data.i18n import NARROW, day_long
from data.queries.parcours import labelled_or_in_process_places, places_ready_for_decision
from data.selection import FilterOptions, Selection
from data.units import DAYS


def message_without_place(selection: Selection, options: FilterOptions) -> str:
    where = territory_text(selection, options)
    return f"Aucun tiers-lieu labellisé ni en parcours {where} au {day_long(selection.until)}"


def message_without_ready_file(selection: Selection, options: FilterOptions) -> str:
    where = territory_text(selection, options)
    return f"Aucune candidature prête {where} au {day_long(selection.until)}"


READY_APPLICATIONS = Listing(
    slug="candidatures-pretes",
    path="/label",
    title="Candidatures prêtes",
    rows=lambda selection, _options: places_ready_for_decision(selection),
    columns=(
        TableColumn("name", "Tiers-lieu"),
        TableColumn("commune", "Commune"),
        TableColumn("departement", "Département"),
        TableColumn("holder_type", "Porteur"),
        TableColumn("step_day", "Avis favorable le", "day"),
        TableColumn("waiting", "Jours d’attente", "value", DAYS),
    ),
    order="-waiting",
    key=("code",),
    paging="keys",
    empty_message=message_without_ready_file,
    sources=("labels", "places", "sessions"),
    filters=PLACE_FILTERS,
    search=("name", "commune"),
    links={"name": place_link("code")},
    note=(
        f"Prête{NARROW}: le dossier est complet et le dernier avis d’Aract, rendu depuis, est favorable. Elles vont à "
        "la prochaine séance du calendrier qui décide des labels."
    ),
    noun=("candidature prête", "candidatures prêtes"),
    per_page=10,
)
LABEL = Listing(
    slug="label",
    path="/label",
    title="Tiers-lieux labellisés ou en parcours",
    rows=lambda selection, _options: labelled_or_in_process_places(selection),
    columns=(
        TableColumn("name", "Tiers-lieu"),
        TableColumn("commune", "Commune"),
        TableColumn("departement", "Département"),
        TableColumn("holder_type", "Porteur"),
        TableColumn("state", "État"),
        TableColumn("since", "Depuis le", "day"),
        TableColumn("step", "Dernière étape"),
        TableColumn("step_day", "Date de l’étape", "day"),
        TableColumn("waiting", "Jours d’attente", "value", DAYS),
    ),
    order="-waiting",
    card_head=("commune", "state"),
    key=("code",),
    paging="keys",
    empty_message=message_without_place,
    sources=("labels", "places"),
    filters=PLACE_FILTERS,
    search=("name", "commune"),
    links={"name": place_link("code")},
    note=(
        f"À la date «{NARROW}arrêté au{NARROW}». L’attente d’un lieu en parcours court depuis sa dernière étape "
        "(candidature, dossier complet ou avis Aract)."
    ),
    noun=("tiers-lieu", "tiers-lieux"),
)

LISTS: tuple[Listing, ...] = (READY_APPLICATIONS, LABEL)
