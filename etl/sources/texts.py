"""Texts without contacts of persons."""

from __future__ import annotations

import polars as pl

from etl.typing import masked


def without_contacts(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows with e-mail addresses and telephone numbers struck out of their texts: open files are full of them.

    `code` is left alone: it is the key of the row, and a number of ten digits may be one.
    """
    texts = [name for name, dtype in rows.schema.items() if dtype == pl.String and name != "code"]
    return rows.with_columns(_masked(rows[name]) for name in texts)


def _masked(texts: pl.Series) -> pl.Series:
    found = {text: shown for text in texts.drop_nulls().unique() if (shown := masked(text)) != text}
    return texts.replace(found) if found else texts
