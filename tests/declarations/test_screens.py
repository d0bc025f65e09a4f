"""Every chart, list and page is complete, and reached from another one."""

from __future__ import annotations

import pytest

from dashboard.charts import CHARTS, Chart
from dashboard.components.page import Page
from dashboard.exports.columns import TableColumn
from dashboard.lists import LISTS, Listing
from dashboard.pages import PAGES
from data.indicators import INDICATORS
from data.selection import FilterOptions, Selection
from data.sources import SOURCES
from tests.conftest import TODAY

PATHS = {page.path for page in PAGES}
REFUSED = ("lignes-a-corriger", "remarques", "chargements")  # lists about loads themselves: of no source, of all


def complete(columns: tuple[TableColumn, ...]) -> None:
    assert len({column.name for column in columns}) == len({column.header for column in columns}) == len(columns) > 1
    assert all(column.header[0].isupper() and column.header == column.header.strip() for column in columns)
    assert all(column.kind == "value" for column in columns if column.unit)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda one: one.slug)
def test_a_chart(chart: Chart) -> None:
    complete(chart.columns)
    assert set(chart.indicators) <= {one.slug for one in INDICATORS}
    assert chart.indicators
    assert chart.pages
    assert set(chart.pages) <= PATHS, "pages names a path that is not in the site map (dashboard/pages/__init__.py)"
    assert chart.subtitle[0].isupper()
    assert not chart.subtitle.endswith(".")


@pytest.mark.parametrize("listing", LISTS, ids=lambda one: one.slug)
def test_a_list(listing: Listing) -> None:
    complete(listing.columns)
    names = {column.name for column in listing.columns}
    assert listing.order.removeprefix("-") in names
    assert listing.path in PATHS
    assert set(listing.sources) <= {source.name for source in SOURCES}
    assert bool(listing.sources) is (listing.slug not in REFUSED)
    assert listing.title[0].isupper()
    assert all(listing.noun)
    assert not listing.note or listing.note.endswith(".")


@pytest.mark.parametrize("listing", LISTS, ids=lambda one: one.slug)
def test_a_list_selects_every_column_that_it_shows(listing: Listing) -> None:
    selected = set(listing.rows(Selection((), None, TODAY), FilterOptions({}, TODAY, TODAY)).selected_columns.keys())
    missing = {column.name for column in listing.columns} - selected
    assert not missing, f"{', '.join(sorted(missing))}: not selected by the rows of the list {listing.slug}"


@pytest.mark.parametrize("page", PAGES, ids=lambda one: one.path)
def test_a_page(page: Page) -> None:
    assert page.title("visites" if "indicateurs" in page.path else "61")
    assert page.parts
    assert page.css_class
    assert page.path.count("<slug>") <= 1
    assert not (page.menu and "<slug>" in page.path)
