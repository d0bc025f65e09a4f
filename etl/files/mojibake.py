"""UTF-8 text that somebody read as Windows-1252 and saved: "Ã‰vreux" for "Évreux"."""

from __future__ import annotations

import re


def _as_windows(code: int) -> str:
    """What a byte becomes when read as Windows-1252 (its five holes read as control characters)."""
    byte = bytes([code])
    try:
        return byte.decode("cp1252")
    except UnicodeDecodeError:
        return byte.decode("latin-1")


_BYTE_OF = {_as_windows(code): code for code in range(0x80, 0x100)}
_CONTINUATION = re.escape("".join(_as_windows(code) for code in range(0x80, 0xC0)))
# é è à… · nbsp ° « » · œ Œ · typographic signs and €: what French text has above ASCII.
GARBLED_ONCE = re.compile(f"Ã[{_CONTINUATION}]|Â[\u00a0°«»]|Å[“’]|â€[{_CONTINUATION}]|â‚¬")
_SECOND_READING = f"(?:[ÂÅ][{_CONTINUATION}]|â€[{_CONTINUATION}])"
GARBLED_TWICE = re.compile(f"Ãƒ{_SECOND_READING}?|Ã¢(?:â€š|â‚¬){_SECOND_READING}?")
_RUN = re.compile(f"[{re.escape(''.join(_BYTE_OF))}]+")


def repair(text: str) -> str:
    """`text` with each garbled run read again as UTF-8; runs that are not UTF-8 stay as they are."""
    return _RUN.sub(lambda run: _read_again(run.group()), text)


def _read_again(run: str) -> str:
    try:
        return bytes(_BYTE_OF[char] for char in run).decode("utf-8")
    except UnicodeDecodeError:
        return run
