"""The labelled places with their criteria of the service standard, and the awards of the label to check."""

from __future__ import annotations

from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import place_link
from dashboard.lists.model import Listing
from dashboard.urls import STANDARD_PATH
from data.facts.standard import DECLARATION_SOURCE, STANDARD_SOURCES
from data.filters import PLACE_FILTERS
from data.i18n import NARROW, day_long
from data.queries.standard import awards_to_check, labelled_place_standards
from data.selection import FilterOptions, Selection
from data.units import NUMBER

_SOURCES = (*STANDARD_SOURCES, DECLARATION_SOURCE)


def message_without_award(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucune labellisation ni aucun renouvellement à vérifier {where} {when}"


def message_without_criterion(selection: Selection, options: FilterOptions) -> str:
    where, until = territory_text(selection, options), day_long(selection.until)
    return f"Aucun tiers-lieu labellisé, ou aucun critère en vigueur, {where} au {until}"


AWARDS_TO_CHECK = Listing(
    slug="labels-a-verifier",
    path=STANDARD_PATH,
    title="Labellisations et renouvellements à vérifier",
    rows=lambda selection, _options: awards_to_check(selection),
    columns=(
        TableColumn("name", "Tiers-lieu"),
        TableColumn("commune", "Commune"),
        TableColumn("departement", "Département"),
        TableColumn("step_label", "Étape"),
        TableColumn("day", "Date", "day"),
        TableColumn("missing_names", "Manquaient"),
        TableColumn("unknown_names", "N’étaient pas renseignés"),
    ),
    order="-day",
    card_head=("day", "missing_names"),
    key=("code", "day", "step"),
    paging="rows",
    empty_message=message_without_award,
    per_page=10,
    sources=_SOURCES,
    filters=PLACE_FILTERS,
    optional=(DECLARATION_SOURCE,),
    search=("name", "commune", "missing_names", "unknown_names"),
    links={"name": place_link("code")},
    noun=("étape à vérifier", "étapes à vérifier"),
    note=(
        "Critères obligatoires en vigueur ce jour-là, manquants ou inconnus d’après les relevés faits jusqu’à ce jour"
        f"{NARROW}; le registre des tiers-lieux dit leur équipement d’aujourd’hui."
    ),
)
PLACE_STANDARDS = Listing(
    slug="standard",
    path=STANDARD_PATH,
    title="Lieux labellisés, critère par critère",
    rows=lambda selection, _options: labelled_place_standards(selection),
    columns=(
        TableColumn("name", "Tiers-lieu"),
        TableColumn("commune", "Commune"),
        TableColumn("departement", "Département"),
        TableColumn("standard", "Standard"),
        TableColumn("missing_names", "Manquants"),
        TableColumn("unknown_names", "Inconnus"),
        TableColumn("met", "Critères respectés", "value", NUMBER),
        TableColumn("met_names", "Respectés", on_screen=False),
    ),
    order="standard",  # what is not known, then what is missing, come first
    card_head=("standard", "missing_names"),
    key=("code",),
    tie_breaker="name",
    paging="rows",
    empty_message=message_without_criterion,
    sources=_SOURCES,
    filters=PLACE_FILTERS,
    optional=(DECLARATION_SOURCE,),
    search=("name", "commune", "missing_names", "unknown_names"),
    links={"name": place_link("code")},
    noun=("lieu labellisé", "lieux labellisés"),
    note=(
        f"À la date «{NARROW}arrêté au{NARROW}». Le registre des tiers-lieux, qui dit l’équipement d’aujourd’hui, fait "
        f"foi où il est rempli{NARROW}; ailleurs, le dernier relevé à cette date. Sans l’un ni l’autre, un critère est "
        f"inconnu. Standard inconnu{NARROW}: un critère obligatoire au moins l’est. Date et source de chaque constat"
        f"{NARROW}: sur la fiche du lieu."
    ),
)

LISTS: tuple[Listing, ...] = (AWARDS_TO_CHECK, PLACE_STANDARDS)
