"""Which encoding a text file is in, decided for the whole file before a row is read.

Byte-order mark, then strict UTF-8, then Windows-1252 when its letters look French, then refusal.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from etl.files.model import Note, UnreadableFile
from etl.files.source_file import BLOCK, SourceFile

_STRAY_NULS = 2
_UTF8_BOM = b"\xef\xbb\xbf"
# French letters and signs, as UTF-8 writes them: in Windows-1252 these pairs would read "Ã©", "Å“", "â€™".
_UTF8_FRENCH = re.compile(rb"\xc3[\x80-\xbf]|\xc5[\x92\x93]|\xe2\x80[\x90-\xbf]|\xe2\x82\xac")
_UTF8_ANY = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_UNDEFINED = bytes([0x81, 0x8D, 0x8F, 0x90, 0x9D])
_ASCII = bytes(range(0x80))
_LETTERS = "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜ".encode("cp1252")
# Accents of French as the encodings of DOS (cp850, cp437) and of old Macs write them.
_FRENCH_LETTERS_AND_SIGNS = "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜ«»°’\u00a0"
_OLD_FRENCH = tuple(
    frozenset(_FRENCH_LETTERS_AND_SIGNS.encode(codec, "ignore")) - frozenset(range(0x80))
    for codec in ("cp850", "cp437", "mac_roman")
)
# A quote, a dash or a dagger inside a word, or three dots alone between two words: no French text has them there.
_MISPLACED = re.compile(rb"[A-Za-z][\x80-\x91\x93-\x9b\x9d-\x9f][a-z]|[A-Za-z] \x85 [a-z]")
_UNLIKELY = "‚ƒ„†‡ˆ‰Š‹Žš›ž˜¤¥¦¨¬¯¶±×÷ðþÐÞ".encode("cp1252")


@dataclass(frozen=True)
class Encoding:
    """A Python codec, and how many bytes of mark to skip before using it."""

    codec: str
    skip: int
    notes: tuple[Note, ...] = ()


def detect(file: SourceFile) -> Encoding:
    """The encoding of the file. Raises UnreadableFile, with the first bad line, when none is sure."""
    start = file.start(4)
    if start.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise UnreadableFile("l’encodage UTF-32 n’est pas lu. Enregistrez le fichier en UTF-8.")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        codec = "utf-16-le" if start.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
        return _utf16(file, codec)
    skip = len(_UTF8_BOM) if start.startswith(_UTF8_BOM) else 0
    failure = _first_failure(file, "utf-8")
    if failure is None:
        _refuse_many_nuls(file)
        return Encoding("utf-8", skip)
    return _windows(file, skip, failure)


def _utf16(file: SourceFile, codec: str) -> Encoding:
    failure = _first_failure(file, codec)
    if failure is not None:
        raise UnreadableFile("le fichier UTF-16 est coupé ou abîmé.")
    return Encoding(codec, 2, (Note("encoding", "Encodage UTF-16 («\u202ftexte Unicode\u202f» d’Excel), converti."),))


def _first_failure(file: SourceFile, codec: str) -> int | None:
    """Offset of the first byte that `codec` cannot read; the end of the file when it stops inside a character."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    offset = 0
    for block in file.blocks():
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            return offset - pending + error.start
        offset += len(block)
    return offset - len(decoder.getstate()[0]) if decoder.getstate()[0] else None


def _refuse_many_nuls(file: SourceFile) -> None:
    """One or two stray NUL bytes are dealt with row by row; more of them reveal what happened to the file.

    UTF-16 without its mark is valid UTF-8, every other byte NUL; a copy that stopped ends with a run of them.
    """
    nuls = sum(block.count(0) for block in file.blocks())
    if nuls <= _STRAY_NULS:
        return
    start = file.start(BLOCK)
    rare, frequent = sorted((start[0::2].count(0), start[1::2].count(0)))
    if (rare + frequent) * 4 > len(start) and rare * 20 < frequent:
        raise UnreadableFile("le texte semble être en UTF-16 sans sa marque de début. Enregistrez le fichier en UTF-8.")
    if nuls == _nuls_at_the_end(file):
        raise UnreadableFile(
            f"le fichier finit par {nuls} octets nuls\u202f: son enregistrement ou sa copie s’est arrêté avant la fin. "
            "Redemandez-le."
        )
    raise UnreadableFile(f"le fichier contient {nuls} octets nuls\u202f: ce n’est pas un texte, ou il est abîmé.")


