"""Allowed values of a column, for templates, Table Schemas and lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from data.i18n import NARROW, day_short, exact_number, number
from data.reference import read_partner_codes, read_scheme_codes
from data.sources.model import LIST_KINDS, Column, Kind

_HELP_BY_KIND: Mapping[Kind, str] = {
    "text": "Texte libre",
    "identifier": "Identifiant, le même dans tous les fichiers",
    "day": "Date jour/mois/année",
    "amount": "Montant en euros, deux décimales au plus",
    "whole": "Nombre entier",
    "number": "Nombre décimal, à virgule",
    "share": f"Pourcentage (50{NARROW}%) ou fraction (0,5), la même écriture dans toute la colonne",
    "year": "Année à quatre chiffres",
    "yes_no": "oui ou non",
    "commune": "Code INSEE d’une commune de Normandie (5 chiffres), et non son code postal",
    "insee": "Code INSEE de la commune (5 caractères), et non son code postal",
    "siret": "SIRET, 14 chiffres",
    "rna": "Numéro RNA d’une association\u202f: un W suivi de 9 chiffres",
    "url": "Adresse web, commençant par https://",
    "funder": "SIREN (9 chiffres), SIRET ou nom du financeur",
    "choice": "Une des valeurs possibles",
    "choices": "Une ou plusieurs des valeurs possibles, séparées par |",
    "place": "id_lieu d’un tiers-lieu déjà chargé",
    "places": "id_lieu de tiers-lieux déjà chargés, séparés par |",
    "aid": "Référence d’un dossier d’aide déjà chargé",
    "scheme": "Code ou libellé d’un dispositif connu",
    "partner": "Code ou libellé d’un partenaire connu",
    "criterion": "Code ou libellé d’un critère connu du standard",
    "territories": "Codes de départements ou SIREN d’intercommunalités, séparés par |",
    "territory": "Vide pour toute la Région, code d’un département, ou SIREN d’une intercommunalité",
    "lon": "Longitude en degrés (WGS 84)",
    "lat": "Latitude en degrés (WGS 84)",
}
_EMPTY_IS_NOT_ZERO_KINDS: frozenset[Kind] = frozenset(
    {"whole", "amount", "number"}
)  # where a blank is often filled with a zero
_EXAMPLE_BY_KIND: Mapping[Kind, str] = {
    "day": "31/12/2025",
    "amount": "8000,00",
    "whole": "12",
    "number": "2,5",
    "share": f"50{NARROW}%",
    "year": "2025",
    "yes_no": "oui",
    "commune": "14118",
    "insee": "14118",
    "siret": "20005340300016",
    "rna": "W143001234",
    "url": "https://exemple.fr",
    "funder": "200053403",
    "place": "TL-001",
    "places": "TL-001|TL-002",
    "aid": "2025-001",
    "scheme": "emergence",
    "partner": "aract",
    "criterion": "haut-debit",
    "territories": "14|50",
    "territory": "14",
    "lon": "-0,37054",
    "lat": "49,18287",
}


def explain_column(column: Column) -> str:
    """What to write in the column, as one French sentence without full stop."""
    sentences = [column.help.rstrip("."), _HELP_BY_KIND[column.kind]] if column.help else [_HELP_BY_KIND[column.kind]]
    if not column.required and column.default is None and column.kind in _EMPTY_IS_NOT_ZERO_KINDS:
        sentences = [*sentences[:-1], f"{sentences[-1]}, vide si inconnu"]
    return ". ".join(sentences[:1] if column.help and column.kind in {"text", "identifier"} else sentences)


def example_of(column: Column) -> str:
    """A value that the column accepts; empty for free text that needs none."""
    if column.example or not column.choices:
        return column.example or _EXAMPLE_BY_KIND.get(column.kind, "")
    labels = [choice.label for choice in column.choices]
    return "|".join(labels[:2]) if column.kind == "choices" else labels[0]


def display_value(value: object, column: Column) -> str:
    """A typed value as a person reads it: 31/12/2025, 1 500,00 €, 12,5 m², oui, the labels of choices."""
    if isinstance(value, date):
        return day_short(value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    if column.kind == "amount" and isinstance(value, Decimal):
        return f"{number(value, 2)}{NARROW}€"
    if column.choices or column.kind in LIST_KINDS:
        labels = {choice.code: choice.label for choice in column.choices}
        return ", ".join(labels.get(code, code) for code in str(value).split("|") if code)
    if column.kind != "year" and isinstance(value, int | float | Decimal):
        return f"{exact_number(value)}{NARROW}{column.unit}" if column.unit else exact_number(value)
    return str(value)


def allowed_values(column: Column) -> tuple[str, ...]:
    """The values to choose from; empty when anything of its kind may be written."""
    if column.choices:
        return tuple(choice.label for choice in column.choices)
    if column.kind == "yes_no":
        return ("oui", "non")
    if column.kind == "scheme":
        return read_scheme_codes()
    return read_partner_codes() if column.kind == "partner" else ()


def has_closed_list(column: Column) -> bool:
    """No other value is accepted, and one only: schemes and partners may come with a later file."""
    return (column.kind == "choice" and not column.open) or column.kind == "yes_no"
