"""Which fictitious places were helped, when, and which files are odd. Numbers are those of `story.STORIES`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from etl.demonstration.files import CellTexts
from etl.demonstration.story import story_of

# Year of the vote -> places whose study was helped.
EMERGENCE = {
    2017: (10, 11, 13, 14, 17),
    2018: (18, 19, 20, 21, 22, 50, 55),
    2019: (28, 30, 32, 33, 35, 37, 52, 53, 58),
    2020: (39, 40, 42, 46, 47, 57, 59),
}
# The one study without a place or a commune.
UNLOCATED_VOTE = date(2018, 5, 28)

# Year of the vote -> places whose digital services were helped, and the total aimed at, in euros.
NUMERIQUE = {
    2018: (1, 2, 4, 6, 7, 10, 12),
    2019: (5, 8, 11, 14, 15, 17, 18, 20, 21, 22, 23),
    2020: (2, 13, 19, 24, 25, 27, 28, 30, 31, 32, 33, 60),
}
NUMERIQUE_TOTALS = {2018: 95_000, 2019: 146_000, 2020: 168_000}


@dataclass(frozen=True)
class OddFile:
    """What is odd in a file: another base, another rate of aid, a recorded derogation, more paid than ordered."""

    eligible: Decimal | None = None
    rate: Decimal | None = None
    derogation: str = ""
    overpaid: bool = False


_DEROGATION = "Taux porté à 60 % par la même délibération : première installation dans le bocage"

# (scheme, year of the vote, place) -> what is odd. DEMO-60 has nothing here: it was helped without ever applying.
CHANGED = {
    ("emergence", 2018, 22): OddFile(eligible=Decimal(25_000), rate=Decimal("0.5")),  # 12 500 €, over the cap
    ("services-numeriques", 2019, 18): OddFile(rate=Decimal("0.6"), derogation=_DEROGATION),
    ("services-numeriques", 2019, 20): OddFile(rate=Decimal("0.6")),
    ("services-numeriques", 2019, 23): OddFile(overpaid=True),
}


@dataclass(frozen=True)
class Complement:
    """One aid beside the levers; `voted` in euros, `funder` empty for the Région."""

    scheme: str
    year: int
    number: int
    voted: int
    purpose: str
    funder: str = ""


_UNION = "Union européenne"

COMPLEMENTARY = (
    Complement("ess", 2018, 7, 15_000, "Emplois d’utilité sociale"),
    Complement("ess", 2019, 14, 12_000, "Amorçage d’une coopérative d’activité"),
    Complement("ess", 2020, 33, 18_000, "Emplois d’utilité sociale"),
    Complement("culture-patrimoine", 2018, 2, 22_000, "Résidences d’artistes"),
    Complement("culture-patrimoine", 2020, 25, 9_500, "Salle de diffusion"),
    Complement("adn", 2019, 8, 14_000, "Usages numériques"),
    Complement("amenagement-territoire", 2018, 10, 60_000, "Réhabilitation d’une ancienne gare"),
    Complement("amenagement-territoire", 2019, 18, 45_000, "Réhabilitation d’un bâtiment communal"),
    Complement("amenagement-territoire", 2020, 31, 70_000, "Reconversion d’une friche industrielle"),
    Complement("feder", 2018, 4, 85_000, "Plateau de fabrication numérique", _UNION),
    Complement("feder", 2019, 5, 120_000, "Plateau de fabrication numérique", _UNION),
    Complement("feder", 2020, 6, 64_000, "Services numériques aux entreprises", _UNION),
)


@dataclass(frozen=True)
class Adjourned:
    """One file put off at the last session of the story, to be voted at the next: a proposal. Euros."""

    scheme: str
    number: int
    requested: date
    eligible: int
    purpose: str


ADJOURNED = (
    Adjourned("emergence", 45, date(2020, 10, 19), 16_600, "Étude de faisabilité d’un tiers-lieu"),
    Adjourned("services-numeriques", 37, date(2020, 9, 21), 28_400, "Machines de fabrication numérique"),
)


def refused_rows() -> list[tuple[int, CellTexts]]:
    """Position in the file and row: an amount that cannot be read, a date and a scheme that do not exist."""
    good = {"depenses_eligibles": "18400,00", "montant_vote": "9200,00", "date_vote": "14/10/2019", "exercice": "2019"}
    return [
        (24, _refused(1, 29, {**good, "dispositif": "services numérique"})),
        (52, _refused(2, 34, {**good, "dispositif": "emergence", "date_vote": "30/02/2020", "exercice": "2020"})),
        (61, _refused(3, 36, {**good, "dispositif": "services-numeriques", "montant_vote": "12 k€"})),
    ]


def _refused(number: int, place: int, cells: CellTexts) -> CellTexts:
    story = story_of(place)
    return {
        "reference": f"TLX-{number:03}",
        "id_lieu": story.code,
        "beneficiaire": story.holder,
        "code_insee_projet": story.commune.code,
        **cells,
    }
