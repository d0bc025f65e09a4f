"""The départements and intercommunalités compared, each leading to its sheet."""

from __future__ import annotations

from dashboard.charts.words import nowhere_words
from dashboard.exports.columns import TableColumn
from dashboard.lists.links import to_territory
from dashboard.lists.model import Listing
from data.facts.suppression import CONFIDENTIAL
from data.i18n import NARROW
from data.queries.comparison import has_commune, territories
from data.units import PEOPLE, PLACES, SHARE, VISITS, WHOLE_EUROS

TERRITORIES = Listing(
    slug="territoires",
    path="/territoires",
    title="Départements et intercommunalités",
    rows=lambda selection, _known: territories(selection),
    columns=(
        TableColumn("name", "Territoire"),
        TableColumn("level", "Niveau"),
        TableColumn("population", "Habitants", "value", PEOPLE),
        TableColumn("labelled", "Lieux labellisés", "value", PLACES),
        TableColumn("in_process", "En parcours", "value", PLACES),
        TableColumn("near", f"Habitants à moins de 15{NARROW}km d’un lieu", "value", SHARE),
        TableColumn("voted", "Aides votées", "value", WHOLE_EUROS),
        TableColumn("visits", "Visites, 12 derniers mois", "value", VISITS),
        TableColumn("omitted", "Lieux privés non comptés", "value", PLACES),
        TableColumn("response", "Taux de réponse", "value", SHARE),
    ),
    order="level",
    then="name",
    key=("code",),
    paging="rows",
    nothing=nowhere_words,
    sources=("places", "labels", "aids", "attendance"),
    search=("name",),
    other_names=has_commune,
    noun=("territoire", "territoires"),
    per_page=12,
    links={"name": to_territory("code")},
    note=(
        "Les départements, puis les intercommunalités par ordre alphabétique ; le nom d’une commune trouve la sienne. "
        "Chaque territoire est compté en entier, même si une partie seulement est choisie. Un taux de réponse dit "
        f"quelle part des déclarations attendues est arrivée{NARROW}: un mois non déclaré manque, il ne vaut pas zéro. "
        f"Les visites d’un ou deux lieux privés seuls de leur territoire n’y sont pas comptées{NARROW}: {CONFIDENTIAL}."
    ),
)

LISTS: tuple[Listing, ...] = (TERRITORIES,)
