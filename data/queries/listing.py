"""One page of any list: search, order and pages are added in SQL to the select that gives its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Generator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Integer,
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
    type_coerce,
    union_all,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.base import ColumnCollection, ReadOnlyColumnCollection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from data.i18n import fold
from data.limits import SECONDS

STREAMED = 1_000  # rows fetched at a time
STREAM_SECONDS = 120  # for all of them
DEEP = 500  # rows passed over: from there on it pays to look for the rows shown once more
MAX_WORDS = 8
_VARIANTS = {"a": "aàâä", "c": "cç", "e": "eéèêë", "i": "iîï", "o": "oôö", "u": "uùûü", "y": "yÿ", "'": "'’"}
_SORTED = (*"ÉEéeÈEèeêeàaâaçcÎIîiôo’'", "œ", "oe")  # letter, then what it is sorted as: each costs at every row
_ALIKE = {"st": "saint", "saint": "st", "ste": "sainte", "sainte": "ste"}  # words that people write either way
_LIGATURES = {"oe": "œŒ", "ae": "æÆ"}
_BREAK = "[ '’-]"  # what parts the words of a name


Columns = ReadOnlyColumnCollection[str, Any] | ColumnCollection[str, Any]
OtherNames = Callable[[Subquery, str], ColumnElement[bool]]


@dataclass(frozen=True)
class ListQuery:
    """The rows of a list as someone looks at them: `sort` is a column, `-` before it for descending, `key` the columns
    that tell rows apart; every word of `text` is looked for in the columns `search`, without case and accents. `filled`
    are columns that no row lacks; `then` is a column that orders rows which tie. `other_names` says, of the rows and of
    a regular expression that holds the whole text, which rows have another name that it matches. `seeks`: an index
    finds a row by its key, no part of which is ever unknown.
    """

    rows: Select[Any]
    key: tuple[str, ...]
    sort: str
    search: tuple[str, ...] = ()
    text: str = ""
    filled: tuple[str, ...] = ()
    then: str = ""
    other_names: OtherNames | None = None
    seeks: bool = False


def count_rows(connection: Connection, list_query: ListQuery) -> int:
    """How many rows it has."""
    found, where = _found(list_query)
    return connection.scalar(select(func.count()).select_from(found).where(*where)) or 0


def read_counted(
    connection: Connection, list_query: ListQuery, limit: int, offset: int
) -> tuple[int, Sequence[RowMapping]]:
    """How many rows it has, and some of them (the last ones beyond their end), in one query: for rows that must all be
    computed to show one.
    """
    rows, where = _found(list_query)
    every = select(rows).where(and_(True, *where)).cte("every").prefix_with("MATERIALIZED")
    page = _page_of(every, list_query, tuple(every.c.keys()), limit, offset)
    return _counted(connection, page.order_by(*_order(page.selected_columns, list_query)))


def read_keyed(
    connection: Connection, list_query: ListQuery, limit: int, offset: int
) -> tuple[int, Sequence[RowMapping]]:
    """The same, for rows that their key finds: order and number are worked out without what is not sorted, and the
    rest for the rows shown only.
    """
    rows, where = _found(list_query)
    sorted_by = [name for name in (list_query.sort.removeprefix("-"), list_query.then) if name]
    kept = (rows.c[name] for name in dict.fromkeys((*list_query.key, *sorted_by)))
    every = select(*kept).where(and_(True, *where)).cte("every").prefix_with("MATERIALIZED")
    return _counted(connection, _looked_up(list_query, _page_of(every, list_query, list_query.key, limit, offset)))


def _page_of(every: CTE, list_query: ListQuery, names: Collection[str], limit: int, offset: int) -> Select[Any]:
    """These columns of the rows of a page (the last one beyond their end), and `all_rows`, the number of all.

    Rows nearer to the end are looked for from the end: of the two selects one has no row, and costs nothing.
    """
    number = select(func.count().label("number")).select_from(every).cte("numbered").prefix_with("MATERIALIZED")
    counted = select(number.c.number).scalar_subquery()
    last = counted - 1 - (counted - 1) % limit
    start = case((counted > offset, offset), (counted > 0, last), else_=0)
    left = counted - start
    shown = case((left < limit, left), else_=limit)
    is_near = 2 * start <= counted
    columns = [every.c[name] for name in names]
    front = (
        select(*columns, counted.label("all_rows"))
        .order_by(*_order(every.c, list_query))
        .limit(case((is_near, limit), else_=0))
        .offset(start)
    )
    back = (
        select(*columns, counted.label("all_rows"))
        .order_by(*_order(every.c, list_query, backwards=True))
        .limit(case((is_near, 0), else_=shown))
        .offset(left - shown)
    )
    both = union_all(*(select(end.subquery()) for end in (front, back))).subquery("both_ends")
    return select(both)


def _counted(connection: Connection, counted: Select[Any]) -> tuple[int, Sequence[RowMapping]]:
    rows = connection.execute(counted).mappings().all()
    return (rows[0]["all_rows"] if rows else 0), rows


def _looked_up(list_query: ListQuery, page: Select[Any]) -> Select[Any]:
    """The whole rows of a page of keys, in order, and what more is said of each."""
    keys = page.cte("page").prefix_with("MATERIALIZED")  # rows of two tables would ask each for it
    shown = list_query.rows.order_by(None).subquery("shown")
    page_exists = and_(*(shown.c[name] == keys.c[name] for name in list_query.key))
    more = [column for column in keys.c if column.name not in list_query.key]
    return select(shown, *more).select_from(keys.join(shown, page_exists)).order_by(*_order(shown.c, list_query))


def without_values(rows: Select[Any], names: Collection[str]) -> Select[Any]:
    """The same rows, in which nothing is known of these columns."""
    columns = rows.subquery("known").c
    return select(*(cast(null(), one.type).label(one.name) if one.name in names else one for one in columns))


def has_rows(connection: Connection, rows: Select[Any]) -> bool:
    """Whether there is any."""
    return connection.execute(rows.limit(1)).first() is not None


def read_rows(
    connection: Connection, list_query: ListQuery, limit: int, offset: int, total: int | None = None
) -> Sequence[RowMapping]:
    """Some of its rows, with all the columns of its select.

    Of a known `total`, those nearer to the end are looked for from the end: what is passed over must be sorted too.
    Where many are passed over, they are sorted by their keys alone when these find the rows.
    """
    backwards = total is not None and offset > total // 2
    if total is not None and backwards:
        shown = max(0, min(limit, total - offset))
        limit, offset = shown, max(0, total - offset - shown)
    if list_query.seeks and offset >= DEEP:
        page = _ordered(list_query, list_query.key, backwards=backwards).limit(limit).offset(offset)
        return connection.execute(_looked_up(list_query, page)).mappings().all()
    rows = connection.execute(_ordered(list_query, backwards=backwards).limit(limit).offset(offset)).mappings().all()
    return rows[::-1] if backwards else rows


def stream_rows(connection: Connection, list_query: ListQuery) -> Generator[RowMapping, None, None]:
    """All of its rows, a thousand at a time: a list may hold millions. To be closed."""
    options = {"yield_per": STREAMED, SECONDS: STREAM_SECONDS}
    with connection.execute(_ordered(list_query), execution_options=options) as answer:
        yield from answer.mappings()


def _found(list_query: ListQuery) -> tuple[Subquery, list[ColumnElement[bool]]]:
    rows = list_query.rows.order_by(None).subquery("listed")
    words = [pattern(word) for word in fold(list_query.text).split()[:MAX_WORDS]]
    found = [or_(*(_text(rows.c[name]).regexp_match(word) for name in list_query.search)) for word in words]
    if words and list_query.other_names:
        whole = f"(^|{_BREAK}){f'{_BREAK}+'.join(words)}"
        return rows, [or_(and_(*found), list_query.other_names(rows, whole))]
    return rows, found


def _ordered(list_query: ListQuery, names: Collection[str] = (), *, backwards: bool = False) -> Select[Any]:
    """The rows in order, whole or these columns of them: what is not known comes last both ways; rows that tie keep one
    order on every page, which turns with that of the column.

    Written so that an index on the column and the key, read from either end, and a limit leave most rows unread.
    """
    rows, where = _found(list_query)
    columns = [rows.c[name] for name in names] or list(rows.c)
    return select(*columns).where(and_(True, *where)).order_by(*_order(rows.c, list_query, backwards=backwards))


def _order(rows: Columns, list_query: ListQuery, *, backwards: bool = False) -> list[ColumnElement[Any]]:
    name = list_query.sort.removeprefix("-")
    turned = desc if list_query.sort.startswith("-") != backwards else asc
    first = turned(_sortable(rows[name]))
    ties = [turned(rows[one]) for one in list_query.key if one != name]
    then = (
        [(desc if backwards else asc)(_sortable(rows[list_query.then]))]
        if list_query.then and list_query.then != name
        else []
    )
    if name not in list_query.filled:
        first = first.nulls_first() if backwards else first.nulls_last()
    return [first, *then, *ties]


def pattern(word: str) -> str:
    """A folded word as a regular expression of both engines: its letters in any case, with or without accents or
    ligature; « st » is « saint » too, and a hyphen whatever parts two words.
    """
    return _BREAK.join(_spelt(part) for part in word.split("-"))


def _spelt(word: str) -> str:
    spellings = (word, _ALIKE[word]) if word in _ALIKE else (word,)
    written = ["".join(_piece(piece) for piece in re.findall("oe|ae|.", spelling)) for spelling in spellings]
    return written[0] if len(written) == 1 else f"({'|'.join(written)})"


def _piece(piece: str) -> str:
    letters = "".join(_letter(letter) for letter in piece)
    return f"({letters}|[{_LIGATURES[piece]}])" if piece in _LIGATURES else letters


def _letter(letter: str) -> str:
    variants = _VARIANTS.get(letter, letter)
    if len(variants) == 1 and not letter.isalpha():
        return re.escape(letter)
    return f"[{variants}{variants.upper()}]"


def _text(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return column if isinstance(column.type, String) else cast(column, Text)


class _Bytes(FunctionElement[int]):
    """SQL: how many bytes a text has in UTF-8: more than letters when one of these is not ASCII."""

    type = Integer()
    inherit_cache = True


@compiles(_Bytes)
def _octets(element: _Bytes, compiler: SQLCompiler, **options: Any) -> str:
    return f"octet_length({compiler.process(element.clauses, **options)})"


@compiles(_Bytes, "sqlite")
def _blob_octets(element: _Bytes, compiler: SQLCompiler, **options: Any) -> str:
    """Its `octet_length` came with 3.43 only."""
    return f"length(CAST({compiler.process(element.clauses, **options)} AS BLOB))"


def _sortable(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Text is sorted as a dictionary does, without case and accents; the rest by its value."""
    if not isinstance(column.type, String):
        return column
    text: ColumnElement[Any] = type_coerce(column, Text)
    bare = text
    for letter, plain in zip(_SORTED[::2], _SORTED[1::2], strict=True):
        bare = func.replace(bare, letter, plain)
    # a dozen replacements of nothing are most of what a long list costs
    return func.lower(case((_Bytes(text) > func.length(text), bare), else_=text))