def _nuls_at_the_end(file: SourceFile) -> int:
    found = 0
    for block in file.blocks():
        kept = len(block.rstrip(b"\0"))
        found = found + len(block) if kept == 0 else len(block) - kept
    return found


def _windows(file: SourceFile, skip: int, failure: int) -> Encoding:
    """Windows-1252, unless its bytes rule it out; `failure` is the offset of the first byte that is not UTF-8."""
    high = _HighBytes.read(file)
    first_utf8 = high.first_french_utf8
    if failure >= file.size - 3 and _ends_inside_character(file, failure, alone=first_utf8 is None):
        raise UnreadableFile(
            "le fichier est coupé au milieu d’un caractère\u202f: il manque la fin.", line=_line_at(file, failure)
        )
    if first_utf8 is not None:
        raise UnreadableFile(
            "le fichier mélange deux encodages (UTF-8 et Windows-1252). Enregistrez-le de nouveau, en UTF-8.",
            line=_line_at(file, max(failure, first_utf8)),
        )
    if high.undefined or high.unlikely * 3 > high.letters or high.is_older():
        raise UnreadableFile(
            "l’encodage n’est ni UTF-8 ni Windows-1252 (un ancien fichier Mac ou DOS\u202f?). Enregistrez-le en UTF-8.",
            line=_line_at(file, failure),
        )
    _refuse_many_nuls(file)
    mark = " (malgré une marque UTF-8 au début)" if skip else ""
    return Encoding(
        "cp1252", skip, (Note("encoding", f"Encodage Windows-1252{mark}, converti.", _line_at(file, failure)),)
    )


@dataclass
class _HighBytes:
    """What the bytes above 127 look like, over the whole file (its mark left aside)."""

    letters: int = 0
    unlikely: int = 0
    undefined: int = 0
    misplaced: int = 0
    present: set[int] = field(default_factory=set)
    first_french_utf8: int | None = None

    @classmethod
    def read(cls, file: SourceFile) -> _HighBytes:
        found, offset, tail = cls(), 0, b""
        for block in file.blocks():
            text = block[3:] if offset == 0 and block.startswith(_UTF8_BOM) else block
            found.letters += len(text) - len(text.translate(None, _LETTERS))
            found.unlikely += len(text) - len(text.translate(None, _UNLIKELY))
            found.misplaced += len(_MISPLACED.findall(text))
            found.present.update(text.translate(None, _ASCII))
            found.undefined += len(text) - len(text.translate(None, _UNDEFINED))
            if found.first_french_utf8 is None:
                pair = _UTF8_FRENCH.search(tail + text)
                if pair:
                    found.first_french_utf8 = offset + len(block) - len(text) - len(tail) + pair.start()
            tail = text[-2:]
            offset += len(block)
        return found

    def is_older(self) -> bool:
        """Signs where letters should be, all of which are French letters in an older encoding."""
        return bool(self.misplaced) and any(self.present <= letters for letters in _OLD_FRENCH)


def _ends_inside_character(file: SourceFile, offset: int, *, alone: bool) -> bool:
    """The last bytes begin a character of UTF-8. `alone`: the file has no whole one; a French letter proves nothing."""
    file.handle.seek(offset)
    rest = file.handle.read(4)
    if alone and not rest.translate(None, _LETTERS):
        return False
    return 0 < len(rest) < 4 and any(_UTF8_ANY.fullmatch(rest + b"\x80" * n) for n in (1, 2, 3))


def _line_at(file: SourceFile, offset: int) -> int:
    """Physical line of a byte, for messages: CRLF, LF and CR each end one line."""
    before = file.start(offset)
    return 1 + before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
