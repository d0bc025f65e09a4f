"""A problem of a row: why it was refused, or what was normalised or looks odd in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """One remark on one cell, row or file, in French.

    `refused` rows become rejects; a `warning` is reported and the row loads. `line` is the physical line
    of the file (0: the file as a whole), `column` the header as the Région writes it. `cause` is what the problems of
    one kind have in common, where the message has more.
    """

    verdict: Literal["refused", "warning"]
    line: int
    column: str | None
    value: str | None
    message: str
    sheet: str | None = None
    cause: str = ""
