"""The path of each project with Aract, from its prior meeting to Services numériques."""

from __future__ import annotations

from dashboard.charts.qvt_path import message_without_project
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import aid_file_rows_link, place_link
from dashboard.lists.model import Listing
from dashboard.urls import PARTNERS_PATH
from data.filters import ACTIVITY_FILTERS
from data.i18n import NARROW
from data.queries.qvt_path import PATH_STEPS, path_rows

QVT_PATH_LIST = Listing(
    slug="parcours-qvt-lieux",
    path=PARTNERS_PATH,
    title="De la rencontre avec Aract aux Services numériques",
    rows=lambda selection, _options: path_rows(selection),
    columns=(
        TableColumn("name", "Lieu ou projet", sources=("places",)),
        TableColumn("commune", "Commune"),
        *(TableColumn(step, name, "day") for step, name in PATH_STEPS.items()),
        TableColumn("last_step", "Dernière étape"),
        TableColumn("emergence_reference", "Dossier Émergence"),
        TableColumn("digital_reference", "Dossier Services numériques"),
    ),
    order="-met",
    card_head=("last_step",),
    key=("code",),
    paging="rows",
    empty_message=message_without_project,
    per_page=10,
    sources=("activities", "aids", "aids-scdl", "aid-steps", "places", "schemes"),
    filters=ACTIVITY_FILTERS,
    optional=("aids-scdl", "aid-steps", "places"),
    search=("name", "commune", "emergence_reference", "digital_reference"),
    links={
        "name": place_link("place_code"),
        "emergence_reference": aid_file_rows_link("emergence_reference"),
        "digital_reference": aid_file_rows_link("digital_reference"),
    },
    noun=("lieu ou projet", "lieux ou projets"),
    note=(
        f"Une ligne par lieu reçu par Aract dans la période, ou par porteur sans lieu connu{NARROW}; chaque étape à sa "
        f"première date, arrêtée à la fin de la période. Cahier des charges enrichi{NARROW}: accompagnement ou temps "
        f"d’échange d’Aract entre la rencontre et le vote. Équipement mandaté{NARROW}: premier mandatement."
    ),
)

LISTS: tuple[Listing, ...] = (QVT_PATH_LIST,)
