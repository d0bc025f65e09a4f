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


_SEEN_AS = {_as_windows(code): code for code in range(0x80, 0x100)}
_FOLLOWING = re.escape("".join(_as_windows(code) for code in range(0x80, 0xC0)))
# é è à… · nbsp ° « » · œ Œ · typographic signs and €: what French text has above ASCII.
ONCE = re.compile(f"Ã[{_FOLLOWING}]|Â[\u00a0°«»]|Å[“’]|â€[{_FOLLOWING}]|â‚¬")
_AGAIN = f"(?:[ÂÅ][{_FOLLOWING}]|â€[{_FOLLOWING}])"
TWICE = re.compile(f"Ãƒ{_AGAIN}?|Ã¢(?:â€š|â‚¬){_AGAIN}?")
_RUN = re.compile(f"[{re.escape(''.join(_SEEN_AS))}]+")


def repair(text: str) -> str:
    """`text` with each garbled run read again as UTF-8; runs that are not UTF-8 stay as they are."""
    return _RUN.sub(lambda run: _read_again(run.group()), text)


def _read_again(run: str) -> str:
    try:
        return bytes(_SEEN_AS[char] for char in run).decode("utf-8")
    except UnicodeDecodeError:
        return run
