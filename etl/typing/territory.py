"""Communes, territories and tiers-lieux: codes resolved against the reference data."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from data.i18n import fold, sentence_list
from data.reference import read_departements_of_france
from data.sources import fold_header
from etl.reference_data import KnownCommune, ReferenceData
from etl.typing.parsed import Parsed, normalised, refused
from etl.typing.references import reference_reader

_COMMUNE = re.compile(r"(\d[\dab]\d{3})(?:[.,]0+)?", re.ASCII)
_INSEE = re.compile(r"\d[\dAB]\d{3}", re.ASCII)
_LOST_ZERO = re.compile(r"(\d{4})(?:[.,]0+)?", re.ASCII)
_BETWEEN = re.compile(r"[|,;]")
_MAX_COMMUNES = 6
_LABELLED = re.compile(r"(\d{2})\s*[-–—]\s*(.+)", re.ASCII)
_FORMER = "ancien code INSEE, remplacé par celui d’aujourd’hui"
_REGION = frozenset({"normandie", "region", "regionnormandie", "touteregion", "toutelaregion"})


def commune_reader(reference: ReferenceData) -> Callable[[str], Parsed]:
    """Reads an INSEE code of Normandie; a former one becomes today's."""

    def read(text: str) -> Parsed:
        compact = "".join(text.split()).lower()
        found = _COMMUNE.fullmatch(compact)
        if not found:
            return _not_insee(compact)
        code = found[1].upper()
        if code in reference.communes:
            return normalised(code, code != compact.upper(), "code INSEE lu sans décimale", code)
        current = reference.former.get(code)
        if current:
            return Parsed(current, note=_FORMER, after=_named(current, reference.communes))
        return _unknown(code, reference)

    return read


def insee_reader(reference: ReferenceData) -> Callable[[str], Parsed]:
    """Reads the INSEE code of any commune: kept when outside Normandie, blanked when invalid, both with a note.

    Four digits stay as they are: `etl.territory.locator` puts the zero back.
    """
    in_normandie = commune_reader(reference)

    def read(text: str) -> Parsed:
        known = in_normandie(text)
        if not known.refusal:
            return known
        compact = "".join(text.split()).upper()
        found = _LOST_ZERO.fullmatch(compact)
        if found:
            return Parsed(found[1])  # whether its zero is put back, the commune written beside it decides
        if _INSEE.fullmatch(compact) and compact[:2] not in reference.departements:
            return Parsed(
                compact, note="commune hors de Normandie, gardée et non comptée", after=compact, once_per_column=True
            )
        return Parsed(None, note=f"{known.refusal} — code laissé vide")

    return read


def _named(code: str, communes: Mapping[str, KnownCommune]) -> str:
    return f"{code} ({communes[code].name})" if code in communes else code


def _not_insee(text: str) -> Parsed:
    found = _LOST_ZERO.fullmatch(text)
    if found:
        code = f"0{found[1]}"
        return refused("code INSEE à 4 chiffres", f"avec son zéro de tête, {code} est hors de Normandie{_where(code)}")
    return refused("code INSEE illisible\u202f: 5 chiffres sont attendus, comme 14118 (Caen)")


def _unknown(code: str, reference: ReferenceData) -> Parsed:
    if code[:2] not in reference.departements:
        wanted = f"{code}{_where(code)}, alors qu’un code commençant par {_prefixes(reference)} est attendu"
        return refused("commune hors de Normandie", wanted)
    if code in reference.postcodes:
        named = [_named(one, reference.communes) for one in reference.postcodes[code]]
        listed = [*named[:_MAX_COMMUNES], "…"] if len(named) > _MAX_COMMUNES else named
        return refused("code postal au lieu du code INSEE", f"écrivez {sentence_list(listed, 'ou')}")
    return refused("code INSEE inconnu\u202f: vérifiez-le sur insee.fr")


def _where(code: str) -> str:
    """« (Ain) », the département of a code outside Normandie; nothing when there is none."""
    known = read_departements_of_france()
    name = known.get(code[:2]) or known.get(code[:3])
    return f" ({name})" if name else ""


def _prefixes(reference: ReferenceData) -> str:
    return ", ".join(sorted(reference.departements)) or "celui d’un département connu"


def territory_reader(reference: ReferenceData) -> Callable[[str], Parsed]:
    """Reads nothing (the Région), a département (code or name) or the SIREN of an intercommunalité."""
    names = {fold(name): code for code, name in reference.departements.items()}

    def read(text: str) -> Parsed:
        compact = "".join(text.split())
        if fold_header(text) in _REGION:
            return Parsed("")
        if compact in reference.departements or compact in reference.epci:
            return Parsed(compact)
        labelled = _LABELLED.fullmatch(text.strip())
        code = names.get(fold(labelled[2] if labelled else text))
        if code and (not labelled or labelled[1] == code):
            return Parsed(code)
        return refused(
            "territoire inconnu\u202f: laissez vide pour toute la Région, ou indiquez un département (14) "
            "ou le SIREN d’une intercommunalité de Normandie"
        )

    return read


def territories_reader(reference: ReferenceData) -> Callable[[str], Parsed]:
    """Reads several départements or intercommunalités: « Calvados | 50 » -> |14|50|; the Région is an empty list."""
    read_one = territory_reader(reference)

    def read(text: str) -> Parsed:
        parts = [read_one(part) for part in _BETWEEN.split(text) if part.strip()]
        refusal = next((part for part in parts if part.refusal), None)
        if refusal:
            return refusal
        codes = sorted({str(part.value) for part in parts})
        return Parsed("" if "" in codes or not codes else f"|{'|'.join(codes)}|")

    return read


def place_reader(reference: ReferenceData) -> Callable[[str], Parsed]:
    """Reads the id_lieu of a tiers-lieu already loaded, as it was written then."""
    unknown = "tiers-lieu inconnu\u202f: chargez d’abord le fichier des lieux, ou corrigez l’identifiant"
    return reference_reader(reference.places.get, unknown)


def aid_reader(reference: ReferenceData) -> Callable[[str], Parsed]:
    """Reads the reference of an aid file already loaded, as it was written then."""
    unknown = "dossier d’aide inconnu\u202f: chargez d’abord le fichier des aides, ou corrigez la référence"
    return reference_reader(lambda text: text if text in reference.aids else None, unknown)
