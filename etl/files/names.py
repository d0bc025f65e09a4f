"""File names as they may be stored and shown: whatever the system that wrote them."""

from __future__ import annotations

import re
import unicodedata

from etl.invisible_characters import INVISIBLE

MAX_CHARACTERS = 120
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def safe_name(name: str) -> str:
    """`name` without folders, in composed form, without characters that a file system refuses, at most 120 characters.

    The extension survives the cut. The caller compares the result with the original name, to report a change.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = INVISIBLE.sub("", re.sub(r'[\x00\t\r\n<>:"|?*]', "_", last)).strip(" .")
    if not kept:
        return "sans-nom"
    if _RESERVED.fullmatch(kept):
        kept = f"_{kept}"
    stem, dot, extension = kept.rpartition(".")
    if len(kept) > MAX_CHARACTERS and dot and len(extension) <= 10:
        return f"{stem[: MAX_CHARACTERS - len(extension) - 1]}.{extension}"
    return kept[:MAX_CHARACTERS]
