"""Which source a file is, from its header row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from data.i18n import NARROW, fold, quote_french, sentence_list
from data.sources import SOURCES, Column, Source, fold_header, source_named
from etl.files import Signature, UnreadableFile
from etl.problems import Problem

# Among the words of a header: « IBAN du porteur », « Date de naissance du gérant ».
_PERSONAL_HEADER = re.compile(
    r"\b(?:nir|iban|naissance|nee? le|ne e le|securite sociale|n secu|numero secu|num secu|allocataires?)\b|^rib$"
)
_CAPITAL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])")
_CONTACT_HEADER = re.compile(
    r"c?(?:num|numero|no|n)?(?:de)?(?:tel|telephone|mobile|portable|fax)(?:\d|fixe|portable|mobile)?|"
    r"c?(?:adresse)?(?:courriels?|e?mails?|mel|courrierelectronique|mailstruc|numtel)|numtel|mailstruc|"
    r"c?(?:nom|prenom|nomprenom)?(?:du|de)?(?:contacts?|responsables?|gerante?|referente?|mediateur|interlocuteur)|prenom"
)
_CONTACT_REMARK = "Coordonnées ou nom d’une personne\u202f: la colonne n’a pas été lue, rien n’en est gardé."
_MIN_SIMILARITY = 0.7  # of two spellings: « Montant voté TTC » and montant_vote
_UNKNOWN_REMARK = "Colonne inconnue\u202f: elle n’a pas été lue."
_KNOWN_SPELLINGS = frozenset(
    spelling for source in SOURCES for column in source.columns for spelling in column.spellings()
)


@dataclass(frozen=True)
class Layout:
    """A recognised file: its source, the column at each position, and the columns that it has for nothing."""

    source: Source
    positions: Mapping[int, Column]
    unknown: tuple[str, ...]

    def remarks(self) -> list[Problem]:
        """Warnings about the columns that no source declares, columns about people first."""
        named = [name for name in self.unknown if name]
        contacts = [name for name in named if _CONTACT_HEADER.fullmatch(fold_header(name))]
        return [
            *(Problem("warning", 0, name, None, _CONTACT_REMARK) for name in contacts),
            *(Problem("warning", 0, name, None, _UNKNOWN_REMARK) for name in named if name not in contacts),
        ]


def signature_of(source: str | None) -> Signature:
    """How the reading step finds the header row: known column names of one source, or of any."""
    known = frozenset().union(*(c.spellings() for c in source_named(source).columns)) if source else _KNOWN_SPELLINGS
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
    personal = [name for name in unknown if _PERSONAL_HEADER.search(_words(name))]
    if personal:
        raise UnreadableFile(
            f"La colonne «\u202f{personal[0]}\u202f» semble contenir des données personnelles. "
            f"Retirez-la avant de charger."
        )
    return Layout(source, positions, unknown)


def _words(header: str) -> str:
    """« N° d’allocataire », `date_naissance`, `DateDeNaissance` -> their words, folded, one space between two."""
    parted = _CAPITAL.sub(" ", header)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold(parted)).split())


def _missing(source: Source, header: Sequence[str]) -> list[Column]:
    found = source.recognise(header).values()
    return [column for column in source.columns if column.required and column not in found]


def _recognised(source: Source, header: Sequence[str]) -> int:
    return len(source.recognise(header))


def explain_no_header(rows: Sequence[Sequence[str]], named: str | None) -> str:
    """What the rows looked at come nearest to, in French; the names of the sources when they come near to none."""
    candidates = (source_named(named),) if named else SOURCES
    pairs = [(source, row) for row in rows for source in candidates]
    source, row = max(pairs, key=lambda pair: _nearness(*pair), default=(candidates[0], ()))
    if named or _recognised(source, row):
        return _what_is_missing(source, row, nearest=not named)
    names = ", ".join(one.name for one in SOURCES)
    return (
        f"Aucun intitulé n’est connu. Sources possibles{NARROW}: {names}. "
        f"Leurs colonnes{NARROW}: python -m etl template SOURCE modele.xlsx"
    )


def _nothing_fits(candidates: Sequence[Source], header: Sequence[str]) -> str:
    source = max(candidates, key=lambda source: _nearness(source, header))
    return _what_is_missing(source, header, nearest=len(candidates) > 1)


def _nearness(source: Source, header: Sequence[str]) -> int:
    """Columns recognised, less those that are missing."""
    return _recognised(source, header) - len(_missing(source, header))


def _what_is_missing(source: Source, header: Sequence[str], *, nearest: bool) -> str:
    """What a header lacks to be that of a source, with the names in it that look like what is missing."""
    missing = _missing(source, header)
    known = source.recognise(header)
    unknown = [name for position, name in enumerate(header) if name and position not in known]
    suggestions = [
        f" {quote_french(name)} y ressemble{NARROW}: si c’est {column.header}, renommez-la ainsi."
        for column in missing
        for name in _lookalikes(column, unknown)
    ]
    listed = sentence_list([quote_french(column.header) for column in missing])
    if nearest:
        message = (
            f"Aucune source ne correspond à ces colonnes. La plus proche est {source.name}, à qui il manque {listed}."
        )
    else:
        one = len(missing) == 1
        columns = "Colonne obligatoire absente" if one else "Colonnes obligatoires absentes"
        message = f"{columns} pour la source {source.name}{NARROW}: {listed}."
    return message + "".join(suggestions)


def _lookalikes(column: Column, names: Sequence[str]) -> list[str]:
    """The name most like a spelling of the column, if any: it is suggested to a person, never taken for the column."""
    folded = {fold_header(name): name for name in names}
    near = [
        (SequenceMatcher(None, spelling, key).ratio(), name)
        for key, name in folded.items()
        for spelling in column.spellings()
        if key
    ]
    best = max(near, default=(0.0, ""))
    return [best[1]] if best[0] >= _MIN_SIMILARITY else []
