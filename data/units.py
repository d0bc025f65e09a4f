"""Units of values, and their French text on screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from data import i18n

Quantity = int | float | Decimal


@dataclass(frozen=True)
class Unit:
    """A unit of values: `code` for the API, `symbol` for table headers, `format_value` for the number on screen with
    `decimals`, `singular` and `plural` of the things counted.
    """

    code: str
    symbol: str
    format_value: Callable[[Quantity], str]
    singular: str = ""
    plural: str = ""
    decimals: int = 0

    def text(self, value: Quantity | None) -> str:
        """The value with its unit, or an em dash when it is not known."""
        if value is None:
            return "—"
        return f"{self.format_value(value)} {i18n.agree(value, self.singular, self.plural, self.decimals)}".rstrip()

    def value_text(self, value: Quantity | None) -> str:
        """The value without the name of what is counted (34, 61 %, 225 000 €)."""
        return "—" if value is None else self.format_value(value)


NUMBER = Unit("nombre", "", i18n.number)
PLACES = Unit("lieux", "lieux", i18n.number, "tiers-lieu", "tiers-lieux")
PLACES_EXPECTED = Unit("lieux", "lieux", lambda value: i18n.number(value, 1), "lieu", "lieux", 1)
SHORT_PLACES = Unit("lieux", "lieux", i18n.number, "lieu", "lieux")  # where the context makes the kind of place clear
VISITS = Unit("visites", "visites", i18n.number, "visite", "visites")
PERSONS = Unit("personnes", "personnes", i18n.number, "personne", "personnes")
PERSON_DAYS = Unit("journees", "journées", i18n.number, "journée", "journées")
HALF_DAYS = Unit("demi-journees", "demi-journées", i18n.number, "demi-journée", "demi-journées")
HOURS = Unit("heures", "heures", i18n.number, "heure", "heures")
FILES = Unit("dossiers", "dossiers", i18n.number, "dossier", "dossiers")
EUROS = Unit("euros", "€", i18n.euros)
WHOLE_EUROS = Unit("euros", "€", lambda value: f"{i18n.number(value)}{i18n.NARROW}€")  # alike down a whole column
EXACT_EUROS = Unit("euros", "€", lambda value: f"{i18n.number(value, 2)}{i18n.NARROW}€")
SHARE = Unit("part", "%", i18n.percent)
PER_100000 = Unit("lieux pour 100 000 habitants", "pour 100 000 hab.", lambda value: i18n.number(value, 1))
PEOPLE = Unit("habitants", "hab.", i18n.number, "habitant", "habitants")
CASES = Unit("cas", "cas", i18n.number, "cas", "cas")
LABEL_DECISIONS = Unit(
    "décisions", "décisions", i18n.number, "labellisation ou renouvellement", "labellisations ou renouvellements"
)
DAYS = Unit("jours", "jours", i18n.number, "jour", "jours")
PLACES_PER_MONTH = Unit(
    "lieux par mois",
    "par mois",
    lambda value: i18n.number(value, 2 if value else 0),
    "lieu par mois",
    "lieux par mois",
    2,
)
ACTIVITIES = Unit("actions", "actions", i18n.number, "action", "actions")
PARTICIPATIONS = Unit("participations", "participations", i18n.number, "participation", "participations")
MEETINGS = Unit("rencontres", "rencontres", i18n.number, "rencontre", "rencontres")
PROJECTS = Unit("projets", "projets", i18n.number, "projet", "projets")
NEEDS = Unit("besoins", "besoins", i18n.number, "besoin", "besoins")
EPN = Unit("EPN", "EPN", i18n.number, "EPN", "EPN")
EPN_PER_100000 = Unit("EPN pour 100 000 habitants", "EPN pour 100 000 hab.", lambda value: i18n.number(value, 1))
CHANGE = Unit("part", "%", lambda value: f"{'+' if value > 0 else ''}{i18n.percent(value)}")
EUROS_PER_EURO = Unit("euros par euro", "€ pour 1 €", lambda value: f"{i18n.number(value, 2)}{i18n.NARROW}€")
EUROS_PER_INHABITANT = Unit("euros par habitant", "€ par hab.", lambda value: f"{i18n.number(value, 2)}{i18n.NARROW}€")
EUROS_PER_PLACE = Unit("euros par lieu", "€ par lieu", i18n.euros)
EPCIS = Unit("intercommunalites", "intercommunalités", i18n.number, "intercommunalité", "intercommunalités")
DECLARATIONS = Unit("déclarations", "déclarations", i18n.number, "déclaration", "déclarations")
KILOMETRES = Unit("kilomètres", "km", lambda value: i18n.number(value, 2), "kilomètre", "kilomètres")
LINES = Unit("lignes", "lignes", i18n.number, "ligne", "lignes")

ATTENDANCE_UNITS = {  # unit of attendance in the database -> what it is counted in; all are feminine in French
    "visits": VISITS,
    "people": PERSONS,
    "person_days": PERSON_DAYS,
    "half_days": HALF_DAYS,
    "hours": HOURS,
}


def average_unit(unit: Unit, symbol: str) -> Unit:
    """An average of a unit: « visites par lieu »."""
    return Unit(f"{unit.code} {symbol}", f"{unit.symbol} {symbol}", lambda value: i18n.number(value, 1))
