"""One page of any list: search, order and pages are added in SQL to the select that gives its rows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    String,
    Subquery,
    Text,
    and_,
    asc,
    case,
    cast,
    desc,
    func,
    null,
    or_,
    select,
    union_all,
)

from data.i18n import fold, search_key
from data.limits import STATEMENT_SECONDS
from data.search_keys import search_key_name, with_search_keys
from data.types import Columns

STREAM_BATCH = 1_000  # rows fetched at a time
STREAM_SECONDS = 120  # for all of them
DEEP_OFFSET = 500  # rows passed over: from there on it pays to look for the rows shown once more
MAX_SEARCH_WORDS = 8

OtherNameCondition = Callable[[Subquery, str], ColumnElement[bool]]


@dataclass(frozen=True)
class ListQuery:
    """The rows of a list with the search and the order that a reader chose.

    `sort` is a column, `-` before it for descending; `tie_sort` a column that orders rows with the same value; `key`
    the columns that identify a row. Every word of `text` is searched in the columns `search`: in their search keys, or,
    for a code without one, in lower case. `not_null` are columns without nulls. `other_names` is the SQL condition for
    rows found by another name, from the rows and the search key of the whole text. `has_key_index`: an index finds a
    row by `key`, whose columns are never null.
    """

    rows: Select[Any]
    key: tuple[str, ...]
    sort: str
    search: tuple[str, ...] = ()
    text: str = ""
    not_null: tuple[str, ...] = ()
    tie_sort: str = ""
    other_names: OtherNameCondition | None = None
    has_key_index: bool = False


def count_rows(connection: Connection, list_query: ListQuery) -> int:
    """The number of rows of a list."""
    rows, conditions = _searched_rows(list_query)
    return connection.scalar(select(func.count()).select_from(rows).where(*conditions)) or 0


def read_counted_page(
    connection: Connection, list_query: ListQuery, limit: int, offset: int
) -> tuple[int, Sequence[RowMapping]]:
    """The number of rows of a list, and one page (the last one beyond the end), in one query: for rows that must all be
    computed to show one.
    """
    rows, conditions = _searched_rows(list_query)
    all_rows = select(rows).where(and_(True, *conditions)).cte("every").prefix_with("MATERIALIZED")
    page = _page_with_count(all_rows, list_query, tuple(all_rows.c.keys()), limit, offset)
    return _execute_counted_page(connection, page.order_by(*_sort_expressions(page.selected_columns, list_query)))


def read_counted_page_by_key(
    connection: Connection, list_query: ListQuery, limit: int, offset: int
) -> tuple[int, Sequence[RowMapping]]:
    """The number of rows of a list, and one page, for rows with costly columns that `key` finds: sort and count read
    the sorted columns only, and the other columns are computed for the rows of the page.
    """
    rows, conditions = _searched_rows(list_query)
    sorted_by = [name for name in (list_query.sort.removeprefix("-"), list_query.tie_sort) if name]
    keys = [search_key_name(name) for name in sorted_by if search_key_name(name) in rows.c]
    columns = (rows.c[name] for name in dict.fromkeys((*list_query.key, *sorted_by, *keys)))
    all_rows = select(*columns).where(and_(True, *conditions)).cte("every").prefix_with("MATERIALIZED")
    return _execute_counted_page(
        connection,
        _whole_rows_of_page(list_query, _page_with_count(all_rows, list_query, list_query.key, limit, offset)),
    )


def _page_with_count(
    all_rows: CTE, list_query: ListQuery, names: Collection[str], limit: int, offset: int
) -> Select[Any]:
    """`names` of the rows of a page (the last one beyond the end), and `all_rows`, the number of all rows.

    A page nearer to the end is read from the end: of the two selects one has limit 0, and costs nothing.
    """
    number = select(func.count().label("number")).select_from(all_rows).cte("numbered").prefix_with("MATERIALIZED")
    counted = select(number.c.number).scalar_subquery()
    last = counted - 1 - (counted - 1) % limit
    start = case((counted > offset, offset), (counted > 0, last), else_=0)
    remaining = counted - start
    page_size = case((remaining < limit, remaining), else_=limit)
    is_near = 2 * start <= counted
    columns = [all_rows.c[name] for name in names]
    front = (
        select(*columns, counted.label("all_rows"))
        .order_by(*_sort_expressions(all_rows.c, list_query))
        .limit(case((is_near, limit), else_=0))
        .offset(start)
    )
    back = (
        select(*columns, counted.label("all_rows"))
        .order_by(*_sort_expressions(all_rows.c, list_query, backwards=True))
        .limit(case((is_near, 0), else_=page_size))
        .offset(remaining - page_size)
    )
    both_ends = union_all(*(select(end.subquery()) for end in (front, back))).subquery("both_ends")
    return select(both_ends)


def _execute_counted_page(connection: Connection, counted: Select[Any]) -> tuple[int, Sequence[RowMapping]]:
    rows = connection.execute(counted).mappings().all()
    return (rows[0]["all_rows"] if rows else 0), rows


def _whole_rows_of_page(list_query: ListQuery, page: Select[Any]) -> Select[Any]:
    """The whole rows of a page of keys, in order, with the columns of the page that are no key."""
    keys = page.cte("page").prefix_with("MATERIALIZED")  # rows of two tables would ask each for it
    whole_rows = _rows_with_search_keys(list_query).subquery("shown")
    same_key = and_(*(whole_rows.c[name] == keys.c[name] for name in list_query.key))
    extra_columns = [column for column in keys.c if column.name not in list_query.key]
    return (
        select(*_declared_columns(list_query, whole_rows), *extra_columns)
        .select_from(keys.join(whole_rows, same_key))
        .order_by(*_sort_expressions(whole_rows.c, list_query))
    )


def with_null_columns(rows: Select[Any], names: Collection[str]) -> Select[Any]:
    """These rows with null in the columns `names`."""
    columns = with_search_keys(rows).subquery("known").c
    unknown = {*names, *map(search_key_name, names)}
    return select(
        *(cast(null(), column.type).label(column.name) if column.name in unknown else column for column in columns)
    )


def has_rows(connection: Connection, rows: Select[Any]) -> bool:
    """Whether the select has any row."""
    return connection.execute(rows.limit(1)).first() is not None


def read_rows(
    connection: Connection, list_query: ListQuery, limit: int, offset: int, total: int | None = None
) -> Sequence[RowMapping]:
    """One page of a list, with all the columns of its select.

    With a known `total`, a page nearer to the end is read from the end, since skipped rows are sorted too. From
    `DEEP_OFFSET` on, rows found by their key are sorted by their keys alone.
    """
    backwards = total is not None and offset > total // 2
    if total is not None and backwards:
        page_size = max(0, min(limit, total - offset))
        limit, offset = page_size, max(0, total - offset - page_size)
    if list_query.has_key_index and offset >= DEEP_OFFSET:
        page = _sorted_rows(list_query, list_query.key, backwards=backwards).limit(limit).offset(offset)
        return connection.execute(_whole_rows_of_page(list_query, page)).mappings().all()
    rows = (
        connection.execute(_sorted_rows(list_query, backwards=backwards).limit(limit).offset(offset)).mappings().all()
    )
    return rows[::-1] if backwards else rows


def stream_rows(connection: Connection, list_query: ListQuery) -> Generator[RowMapping, None, None]:
    """All rows of a list, `STREAM_BATCH` at a time: a list may hold millions. The caller closes the generator."""
    options = {"yield_per": STREAM_BATCH, STATEMENT_SECONDS: STREAM_SECONDS}
    with connection.execute(_sorted_rows(list_query), execution_options=options) as answer:
        yield from answer.mappings()


def _searched_rows(list_query: ListQuery) -> tuple[Subquery, list[ColumnElement[bool]]]:
    rows = _rows_with_search_keys(list_query).subquery("listed")
    words = [word for word in fold(list_query.text).split()[:MAX_SEARCH_WORDS] if search_key(word)]
    word_conditions = [or_(*(_has_word(rows, name, word) for name in list_query.search)) for word in words]
    if words and list_query.other_names:
        return rows, [or_(and_(*word_conditions), list_query.other_names(rows, search_key(" ".join(words))))]
    return rows, word_conditions


def _rows_with_search_keys(list_query: ListQuery) -> Select[Any]:
    """The rows of a list with the search keys of its searched and sorted columns."""
    names = (*list_query.search, list_query.sort.removeprefix("-"), list_query.tie_sort)
    return with_search_keys(list_query.rows.order_by(None), names)


def _declared_columns(list_query: ListQuery, rows: Subquery) -> list[ColumnElement[Any]]:
    """The columns of the select of a list, without the search keys added to it."""
    return [rows.c[name] for name, _column in list_query.rows.selected_columns.items()]


def _has_word(rows: Subquery, name: str, word: str) -> ColumnElement[bool]:
    key = rows.c.get(search_key_name(name))
    if key is None:
        return func.lower(cast(rows.c[name], Text)).contains(word, autoescape=True)
    has_word: ColumnElement[bool] = key.contains(search_key(word), autoescape=True)
    return has_word


def _sorted_rows(list_query: ListQuery, names: Collection[str] = (), *, backwards: bool = False) -> Select[Any]:
    """The rows in order, or the columns `names` of them: nulls last in both directions, ties in one order on every
    page, reversed with the direction.

    An index on the column and the key, read from either end, and a limit leave most rows unread.
    """
    rows, conditions = _searched_rows(list_query)
    columns = [rows.c[name] for name in names] or _declared_columns(list_query, rows)
    return (
        select(*columns)
        .where(and_(True, *conditions))
        .order_by(*_sort_expressions(rows.c, list_query, backwards=backwards))
    )


def _sort_expressions(rows: Columns, list_query: ListQuery, *, backwards: bool = False) -> list[ColumnElement[Any]]:
    name = list_query.sort.removeprefix("-")
    direction = desc if list_query.sort.startswith("-") != backwards else asc
    first = direction(_sort_value(rows, name))
    ties = [direction(rows[key_part]) for key_part in list_query.key if key_part != name]
    tie_sort = (
        [(desc if backwards else asc)(_sort_value(rows, list_query.tie_sort))]
        if list_query.tie_sort and list_query.tie_sort != name
        else []
    )
    if name not in list_query.not_null:
        first = first.nulls_first() if backwards else first.nulls_last()
    return [first, *tie_sort, *ties]


def _sort_value(rows: Columns, name: str) -> ColumnElement[Any]:
    """SQL: the search key of a text, a code in lower case, or else the value."""
    column: ColumnElement[Any] = rows[name]
    if not isinstance(column.type, String):
        return column
    key: ColumnElement[Any] | None = rows.get(search_key_name(name))
    return func.lower(column) if key is None else key
