"""Communes of Normandie as a visitor names them: by name, former name, postcode or INSEE code, without a network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from data.i18n import search_key
from data.queries.name_search import Name, NameIndex, name_key, name_keys
from data.reference import (
    Commune,
    read_commune_history,
    read_communes,
    read_delegated_communes,
    read_departements,
    read_postcodes,
)

MAX_FOUND = 8  # as many as a phone shows above its keyboard


@dataclass(frozen=True)
class FoundCommune:
    """A commune of today that answers a text: `label` is « Saint-Lô (Manche) », `other_name` the former commune, the
    postcode or the INSEE code by which it was found (empty: its own name).
    """

    commune: Commune
    label: str
    other_name: str = ""


def commune_label(commune: Commune) -> str:
    """« Saint-Lô (Manche) »: several communes may have one name."""
    return f"{commune.name} ({_departement_names()[commune.dep]})"


def commune_of_code(code: str) -> Commune | None:
    """The commune of today of an INSEE code, even a former one; None when no commune of Normandie ever had it."""
    communes = _communes()
    return communes.get(code) or communes.get(_former_codes().get(code, ""))


def search_communes(text: str, limit: int | None = MAX_FOUND) -> list[FoundCommune]:
    """The communes that answer a text, each once: those of exactly that name first, then names that begin with it, then
    names with words that do; the most populated first. `limit` None: all of them.

    Case, accents, hyphens and « st » make no difference (data.queries.name_search).
    """
    matches = commune_names().find(_key_without_departement(text))
    return [
        FoundCommune(match.name.target, commune_label(match.name.target), match.name.other) for match in matches[:limit]
    ]


def find_communes(text: str) -> list[FoundCommune]:
    """The communes that a whole text may mean: those of exactly that label, else of that name, else of that former
    name, postcode or code; when there is none, all that answer it.
    """
    key, label = _key_without_departement(text), search_key(text)
    found = search_communes(text, None)
    labelled = [one for one in found if search_key(one.label) == label]
    named = [one for one in found if search_key(one.commune.name) == key]
    otherwise = [one for one in found if search_key(one.other_name) == key]
    return labelled or named or otherwise or found


def _key_without_departement(text: str) -> str:
    """The key of « Saint-Lô (Manche) », as a suggestion is written: that of « Saint-Lô »."""
    return name_key(re.sub(r"\([^)]*\)\s*$", "", text))


@cache
def commune_names() -> NameIndex[Commune]:
    """Every way to name a commune: its name, its postcodes, the communes that it comprises, then INSEE codes, which
    few know and which look like postcodes.
    """
    return NameIndex(_names())


def names_by_epci() -> dict[str, list[str]]:
    """Every name and postcode of the communes of each intercommunalité, by its code, as they are written."""
    communes = _communes()
    written = [
        *((commune.name, code) for code, commune in communes.items()),
        *_former_names(),
        *((postcode, code) for postcode, codes in read_postcodes().items() for code in codes),
    ]
    names: dict[str, dict[str, None]] = {}
    for name, code in written:
        names.setdefault(communes[code].epci, {})[name] = None
    return {epci: list(each) for epci, each in names.items()}


def _names() -> Iterator[Name[Commune]]:
    communes = _communes()
    for commune in communes.values():
        for key in name_keys(commune.name):
            yield Name(key, commune, weight=commune.population)
        yield Name(commune.code, commune, commune.code, 2, commune.population)
    for postcode, codes in read_postcodes().items():
        for code in codes:
            yield Name(postcode, communes[code], postcode, weight=communes[code].population)
    for old_name, code in _former_names():
        for key in name_keys(old_name):
            yield Name(key, communes[code], old_name, 1, communes[code].population)


def _former_names() -> Iterator[tuple[str, str]]:
    """Names of former and of delegated communes, each with the code of the commune of today."""
    named = {code: search_key(commune.name) for code, commune in _communes().items()}
    former = [(one.old_name, one.code) for one in read_commune_history()]
    delegated = [(one.name, one.commune) for one in read_delegated_communes()]
    for old_name, code in (*former, *delegated):
        if search_key(old_name) != named[code]:
            yield old_name, code


@cache
def _communes() -> dict[str, Commune]:
    return {commune.code: commune for commune in read_communes()}


@cache
def _former_codes() -> dict[str, str]:
    return {one.old_code: one.code for one in read_commune_history()}


@cache
def _departement_names() -> dict[str, str]:
    return {departement.code: departement.name for departement in read_departements()}
