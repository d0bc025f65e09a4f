"""The départements and intercommunalités compared, each leading to its sheet."""

from __future__ import annotations

from dashboard.charts.phrases import message_without_commune
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import territory_link
from dashboard.lists.model import Listing
from data.facts.suppression import CONFIDENTIALITY_REASON
from data.filters import AID_FILTERS
from data.i18n import NARROW
from data.indicators.aid import AIDES_VOTEES
from data.indicators.attendance import TAUX_REPONSE, VISITES
from data.indicators.coverage import POPULATION_15KM
from data.indicators.label import LIEUX_EN_COURS, LIEUX_LABELLISES
from data.queries.comparison import has_commune_matching, territory_rows
from data.units import PEOPLE, PLACES, SHARE, VISITS, WHOLE_EUROS

_SOURCES = ("places", "labels", "aids", "attendance")  # each needed by some columns only

TERRITORIES = Listing(
    slug="territoires",
    path="/territoires",
    title="Départements et intercommunalités",
    rows=lambda selection, _options: territory_rows(selection),
    columns=(
        TableColumn("name", "Territoire"),
        TableColumn("level", "Niveau"),
        TableColumn("population", "Habitants", "value", PEOPLE),
        TableColumn("labelled", "Lieux labellisés", "value", PLACES, LIEUX_LABELLISES.required_sources),
        TableColumn("in_process", "En parcours", "value", PLACES, LIEUX_EN_COURS.required_sources),
        TableColumn(
            "near", f"Habitants à moins de 15{NARROW}km d’un lieu", "value", SHARE, POPULATION_15KM.required_sources
        ),
        TableColumn("voted", "Aides votées", "value", WHOLE_EUROS, AIDES_VOTEES.required_sources),
        TableColumn("visits", "Visites, 12 derniers mois", "value", VISITS, VISITES.required_sources),
        TableColumn("omitted", "Lieux privés non comptés", "value", PLACES, VISITES.required_sources),
        TableColumn("response", "Taux de réponse", "value", SHARE, TAUX_REPONSE.required_sources),
    ),
    order="level",
    card_head=("labelled", "voted"),
    tie_breaker="name",
    key=("code",),
    paging="rows",
    empty_message=message_without_commune,
    sources=_SOURCES,
    filters=AID_FILTERS,  # the column of visits ignores the chosen unit
    optional=_SOURCES,
    search=("name",),
    other_names=has_commune_matching,
    noun=("territoire", "territoires"),
    per_page=10,
    links={"name": territory_link("code")},
    note=(
        "Les départements, puis les intercommunalités par ordre alphabétique ; le nom d’une commune trouve la sienne. "
        "Chaque territoire est compté en entier, même si une partie seulement est choisie. Un taux de réponse dit "
        f"quelle part des déclarations attendues est arrivée{NARROW}: un mois non déclaré manque, il ne vaut pas zéro. "
        "Les visites d’un ou deux lieux privés seuls de leur territoire n’y sont pas "
        f"comptées{NARROW}: {CONFIDENTIALITY_REASON}."
    ),
)

LISTS: tuple[Listing, ...] = (TERRITORIES,)
