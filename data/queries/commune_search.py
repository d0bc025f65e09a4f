"""Communes of Normandie as a visitor names them: by name, former name, postcode or INSEE code, without a network."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from data.i18n import search_key
from data.reference import (
    Commune,
    read_commune_history,
    read_communes,
    read_departements,
    read_postcodes,
)

MAX_SEARCHED_LETTERS = 80  # of a typed text; the rest is cut
MAX_FOUND = 8  # as many as a phone shows above its keyboard
EXACT, BEGINS, CONTAINS = range(3)


@dataclass(frozen=True)
class FoundCommune:
    """A commune of today that answers a text: `label` is « Saint-Lô (Manche) », `other_name` the former commune, the
    postcode or the INSEE code by which it was found (empty: its own name).
    """

    commune: Commune
    label: str
    other_name: str = ""


@dataclass(frozen=True)
class _Entry:
    """One way to name a commune; among ways that match a text as well, the lowest `order` comes first."""

    key: str
    commune: Commune
    other_name: str = ""
    order: int = 0


def commune_label(commune: Commune) -> str:
    """« Saint-Lô (Manche) »: several communes may have one name."""
    return f"{commune.name} ({_departement_names()[commune.dep]})"


def commune_of_code(code: str) -> Commune | None:
    """The commune of today of an INSEE code, even a former one; None when no commune of Normandie ever had it."""
    communes = _communes()
    return communes.get(code) or communes.get(_former_codes().get(code, ""))


def search_communes(text: str, limit: int | None = MAX_FOUND) -> list[FoundCommune]:
    """The communes that answer a text, each once: those of exactly that name first, then names that begin with it, then
    names with a word that does; the most populated first. `limit` None: all of them.

    Case, accents, hyphens and « st » make no difference (data.i18n.search_key).
    """
    key = _key_without_departement(text)
    if not key:
        return []
    found: dict[str, tuple[tuple[int, int, int, str], _Entry]] = {}
    for entry in _entries():
        match = _match(entry.key, key)
        if match is None:
            continue
        rank = (match, entry.order, -entry.commune.population, entry.commune.code)
        if entry.commune.code not in found or rank < found[entry.commune.code][0]:
            found[entry.commune.code] = (rank, entry)
    ordered = [entry for _rank, entry in sorted(found.values(), key=lambda ranked: ranked[0])]
    return [FoundCommune(one.commune, commune_label(one.commune), one.other_name) for one in ordered[:limit]]


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
    """The search key of « Saint-Lô (Manche) », as a suggestion is written: that of « Saint-Lô »."""
    return search_key(re.sub(r"\([^)]*\)\s*$", "", text))


def _match(entry_key: str, key: str) -> int | None:
    if entry_key == key:
        return EXACT
    if entry_key.startswith(key):
        return BEGINS
    return CONTAINS if f" {key}" in entry_key else None


@cache
def _entries() -> tuple[_Entry, ...]:
    communes = _communes()
    names = [_Entry(search_key(commune.name), commune) for commune in communes.values()]
    postcodes = [
        _Entry(postcode, communes[code], postcode) for postcode, codes in read_postcodes().items() for code in codes
    ]
    former_names = [
        _Entry(search_key(one.old_name), communes[one.code], one.old_name, 1)
        for one in read_commune_history()
        if search_key(one.old_name) != search_key(communes[one.code].name)
    ]
    codes = [_Entry(code, commune, code, 2) for code, commune in communes.items()]  # few know it: postcodes look alike
    return (*names, *postcodes, *former_names, *codes)


@cache
def _communes() -> dict[str, Commune]:
    return {commune.code: commune for commune in read_communes()}


@cache
def _former_codes() -> dict[str, str]:
    return {one.old_code: one.code for one in read_commune_history()}


@cache
def _departement_names() -> dict[str, str]:
    return {departement.code: departement.name for departement in read_departements()}
