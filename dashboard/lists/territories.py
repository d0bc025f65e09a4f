"""The départements and intercommunalités compared, each leading to its sheet."""

from __future__ import annotations

from dashboard.charts.phrases import message_without_commune
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import territory_link
from dashboard.lists.model import Listing
from data.facts.suppression import CONFIDENTIAL
from data.filters import OF_AIDS
from data.i18n import NARROW
from data.indicators.aid import AIDES_VOTEES
from data.indicators.attendance import TAUX_REPONSE, VISITES
from data.indicators.coverage import POPULATION_15KM
from data.indicators.label import LIEUX_EN_COURS, LIEUX_LABELLISES
from data.queries.comparison import has_commune_matching, territories
from data.units import PEOPLE, PLACES, SHARE, VISITS, WHOLE_EUROS

_SOURCES = ("places", "labels", "aids", "attendance")  # each of a column: the territories are there without them

TERRITORIES = Listing(
    slug="territoires",
    path="/territoires",
    title="Départements et intercommunalités",
    rows=lambda selection, _options: territories(selection),
    columns=(
        TableColumn("name", "Territoire"),
        TableColumn("level", "Niveau"),
        TableColumn("population", "Habitants", "value", PEOPLE),
        TableColumn("labelled", "Lieux labellisés", "value", PLACES, LIEUX_LABELLISES.necessary),
        TableColumn("in_process", "En parcours", "value", PLACES, LIEUX_EN_COURS.necessary),
        TableColumn("near", f"Habitants à moins de 15{NARROW}km d’un lieu", "value", SHARE, POPULATION_15KM.necessary),
        TableColumn("voted", "Aides votées", "value", WHOLE_EUROS, AIDES_VOTEES.necessary),
        TableColumn("visits", "Visites, 12 derniers mois", "value", VISITS, VISITES.necessary),
        TableColumn("omitted", "Lieux privés non comptés", "value", PLACES, VISITES.necessary),
        TableColumn("response", "Taux de réponse", "value", SHARE, TAUX_REPONSE.necessary),
    ),
    order="level",
    tie_breaker="name",
    key=("code",),
    paging="rows",
    empty_message=message_without_commune,
    sources=_SOURCES,
    filters=OF_AIDS,  # its visits stay in visits
    optional=_SOURCES,
    search=("name",),
    other_names=has_commune_matching,
    noun=("territoire", "territoires"),
    per_page=12,
    links={"name": territory_link("code")},
    note=(
        "Les départements, puis les intercommunalités par ordre alphabétique ; le nom d’une commune trouve la sienne. "
        "Chaque territoire est compté en entier, même si une partie seulement est choisie. Un taux de réponse dit "
        f"quelle part des déclarations attendues est arrivée{NARROW}: un mois non déclaré manque, il ne vaut pas zéro. "
        f"Les visites d’un ou deux lieux privés seuls de leur territoire n’y sont pas comptées{NARROW}: {CONFIDENTIAL}."
    ),
)

LISTS: tuple[Listing, ...] = (TERRITORIES,)
