"""A problem of a row: the reason of its refusal, or a warning about a normalised or implausible value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark on one cell, row or file, in French.

    `refused` rows are kept apart and not loaded; rows with a `warning` load. `line` is the physical line
    of the file (0: the file as a whole), `column` the header as the Région writes it. `cause` is the message
    common to the problems of one kind, where `message` itself varies.
    """

    verdict: Literal["refused", "warning"]
    line: int
    column: str | None
    value: str | None
    message: str
    sheet: str | None = None
    cause: str = ""
