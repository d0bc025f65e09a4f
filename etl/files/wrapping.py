"""What tools write around a value to keep it a text: `="14118"`, an apostrophe in front, a space before the quotes.

One rule for every column and every kind of file: what is left is what a person sees in the cell.
"""

from __future__ import annotations

import re
from functools import lru_cache

_AS_FORMULA = re.compile(r'="((?:[^"]|"")*)"', re.DOTALL)
# « 'La Filature', à Caen » is a quotation: its apostrophe is closed at the end of a word.
_CLOSED = re.compile(r"'(?:\W|$)")


def unwrapped(text: str) -> str:
    """The value without its wrapping; the text itself when it has none."""
    formula = _AS_FORMULA.fullmatch(text)
    if formula:
        return formula[1].replace('""', '"').strip()
    if text.startswith("'") and not _CLOSED.search(text, 1):
        return text[1:].strip()
    return text


def without_outer_spaces(line: str, delimiter: str) -> str:
    """The first line of a record without the spaces between a delimiter and the quotes of a cell.

    `N1; "La Halle" ;14118` -> `N1;"La Halle";14118`: the standard takes such quotes for part of the text.
    """
    if '" ' not in line and ' "' not in line:
        return line
    quoted = _quoted_cell(delimiter)
    cells, at = [], 0
    while at <= len(line):
        found = quoted.match(line, at)
        end = found.end() if found else line.find(delimiter, at)
        if not found and line.startswith('"', at):
            end = -1  # a cell continued on the next lines, or badly closed: left to the parser
        end = len(line) if end < 0 else end
        cells.append(found[1] if found else line[at:end])
        at = end + 1
    return delimiter.join(cells)


@lru_cache(maxsize=8)
def _quoted_cell(delimiter: str) -> re.Pattern[str]:
    return re.compile(rf' *("(?:[^"]|"")*") *(?={re.escape(delimiter)}|$)')
