"""What addresses say of lists: junk is dropped and told, filters and other lists are kept."""

import pytest

from dashboard.exports.columns import TableColumn
from dashboard.lists import LISTS
from dashboard.lists.model import PAGE_SIZES, Listing
from dashboard.lists.state import (
    is_list_parameter,
    list_parameters,
    read_list_state,
    replace_parameters,
    without_page_numbers,
    without_pages,
    write_query,
)


def listing(search: tuple[str, ...] = ("name",)) -> Listing:
    return Listing(
        slug="lieux",
        path="/lieux",
        title="Lieux",
        rows=lambda _selection, _known: pytest.fail("not read"),
        columns=(TableColumn("name", "Nom"), TableColumn("day", "Date", "day")),
        order="-day",
        key=("name",),
        empty_message=lambda _selection, _known: "",
        sources=(),
        filters=(),
        search=search,
    )


@pytest.mark.parametrize(
    ("query", "sort", "page", "text", "ignored"),
    [
        ("", "-day", 1, "", 0),
        ("?tri-lieux=name&page-lieux=3&q-lieux=caen", "name", 3, "caen", 0),
        ("tri-lieux=-name", "-name", 1, "", 0),
        ("tri-lieux=rien", "-day", 1, "", 1),
        ("tri-lieux=--day&page-lieux=0", "-day", 1, "", 2),
        ("page-lieux=-1", "-day", 1, "", 1),
        ("page-lieux=toutes", "-day", 1, "", 0),
        ("page-lieux=%C2%B2", "-day", 1, "", 1),
        ("page-lieux=" + "9" * 99, "-day", 1, "", 1),
        ("tri-lieux=name&tri-lieux=day", "name", 1, "", 0),
        ("tri-autre=rien&page-autre=x&lignes-autre=7", "-day", 1, "", 0),
        ("lignes-lieux=7", "-day", 1, "", 1),
        ("q-lieux=%20%20le%20%20havre%20", "-day", 1, "le havre", 0),
    ],
)
def test_a_query_gives_a_list_state_or_notices(query: str, sort: str, page: int, text: str, ignored: int) -> None:
    state = read_list_state(listing(), query)
    assert (state.sort, state.page, state.text, len(state.notices)) == (sort, page, text, ignored)


def test_a_list_without_search_ignores_a_text_and_a_long_text_is_cut() -> None:
    assert read_list_state(listing(search=()), "q-lieux=caen").text == ""
    assert len(read_list_state(listing(), "q-lieux=" + "a" * 3_000).text) == 100


def test_only_parameters_of_known_lists_are_list_parameters() -> None:
    assert is_list_parameter("tri-lieux", {"lieux"})
    assert not is_list_parameter("tri-autre", {"lieux"})
    assert not is_list_parameter("du", {"lieux"})
    given = list_parameters("?dep=14&tri-lieux=name&page-lieux=2&lignes-lieux=10&utm=x&q-lieux=a%20b", {"lieux"})
    assert given == (("tri-lieux", "name"), ("page-lieux", "2"), ("lignes-lieux", "10"), ("q-lieux", "a b"))
    assert without_page_numbers(given) == (("tri-lieux", "name"), ("lignes-lieux", "10"), ("q-lieux", "a b"))
    assert without_pages(given) == (("tri-lieux", "name"), ("q-lieux", "a b"))


def test_the_address_gives_the_rows_per_page() -> None:
    assert read_list_state(listing(), "").per_page == 25
    assert read_list_state(listing(), "lignes-lieux=100").per_page == 100
    assert {one.per_page for one in LISTS} <= set(PAGE_SIZES)


def test_a_card_folds_what_is_not_in_its_head() -> None:
    for one in LISTS:
        shown = {column.name for column in one.screen_columns}
        assert set(one.card_head) < shown, one.slug
        assert one.folded_columns <= shown - {one.screen_columns[0].name, *one.card_head}, one.slug
    assert not listing().folded_columns


def test_write_query_puts_filters_first() -> None:
    given = (("tri-lieux", "name"), ("page-lieux", "2"))
    assert write_query("dep=14", replace_parameters(given, {"page-lieux": "", "q-lieux": "é&="})) == (
        "dep=14&tri-lieux=name&q-lieux=%C3%A9%26%3D"
    )
    assert write_query("", ()) == ""
