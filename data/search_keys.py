"""The search key of a text in SQL: names are searched and sorted by a column that is stored beside them.

The column that holds the key of `name` is `name_search_key`, in tables, subqueries and selects alike.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    BindParameter,
    Case,
    ColumnClause,
    ColumnElement,
    Label,
    Null,
    ScalarSelect,
    Select,
    String,
    Text,
    case,
    func,
    literal,
)
from sqlalchemy.sql.functions import coalesce

from data.i18n import search_key


def search_key_name(name: str) -> str:
    """The name of the column that holds the search key of another."""
    return f"{name}_search_key"


def with_search_keys(
    rows: Select[Any], names: Collection[str] | None = None, required: Collection[str] = ()
) -> Select[Any]:
    """The rows with a search key column for each text that has one, or for those in `names` only.

    `required` are texts that get a key even where none is stored (in lower case): branches of a union need equal
    columns.
    """
    columns = rows.selected_columns
    keys = []
    for name, column in columns.items():
        if not isinstance(column.type, String) or search_key_name(name) in columns:
            continue
        key = search_key_in_sql(column) if names is None or name in names else None
        if key is None and name in required:
            key = func.lower(column)
        if key is not None:
            keys.append(key.label(search_key_name(name)))
    return rows.add_columns(*keys)


def search_key_in_sql(text: ColumnElement[Any]) -> ColumnElement[Any] | None:
    """SQL: the search key of a text expression, from the keys stored beside its columns and those of its literals; None
    when it has neither. A code within it, which has no key, is in lower case.
    """
    text = text.element if isinstance(text, Label) else text
    if isinstance(text, BindParameter) and isinstance(text.value, str):
        return literal(search_key(text.value), Text)
    if isinstance(text, ScalarSelect):
        return _search_key_of_subquery(text)
    if isinstance(text, Case):
        return _search_key_of_case(text)
    if isinstance(text, coalesce):
        keys = _search_keys_of_branches([*text.clauses])
        return func.coalesce(*keys) if keys else None
    if isinstance(text, ColumnClause) and text.table is not None:
        return text.table.c.get(search_key_name(text.name))
    return None


def _search_key_of_subquery(text: ScalarSelect[Any]) -> ColumnElement[Any] | None:
    rows = text.element
    if not isinstance(rows, Select):
        return None
    key = search_key_in_sql(next(iter(rows.selected_columns)))
    return None if key is None else rows.with_only_columns(key).scalar_subquery()


def _search_key_of_case(text: Case[Any]) -> ColumnElement[Any] | None:
    results = [result for _condition, result in text.whens]
    keys = _search_keys_of_branches([*results, *([] if text.else_ is None else [text.else_])])
    if not keys:
        return None
    whens = [(condition, key) for (condition, _result), key in zip(text.whens, keys, strict=False)]
    return case(*whens, value=text.value, else_=None if text.else_ is None else keys[-1])


def _search_keys_of_branches(texts: list[Any]) -> list[ColumnElement[Any]]:
    """The key of each, or of one without any its letters in lower case; none when none has any."""
    keys = [search_key_in_sql(text) for text in texts]
    if all(key is None for key in keys):
        return []
    return [_lower_case(text) if key is None else key for text, key in zip(texts, keys, strict=True)]


def _lower_case(text: Any) -> ColumnElement[Any]:
    return text if isinstance(text, Null) else func.lower(text)
