"""Takes out of the text what nobody can see, and watches for text that was damaged before it reached us."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from etl.files import mojibake
from etl.files.model import HeldFile, Note
from etl.files.stream import Chunk
from etl.invisible_characters import INVISIBLE

REPLACEMENT = "\ufffd"
MARK_AS_TEXT = "ï»¿"  # the mark of UTF-8, read as Windows-1252 and saved again
# What INVISIBLE finds, as single bytes of Latin-1 and of Windows-1252: counting bytes is ten times cheaper.
_IN_LATIN = bytes(code for code in range(256) if code == 0 or INVISIBLE.match(chr(code)))
_IN_WINDOWS = bytes(code for code in (*range(0x20), 0x7F, 0xAD) if code not in b"\t\n\r")
_GARBLED_LEADS = "ÃÂÅ€‚"

LineAt = Callable[[Chunk, int], int]


def physical_line(chunk: Chunk, offset: int) -> int:
    """Line of the character at `offset` of the chunk's text."""
    return chunk.first_line + chunk.text.count("\n", 0, offset)


@dataclass
class Scrubber:
    """Cleans chunk after chunk and counts what it did.

    `repairing`: somebody confirmed the repair of garbled accents; otherwise they raise HeldFile.
    `printed` text (from a workbook) has no control character left, but ours that separate cells: they stay.
    """

    repairing: bool
    printed: bool = False
    line_at: LineAt = physical_line
    invisible: int = 0
    first_invisible: int | None = None
    damaged: bool = False
    nuls: int = 0
    repaired: int = 0

    def scrub(self, chunk: Chunk) -> Chunk:
        """The chunk with readable text only; U+FFFD replaces each character that was lost for good."""
        if not self.printed and _may_hide(chunk.text):
            chunk = self._without_invisible(chunk)
        if chunk.text.isascii():
            return chunk
        if any(lead in chunk.text for lead in _GARBLED_LEADS):
            chunk = self._ungarbled(chunk)
        if MARK_AS_TEXT in chunk.text:
            self.invisible += chunk.text.count(MARK_AS_TEXT)
            self.first_invisible = self.first_invisible or self.line_at(chunk, chunk.text.index(MARK_AS_TEXT))
            chunk = replace(chunk, text=chunk.text.replace(MARK_AS_TEXT, ""))
        self.damaged = self.damaged or REPLACEMENT in chunk.text
        return chunk

    def notes(self) -> list[Note]:
        """What was done to the text, once it has all been seen."""
        found = []
        if self.invisible:
            found.append(
                Note("invisible", f"{self.invisible} caractère(s) invisible(s) retiré(s).", self.first_invisible)
            )
        if self.repaired:
            found.append(Note("mojibake", f"{self.repaired} suite(s) d’accents abîmés réparée(s), comme confirmé."))
        return found

    def _without_invisible(self, chunk: Chunk) -> Chunk:
        if "\0" in chunk.text:
            # One or two NULs in a whole file: the characters they replace are lost, their rows will be refused.
            self.nuls += chunk.text.count("\0")
            chunk = replace(chunk, text=chunk.text.replace("\0", REPLACEMENT))
            self.damaged = True
        first = INVISIBLE.search(chunk.text)
        if not first:
            return chunk
        self.first_invisible = self.first_invisible or self.line_at(chunk, first.start())
        text, count = INVISIBLE.subn("", chunk.text)
        self.invisible += count
        return replace(chunk, text=text)

    def _ungarbled(self, chunk: Chunk) -> Chunk:
        # Garbled twice, or partly lost: no reading is sure. U+FFFD makes the values step refuse these rows.
        text = mojibake.GARBLED_TWICE.sub(REPLACEMENT, chunk.text)
        found = mojibake.GARBLED_ONCE.search(text)
        if not found:
            return replace(chunk, text=text)
        if not self.repairing:
            line = self.line_at(replace(chunk, text=text), found.start())
            raise HeldFile(_proposal(text, found), line=line)
        self.repaired += len(mojibake.GARBLED_ONCE.findall(text))
        return replace(chunk, text=mojibake.repair(text))


def _may_hide(text: str) -> bool:
    """False when `text` surely has no invisible character."""
    for codec, wanted in (("latin-1", _IN_LATIN), ("cp1252", _IN_WINDOWS)):
        try:
            raw = text.encode(codec)
        except UnicodeEncodeError:
            continue
        return len(raw.translate(None, wanted)) != len(raw)
    return True


def _proposal(text: str, found: re.Match[str]) -> str:
    around = re.compile(r"[^\s;,|\x1f]*").match
    start = max(text.rfind(mark, 0, found.start()) for mark in "\n ;,|\t\x1f") + 1
    word = around(text, start)
    shown = word.group()[:60] if word else found.group()
    return (
        f"les accents sont abîmés\u202f: «\u202f{shown}\u202f» se lirait «\u202f{mojibake.repair(shown)}\u202f». "
        "Confirmez pour les réparer, ou redemandez le fichier en UTF-8."
    )
