"""places.csv: the register of the fictitious places."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from etl.demonstration.calendar import PROTOTYPES
from etl.demonstration.dice import Dice
from etl.demonstration.files import CellTexts, day_text, write_rows, yes_no
from etl.demonstration.story import CLOSED, STORIES, Story

# A value repeated is likelier: about two in five are public, as many non-profit, one in five private.
_HOLDER_TYPES = ("public", "public", "associatif", "associatif", "privé")
_LEGAL_FORMS = {
    "public": ("communauté de communes", "communauté de communes", "commune", "syndicat mixte"),
    "associatif": ("association loi 1901", "association loi 1901", "SCIC"),
    "privé": ("SAS", "SARL", "entreprise individuelle"),
}
_TYPOLOGIES = (
    "coworking",
    "coworking",
    "coworking|fablab",
    "coworking|télécentre",
    "coworking|médiation numérique",
    "fablab",
    "atelier partagé|fablab",
    "lieu culturel|coworking",
    "tiers-lieu nourricier",
    "campus connecté|coworking",
)

FORMER_CODE = {13: "14730"}  # Vaudry, in Vire Normandie since 2016: a code that registers keep for years
DESTROYED_SIRET = {28: "9,99001E+13"}  # what a spreadsheet makes of fourteen digits
NO_SIRET = (41, 47, 56, 58)


def write_places(folder: Path) -> None:
    """One row per place, and one refused: a postcode where the INSEE code should be."""
    dice = Dice("places")
    rows = [_row(story, dice) for story in STORIES]
    rows.insert(33, _postcode_row())
    write_rows("places", rows, folder)


def holder_type_of(story: Story) -> str:
    """The type of holder as the register writes it; the same wherever the place is named."""
    return Dice(f"holder-{story.number}").pick(_HOLDER_TYPES)


def seats_of(story: Story) -> int:
    """Seats of the place: a few in a small town, dozens in a city."""
    most = 12 + min(48, story.commune.population // 900)
    return Dice(f"seats-{story.number}").whole(6, most)


def opened_on(story: Story) -> date | None:
    """The day the place opened, or None while it is a project."""
    dice = Dice(f"opened-{story.number}")
    if story.day is None:
        return date(2019, 9, 2) if story.number in CLOSED else None
    if story.fate in ("applied", "abandoned", "refused"):
        return None if dice.chance(0.5) else dice.after(story.day, -700, -200)
    return dice.after(min(story.day, date(2020, 6, 1)), -900, -330 if story.day == PROTOTYPES else -60)


def siret_of(story: Story) -> str:
    """A SIRET that passes the checksum and is allotted to no company (999 0…), or nothing."""
    return "" if story.number in NO_SIRET else _fictitious_siret(story.number)


def _fictitious_siret(number: int) -> str:
    siren = _with_checksum(f"99900{number:03}")
    return _with_checksum(f"{siren}0001")


def _with_checksum(digits: str) -> str:
    """The digits and the last one, by Luhn's rule."""
    total = sum(sum(divmod(int(digit) * (2 - position % 2), 10)) for position, digit in enumerate(reversed(digits)))
    return f"{digits}{-total % 10}"


def _row(story: Story, dice: Dice) -> CellTexts:
    holder_type, seats, opened = holder_type_of(story), seats_of(story), opened_on(story)
    located = dice.chance(0.4)
    return {
        "id_lieu": story.code,
        "nom": story.name,
        "code_insee": FORMER_CODE.get(story.number, story.commune.code),
        "commune": story.town,
        "porteur": story.holder,
        "type_porteur": holder_type,
        "forme_juridique": dice.pick(_LEGAL_FORMS[holder_type]),
        "siret": DESTROYED_SIRET.get(story.number, siret_of(story)),
        "typologie": dice.pick(_TYPOLOGIES),
        "date_ouverture": day_text(opened),
        "date_fermeture": day_text(CLOSED.get(story.number)),
        "postes": "" if opened is None else str(seats),
        "surface_m2": "" if opened is None else str(seats * dice.whole(6, 14)),
        "longitude": _degrees(story.commune.lon, dice) if located else "",
        "latitude": _degrees(story.commune.lat, dice) if located else "",
        **_service_standard(story, dice),
    }


def _service_standard(story: Story, dice: Dice) -> CellTexts:
    """What places commit to: a labelled one provides nearly all of it."""
    provided = 0.93 if story.fate == "awarded" else 0.6
    return {
        "debit_mbps": str(dice.pick((30, 100, 100, 500, 1000, 1000))) if dice.chance(provided) else "",
        "salle_reunion": yes_no(dice.chance(provided)),
        "espace_convivialite": yes_no(dice.chance(provided)),
        "outils_mutualises": yes_no(dice.chance(provided)),
    }


def _degrees(centre: float, dice: Dice) -> str:
    """Near the centre of the commune: 0,22543."""
    return f"{centre + dice.real(-0.006, 0.006):.5f}".replace(".", ",")


def _postcode_row() -> CellTexts:
    return {
        "id_lieu": "DEMO-61",
        "nom": "Lieu de démonstration 61 — Caen",
        "code_insee": "14000",
        "commune": "Caen",
        "porteur": "Porteur de démonstration 61",
        "type_porteur": "associatif",
    }
