import pytest

from dashboard.components.proof_list import PER_PAGE, Pages, asked_page, pager


@pytest.mark.parametrize(
    ("query", "rows", "number", "last"),
    [("", 0, 1, 1), ("", 100, 1, 1), ("", 101, 1, 2), ("page=2", 101, 2, 2), ("page=9", 250, 3, 3),
     ("page=0", 250, 1, 3), ("page=-1", 250, 1, 3),
     ("page=x", 250, 1, 3), ("page=" + "9" * 99, 250, 1, 3), ("page=²", 250, 1, 3)],
)  # fmt: skip
def test_the_page_asked_for_is_one_that_exists(query: str, rows: int, number: int, last: int) -> None:
    pages = asked_page(query, rows)
    assert (pages.number, pages.last, pages.offset) == (number, last, (number - 1) * PER_PAGE)


def test_links_keep_the_filters_and_lead_elsewhere() -> None:
    links = [item.children.href for item in pager("/indicateurs/visites/lignes", "dep=61", Pages(2, 450))]
    assert [link.rsplit("page=")[1] for link in links] == ["1", "1", "3", "5"]
    assert all(link.startswith("/indicateurs/visites/lignes?dep=61&page=") for link in links)
    assert pager("/x", "", Pages(1, 30)) == []
    assert pager("/x", "", Pages(1, 101))[0].children.href == "/x?page=2"
