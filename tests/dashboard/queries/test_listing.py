"""Search, order and pages of any list, in the database."""

from dataclasses import replace

import pytest
from sqlalchemy import Connection, Integer, Text, column, select, values

from data.i18n import search_key
from data.queries import listing
from data.queries.listing import (
    ListQuery,
    count_rows,
    has_rows,
    read_counted_page,
    read_counted_page_by_key,
    read_rows,
    stream_rows,
)

NAMES = ["Évrecy", "eu", "Écouché", "Le Havre", "Zoé", "L’Aigle", "100 % bio", "a_b", None]
GIVEN = [(name, name and search_key(name), None if at == 1 else at // 2) for at, name in enumerate(NAMES)]
COLUMNS = (column("name", Text), column("name_search_key", Text), column("seats", Integer))
TABLE = values(*COLUMNS, name="given").data(GIVEN).cte("given")
ROWS = select(TABLE.c.name, TABLE.c.seats)


def list_query(sort: str = "name", text: str = "") -> ListQuery:
    return ListQuery(ROWS, ("seats", "name"), sort, ("name",), text)


def names(connection: Connection, list_query: ListQuery, limit: int = 50, offset: int = 0) -> list[str | None]:
    return [row["name"] for row in read_rows(connection, list_query, limit, offset)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("EVR", {"Évrecy"}),
        ("é", {"Évrecy", "eu", "Écouché", "Le Havre", "Zoé", "L’Aigle"}),
        ("havre le", {"Le Havre"}),
        ("l'aigle", {"L’Aigle"}),
        ("l’aigle", {"L’Aigle"}),
        ("%", {"100 % bio"}),
        ("_", {"a_b"}),
        ("zoe", {"Zoé"}),
        ("[a-z]", set()),
        ("(", set()),
        ("\\", set()),
        (".", set()),
        ("xyz", set()),
    ],
)
def test_search_ignores_case_and_accents(connection: Connection, text: str, found: set[str]) -> None:
    assert set(names(connection, list_query(text=text))) == found
    assert count_rows(connection, list_query(text=text)) == len(found)


def test_text_is_sorted_alphabetically_with_nulls_last(connection: Connection) -> None:
    up = names(connection, list_query("name"))
    assert [name for name in up if name and name[0] in "ÉeZ"] == ["Écouché", "eu", "Évrecy", "Zoé"]
    assert [name for name in up if name and name[0] == "L"] == ["L’Aigle", "Le Havre"]
    assert up[-1] is None
    assert names(connection, list_query("-name"))[-1] is None
    seats = [row["seats"] for row in read_rows(connection, list_query("-seats"), 50, 0)]
    assert seats == [4, 3, 3, 2, 2, 1, 1, 0, None]


@pytest.mark.parametrize("sort", ["seats", "-seats", "name"])
def test_pages_cover_the_list_once(connection: Connection, sort: str) -> None:
    pages = [name for at in range(0, 9, 2) for name in names(connection, list_query(sort), 2, at)]
    assert sorted(map(str, pages)) == sorted(map(str, NAMES))
    assert [row["name"] for row in stream_rows(connection, list_query(sort))] == pages


@pytest.mark.parametrize("sort", ["seats", "-seats", "name", "-name"])
def test_a_page_is_the_same_read_from_either_end(connection: Connection, sort: str) -> None:
    query, total = list_query(sort), len(NAMES)
    for size in (1, 2, 4):
        for at in range(0, total + 2, size):
            assert read_rows(connection, query, size, at, total) == read_rows(connection, query, size, at)


@pytest.mark.parametrize("sort", ["name", "-name"])
@pytest.mark.parametrize("text", ["", "e", "xyz"])
def test_a_page_comes_with_the_number_of_rows(connection: Connection, sort: str, text: str) -> None:
    """Whatever is beyond the end is answered with the last page."""
    known = replace(list_query(sort, text), rows=ROWS.where(TABLE.c.seats.is_not(None), TABLE.c.name.is_not(None)))
    total = count_rows(connection, known)
    for read in (read_counted_page, read_counted_page_by_key):
        for size in (1, 2, 4):
            for at in range(0, 3 * size + total, size):
                number, page = read(connection, known, size, at)
                last = max(0, (total - 1) // size * size)
                expected = read_rows(connection, known, size, min(at, last))
                assert (number, [(row["name"], row["seats"]) for row in page]) == (
                    total,
                    [(row["name"], row["seats"]) for row in expected],
                )


@pytest.mark.parametrize("sort", ["seats", "-seats", "name", "-name"])
def test_rows_read_by_keys_are_the_same(connection: Connection, sort: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "DEEP_OFFSET", 1)
    known = replace(list_query(sort), rows=ROWS.where(TABLE.c.seats.is_not(None), TABLE.c.name.is_not(None)))
    total = count_rows(connection, known)
    for size in (1, 2, 4):
        for at in range(0, total + 2, size):
            for number in (None, total):
                sought = read_rows(connection, replace(known, has_key_index=True), size, at, number)
                assert sought == read_rows(connection, known, size, at)


def test_has_rows_equals_a_count(connection: Connection) -> None:
    assert has_rows(connection, ROWS)
    assert not has_rows(connection, ROWS.where(TABLE.c.seats > 99))
