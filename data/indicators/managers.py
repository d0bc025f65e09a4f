"""Indicators of the network of managers: its meetings, its needs, the roadmap of the label."""

from __future__ import annotations

from data.facts.label import LABEL_SOURCES, LABELLED_COUNT
from data.facts.managers import ANSWERED_NEED_COUNT, DUE_ACTION_COUNT, OPEN_NEED_COUNT
from data.model.indicators import ComputedMeasure, Indicator
from data.proofs.managers import ANSWER_DELAY_PROOF, OPEN_NEED_PROOF, PRESENT_PLACES_PROOF, ROADMAP_PROOF
from data.queries.delays import read_median_answer_delay
from data.queries.managers import read_oldest_need_text, read_present_cases, read_present_share, read_roadmap_share
from data.units import DAYS, NEEDS, SHARE

NEED_TERRITORY_METHOD = (
    "Un besoin appartient au territoire, au porteur et aux typologies de son lieu\u202f; un besoin de tout le réseau, "
    "qui n’est d’aucun lieu, n’est d’aucun territoire."
)

LIEUX_AU_RESEAU = Indicator(
    slug="lieux-au-reseau",
    label="Lieux présents au réseau",
    theme="reseau",
    definition=(
        "Part des tiers-lieux labellisés qui ont pris part à au moins une réunion du réseau des gérants dans les douze "
        "derniers mois."
    ),
    method=(
        "Parmi les lieux de la sélection labellisés à la date «\u202farrêté au\u202f», part de ceux qu’au moins une "
        "réunion nomme parmi les présents dans les douze mois qui la précèdent\u202f: après le même jour "
        "un an plus tôt, cette date comprise."
    ),
    why="Elle dit si le réseau rassemble les lieux que la Région labellise, ou toujours les mêmes.",
    limits=(
        "Une seule réunion suffit. La présence est celle d’un lieu, non de personnes. Un lieu labellisé depuis peu n’a "
        "pas toujours eu de réunion où venir."
    ),
    unit=SHARE,
    measure=ComputedMeasure(
        LABELLED_COUNT,
        read_present_share,
        ("departement", "epci", "annee", "mois", "porteur"),
        read_cases=read_present_cases,
    ),
    proof=PRESENT_PLACES_PROOF,
    sources=(*LABEL_SOURCES, "network-meetings"),
    better="higher",
)

BESOINS_OUVERTS = Indicator(
    slug="besoins-ouverts",
    label="Besoins sans réponse",
    theme="reseau",
    definition="Nombre de besoins exprimés par le réseau des gérants qui attendent encore une réponse.",
    method=(
        "On compte les besoins exprimés à la date «\u202farrêté au\u202f» ou avant, et qui n’ont alors ni reçu de "
        "réponse ni été classés sans suite. Un besoin clos dont la date de réponse manque est clos dès son "
        "expression\u202f; un besoin que le fichier dit encore ouvert le reste, même s’il porte une date de réponse. "
        f"{NEED_TERRITORY_METHOD}"
    ),
    why="Ils disent ce que les gérants attendent encore de la Région et de ses partenaires.",
    limits=(
        "Un besoin vaut un besoin, grand ou petit. Seuls comptent ceux que le réseau a consignés. Un besoin classé "
        "sans suite n’attend plus, mais n’a pas reçu de réponse."
    ),
    unit=NEEDS,
    measure=OPEN_NEED_COUNT,
    proof=OPEN_NEED_PROOF,
    sources=("needs",),
    better="lower",
    read_note=read_oldest_need_text,
)

DELAI_REPONSE = Indicator(
    slug="delai-reponse",
    label="Délai de réponse aux besoins",
    theme="reseau",
    definition="Nombre médian de jours entre l’expression d’un besoin du réseau et la réponse qui lui a été donnée.",
    method=(
        "Médiane, sur les besoins qui ont reçu dans la période une réponse dont la date est connue, des jours de "
        "l’expression à la réponse. Le chiffre dit combien ils sont, et combien de besoins attendent encore à la date "
        f"«\u202farrêté au\u202f». {NEED_TERRITORY_METHOD}"
    ),
    why="Il dit en combien de temps la Région et ses partenaires répondent aux gérants.",
    limits=(
        "Les besoins qui attendent encore ne comptent pas, même s’ils attendent depuis longtemps\u202f; ceux classés "
        "sans suite non plus."
    ),
    unit=DAYS,
    measure=ComputedMeasure(
        ANSWERED_NEED_COUNT,
        read_median_answer_delay,
        ("departement", "epci", "annee", "mois", "porteur", "theme"),
    ),
    proof=ANSWER_DELAY_PROOF,
    sources=("needs",),
    better="lower",
)

FEUILLE_DE_ROUTE = Indicator(
    slug="feuille-de-route",
    label="Feuille de route tenue",
    theme="reseau",
    definition="Part des actions de la feuille de route du label arrivées à échéance qui sont faites.",
    method=(
        "Parmi les actions dont l’échéance est à la date «\u202farrêté au\u202f» ou avant, part de celles qui sont "
        "faites à cette date. Une action faite sans date est comptée faite à son échéance\u202f; une action abandonnée "
        "est laissée de côté, et le chiffre dit combien le sont\u202f; une action sans échéance n’est pas attendue. Le "
        "jour de son échéance, une action est à échéance, mais n’est en retard que le lendemain. La "
        "feuille de route n’est d’aucun territoire\u202f: les filtres de territoire, de porteur et de typologie n’y "
        "changent rien."
    ),
    why="Elle dit si ce qui a été décidé avec les gérants se fait, et à temps.",
    limits=(
        "Une action vaut une action. L’état d’une action est celui du dernier fichier\u202f: une action abandonnée "
        "l’est à toute date. Une action faite en retard compte comme faite."
    ),
    unit=SHARE,
    measure=ComputedMeasure(DUE_ACTION_COUNT, read_roadmap_share, ("annee", "mois", "axe")),
    proof=ROADMAP_PROOF,
    sources=("roadmap",),
    better="higher",
)

INDICATORS: tuple[Indicator, ...] = (LIEUX_AU_RESEAU, BESOINS_OUVERTS, DELAI_REPONSE, FEUILLE_DE_ROUTE)
