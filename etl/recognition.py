"""Which source a file is, from its header row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.i18n import NARROW, sentence_list
from data.sources import SOURCES, Column, Source, fold_header, source_named
from etl.problems import Problem
from etl.reading import Signature, UnreadableFile

_PERSONAL = re.compile(
    r"nir|iban|rib|(?:date)?(?:de)?naissance|nee?le|(?:numero|num|no|n)?(?:de)?securitesociale|"
    r"(?:numero|num|no|n)?d?allocataire"
)
_CONTACT = re.compile(
    r"c?(?:num|numero|no|n)?(?:de)?(?:tel|telephone|mobile|portable|fax)(?:\d|fixe|portable|mobile)?|"
    r"c?(?:adresse)?(?:courriels?|e?mails?|mel|courrierelectronique|mailstruc|numtel)|numtel|mailstruc|"
    r"c?(?:nom|prenom|nomprenom)?(?:du|de)?(?:contacts?|responsables?|gerante?|referente?|mediateur|interlocuteur)|prenom"
)
_NOT_KEPT = "Coordonnées ou nom d’une personne\u202f: la colonne n’a pas été lue, rien n’en est gardé."
_NOT_READ = "Colonne inconnue\u202f: elle n’a pas été lue."
_KNOWN = frozenset(spelling for source in SOURCES for column in source.columns for spelling in column.spellings())


@dataclass(frozen=True)
class Layout:
    """A recognised file: its source, the column at each position, and the columns that it has for nothing."""

    source: Source
    positions: Mapping[int, Column]
    unknown: tuple[str, ...]

    def remarks(self) -> list[Problem]:
        """What is said of the columns that no source declares: those about people first."""
        named = [name for name in self.unknown if name]
        contacts = [name for name in named if _CONTACT.fullmatch(fold_header(name))]
        return [
            *(Problem("warning", 0, name, None, _NOT_KEPT) for name in contacts),
            *(Problem("warning", 0, name, None, _NOT_READ) for name in named if name not in contacts),
        ]


def signature_of(source: str | None) -> Signature:
    """How the reading step finds the header row: known column names of one source, or of any."""
    known = frozenset().union(*(c.spellings() for c in source_named(source).columns)) if source else _KNOWN
    return Signature(lambda cells: sum(fold_header(cell) in known for cell in cells))


def recognise(header: Sequence[str], named: str | None) -> Layout:
    """The source of a header row. Raises UnreadableFile, in French, when there is none or more than one."""
    candidates = (source_named(named),) if named else SOURCES
    complete = [source for source in candidates if not _missing(source, header)]
    if not complete:
        raise UnreadableFile(_nothing_fits(candidates, header))
    best = max(_recognised(source, header) for source in complete)
    winners = [source for source in complete if _recognised(source, header) == best]
    if len(winners) > 1:
        names = sentence_list([source.name for source in winners], "ou")
        raise UnreadableFile(f"Ce fichier peut être lu de plusieurs façons ({names}). Précisez laquelle avec --source.")
    return _layout(winners[0], header)


def _layout(source: Source, header: Sequence[str]) -> Layout:
    positions = source.recognise(header)
    for column in source.columns:
        found = [header[position] for position, one in positions.items() if one is column]
        if len(found) > 1:
            names = sentence_list([f"«\u202f{name}\u202f»" for name in found])
            raise UnreadableFile(f"Les colonnes {names} disent la même chose ({column.header}). N’en gardez qu’une.")
    unknown = tuple(name for position, name in enumerate(header) if position not in positions)
    personal = [name for name in unknown if _PERSONAL.fullmatch(fold_header(name))]
    if personal:
        raise UnreadableFile(
            f"La colonne «\u202f{personal[0]}\u202f» semble contenir des données personnelles. "
            f"Retirez-la avant de charger."
        )
    return Layout(source, positions, unknown)


def _missing(source: Source, header: Sequence[str]) -> list[Column]:
    found = source.recognise(header).values()
    return [column for column in source.columns if column.required and column not in found]


def _recognised(source: Source, header: Sequence[str]) -> int:
    return len(source.recognise(header))


def expected_columns(named: str | None) -> str:
    """What a file may begin with: each source and its required columns, in French."""
    candidates = (source_named(named),) if named else SOURCES
    described = f"{NARROW}; ".join(f"{source.name} ({_listed(_missing(source, ()))})" for source in candidates)
    return f"Sources et colonnes attendues{NARROW}: {described}."


def _listed(columns: Sequence[Column]) -> str:
    return sentence_list([column.header for column in columns])


def _nothing_fits(candidates: Sequence[Source], header: Sequence[str]) -> str:
    if len(candidates) == 1:
        names = sentence_list([f"«\u202f{column.header}\u202f»" for column in _missing(candidates[0], header)])
        return f"Colonnes obligatoires absentes pour la source {candidates[0].name}{NARROW}: {names}."
    near = sorted(candidates, key=lambda source: len(_missing(source, header)) - _recognised(source, header))
    described = f"{NARROW}; ".join(f"{source.name} (manque {_listed(_missing(source, header))})" for source in near[:3])
    return f"Aucune source ne correspond à ces colonnes. Les plus proches{NARROW}: {described}."
