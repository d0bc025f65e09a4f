"""The labelled places with their criteria of the service standard, and the awards of the label to check."""

from __future__ import annotations

from dashboard.charts.phrases import period_text, territory_text
from dashboard.charts.standard import message_without_finding
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import place_link
from dashboard.lists.model import Listing
from dashboard.urls import STANDARD_PATH
from data.facts.standard import DECLARATION_SOURCE, STANDARD_SOURCES
from data.filters import PLACE_FILTERS
from data.i18n import NARROW
from data.queries.standard import awards_to_check, labelled_place_findings
from data.selection import FilterOptions, Selection

_SOURCES = (*STANDARD_SOURCES, DECLARATION_SOURCE)


def message_without_award(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucune labellisation ni aucun renouvellement à vérifier {where} {when}"


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
        TableColumn("to_check", "À vérifier"),
    ),
    order="-day",
    key=("code", "day", "step"),
    paging="rows",
    empty_message=message_without_award,
    per_page=10,
    sources=_SOURCES,
    filters=PLACE_FILTERS,
    optional=(DECLARATION_SOURCE,),
    search=("name", "commune", "to_check"),
    links={"name": place_link("code")},
    noun=("étape à vérifier", "étapes à vérifier"),
    note=(
        "Critères obligatoires en vigueur ce jour-là, manquants ou inconnus d’après les relevés faits jusqu’à ce jour"
        f"{NARROW}; le registre des tiers-lieux dit leur équipement d’aujourd’hui."
    ),
)
FINDINGS = Listing(
    slug="standard",
    path=STANDARD_PATH,
    title="Lieux labellisés, critère par critère",
    rows=lambda selection, _options: labelled_place_findings(selection),
    columns=(
        TableColumn("name", "Tiers-lieu"),
        TableColumn("commune", "Commune"),
        TableColumn("departement", "Département"),
        TableColumn("label", "Critère"),
        TableColumn("compulsory", "Obligatoire"),
        TableColumn("finding", "Constat"),
        TableColumn("day", "Relevé le", "day"),
        TableColumn("origin", "D’après"),
        TableColumn("since", "En vigueur depuis", "day"),
    ),
    order="finding",  # what is not known, then what is missing, come first
    key=("code", "criterion"),
    tie_breaker="name",
    paging="rows",
    empty_message=message_without_finding,
    sources=_SOURCES,
    filters=PLACE_FILTERS,
    optional=(DECLARATION_SOURCE,),
    search=("name", "commune", "label", "finding"),
    links={"name": place_link("code")},
    noun=("critère d’un lieu", "critères de lieux"),
    note=(
        f"À la date «{NARROW}arrêté au{NARROW}». Le registre des tiers-lieux, qui dit l’équipement d’aujourd’hui, fait "
        f"foi où il est rempli{NARROW}; ailleurs, le dernier relevé à cette date. Sans l’un ni l’autre, le constat est "
        f"«{NARROW}inconnu{NARROW}»."
    ),
)

LISTS: tuple[Listing, ...] = (AWARDS_TO_CHECK, FINDINGS)
