"""A text file that stops inside its last value: no line break, and a value shorter than all the others allow."""

from __future__ import annotations

import re

import polars as pl

from etl.files.model import UnreadableFile

_DECIMALS = re.compile(r"\d[.,](\d+)\D*$")
COMPARED_ROWS = 1_000
_ENOUGH = 5  # values that show how a column is written
_SHORTEST = 4  # characters of a value whose length means something: dates, codes, words of a list


def refuse_cut_value(batch: pl.DataFrame) -> None:
    """Raises UnreadableFile when the last value of the last rows, which no line break follows, was cut."""
    texts = batch[batch.columns[-1]]
    before = texts[:-1].drop_nulls()
    if len(before) < _ENOUGH:
        return
    last = texts[-1]
    if (last is None and not texts[:-1].null_count()) or (last is not None and _is_cut(last, before.to_list())):
        raise UnreadableFile(
            f"le fichier est coupé\u202f: sa dernière valeur («\u202f{last or ''}\u202f») est plus courte que les "
            "autres, et aucune fin de ligne ne la suit.",
            line=batch["line"][-1],
        )


def _is_cut(last: str, before: list[str]) -> bool:
    """`last` has fewer decimals or characters than all of `before`, which have as many as each other."""
    decimals = {len(found[1]) if (found := _DECIMALS.search(text)) else 0 for text in before}
    if len(decimals) == 1 and decimals != {0} and last[:1].isdigit():
        found = _DECIMALS.search(last)
        return (len(found[1]) if found else 0) < decimals.pop()
    lengths = {len(text) for text in before}
    if len(lengths) > 1 or len(last) >= (length := lengths.pop()) or length < _SHORTEST:
        return False
    if all(text[-1].isdigit() for text in before):
        return last[:1].isdigit()
    return len(set(before)) == 1 and before[0].startswith(last)
