"""What the page of attendance reads, against the same counted naively from the facts."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Connection

from dashboard.charts.attendance_by_departement import read_departement_visits
from dashboard.charts.attendance_declarations import read_missing_declarations
from dashboard.charts.attendance_years import read_comparable_places, read_seasonal_visits, seasonal_visits_finding
from dashboard.pages.attendance.tiles import read_attendance_tiles
from data.i18n import MONTHS_SHORT
from data.indicators import indicator_named
from data.queries.attendance_places import ALL_MONTHS, declaring_places
from data.queries.comparable_places import read_comparison
from data.queries.indicators import read_value
from data.selection import FilterOptions, Selection
from data.types import month_after, month_end, month_number, months_between
from data.units import VISITS
from tests.dashboard import naive
from tests.dashboard.conftest import select
from tests.dashboard.facts import Facts, Report

QUERIES = (
    "au=2020-12-31",
    "dep=76&au=2020-12-31",
    "dep=14,50&porteur=prive&au=2020-11-15",
    "typologie=coworking&au=2020-06-30",
    "du=2020-03-15&au=2020-10-10",
)


def last_twelve(selection: Selection) -> list[int]:
    """The last twelve whole months, whatever the start of the period."""
    last = month_number(selection.until)
    last = last if month_end(last) == selection.until else month_after(last, -1)
    return months_between(month_after(last, -11), last)


def selected_reports(facts: Facts, selection: Selection, months: list[int]) -> list[Report]:
    return [one for one in facts.reports if one.month in months and naive.is_selected(selection, one.place.scope)]


@pytest.mark.parametrize("query", QUERIES)
def test_departement_visits_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    frame = read_departement_visits(connection, selection, options)
    months = set(frame["month"])
    assert months or "prive" in query  # of two départements with few private places, nothing can be shown
    assert len(months) <= 24
    assert all(naive.is_whole(month, selection) for month in months)
    for row in frame.to_dict("records"):
        part = selection.with_codes("dep", [row["code"]])
        visits, reports, expected, answered = naive.month_of_visits(facts, part, row["month"])
        left_out = naive.omitted(facts, part, row["month"], "declared")
        declaring = {one.place.number for one in selected_reports(facts, part, [row["month"]])}
        assert (row["value"], row["omitted"]) == (visits, len(left_out & declaring))
        assert (row["reports"], row["expected"], row["answered"]) == (reports, expected, answered)
        assert row["is_weak"] == (expected > 0 and answered < expected / 2)


def test_some_departements_leave_private_places_out(connection: Connection, options: FilterOptions) -> None:
    frame = read_departement_visits(connection, select("au=2020-12-31", options), options)
    assert {places > 0 for places in frame["omitted"]} == {True, False}


@pytest.mark.parametrize("query", QUERIES)
def test_comparable_places_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    months = last_twelve(selection)
    now = {(one.place.number, one.month): one.visits for one in selected_reports(facts, selection, months)}
    earlier = [month - 100 for month in months]
    before = {(one.place.number, one.month + 100): one.visits for one in selected_reports(facts, selection, earlier)}
    hidden = {month: naive.omitted(facts, selection, month, "paired") for month in months}
    both = sorted(pair for pair in set(now) & set(before) if pair[0] not in hidden[pair[1]])
    shown = {
        pair: value
        for pair, value in now.items()
        if pair[0] not in naive.omitted(facts, selection, pair[1], "declared")
    }
    frame = read_comparable_places(connection, selection, options)
    assert {(row.month, row.now, row.before) for row in frame.itertuples()} == {
        (month, *(sum(year[pair] for pair in both if pair[1] == month) for year in (now, before)))
        for month in {month for _place, month in both}
    }
    found = read_comparison(connection, selection)
    assert (found.visits or 0, found.now or 0) == (sum(shown.values()), sum(now[pair] for pair in both))
    assert (found.places, found.declared) == (len({one for one, _ in both}), len({one for one, _ in shown}))


@pytest.mark.parametrize("query", QUERIES)
def test_season_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    frame = read_seasonal_visits(connection, selection, options)
    for row in frame.to_dict("records"):
        visits, reports, *_ = naive.month_of_visits(facts, selection, row["year"] * 100 + row["month"])
        assert row["average"] == (visits / reports if visits is not None else None)
    assert sum(value for value in frame["visits"] if value is not None) == sum(
        one.visits
        for one in facts.reports
        if naive.is_selected(selection, one.place.scope)
        and naive.is_whole(one.month, selection)
        and one.place.number not in naive.omitted(facts, selection, one.month, "declared")
    )


@pytest.mark.parametrize("query", QUERIES)
def test_missing_declarations_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    frame = read_missing_declarations(connection, selection, options)
    months = [month for month in last_twelve(selection) if naive.is_whole(month, selection)]
    whole = [naive.month_of_visits(facts, selection, month) for month in months]
    expected, answered = (sum(one[at] for one in whole) for at in (2, 3))
    assert len(frame) == 0 if not expected else frame.attrs["expected"] == expected
    if not expected:
        return
    assert frame.attrs["missing"] == expected - answered
    parts = _territories(selection, facts)
    counted = [naive.month_of_visits(facts, part, month) for part in parts for month in months]
    counted = counted if any(one[2] for one in counted) else whole  # no territory alone can be shown: the whole is
    expected, answered = (sum(one[at] for one in counted) for at in (2, 3))
    if frame.attrs["all"] == len(frame):
        assert (sum(frame["expected"]), sum(frame["missing"])) == (expected, expected - answered)
    assert list(frame["missing"]) == sorted(frame["missing"], reverse=True)


def _territories(selection: Selection, facts: Facts) -> list[Selection]:
    """One for each département, or intercommunalité when a territory is chosen."""
    key, at = ("epci", 1) if selection.codes("dep") or selection.codes("epci") else ("dep", 0)
    codes = sorted({place.scope[at] for place in facts.places if naive.is_selected(selection, place.scope)})
    return [selection.with_codes(key, [code]) for code in codes]


@pytest.mark.parametrize("query", QUERIES)
def test_declaring_places_list_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    months = last_twelve(selection)
    rows = {row.code: row for row in connection.execute(declaring_places(selection))}
    concerned = 0
    for place in facts.places:
        given = {one.month: one.visits for one in facts.reports if one.place is place and one.month <= months[-1]}
        expected = [month for month in months if place.labelled_during(month)]
        recent = [month for month in given if month in months]
        if not naive.is_selected(selection, place.scope) or not (expected or recent):
            assert f"L{place.number}" not in rows
            continue
        concerned += 1
        row = rows[f"L{place.number}"]
        missing = [month for month in expected if month not in given]
        assert (row.expected, row.answered, row.missing) == (len(expected), len(expected) - len(missing), len(missing))
        named = ", ".join(f"{MONTHS_SHORT[month % 100 - 1]} {month // 100}" for month in missing)
        assert row.months == (ALL_MONTHS if expected and len(missing) == len(expected) else named)
        assert row.last == (max(given) if given else None)
        declared = sum(given[month] for month in recent) if recent else None
        assert row.value == (None if place.scope[2] == "private" else declared)
    assert len(rows) == concerned > 0


@pytest.mark.parametrize("query", QUERIES)
def test_the_rows_behind_a_tile_make_its_number(connection: Connection, options: FilterOptions, query: str) -> None:
    tiles = read_attendance_tiles(connection, select(query, options))
    assert tuple(one.slug for one in tiles) == (
        "visites",
        "evolution-lieux-comparables",
        "taux-reponse",
        "visites-par-poste",
    )
    for shown in tiles:
        indicator = indicator_named(shown.slug)
        assert indicator is not None
        behind = read_value(connection, indicator, Selection.from_query(shown.query, options)[0])
        assert shown.value == indicator.unit.value_text(behind.value)
        assert shown.status


def test_the_start_of_the_period_does_not_change_the_comparison(connection: Connection, options: FilterOptions) -> None:
    selection = select("au=2020-12-31", options)
    assert read_comparison(connection, replace(selection, since=date(2020, 11, 1))) == read_comparison(
        connection, selection
    )


def test_attendance_values_have_their_response_rate(connection: Connection, options: FilterOptions) -> None:
    selection = select("au=2020-12-31", options)
    for slug in ("visites", "visites-par-poste", "evolution-lieux-comparables"):
        indicator = indicator_named(slug)
        assert indicator is not None
        reading = read_value(connection, indicator, selection)
        assert reading.reason or "taux de réponse" in (reading.note or "")


def test_the_season_ends_with_the_last_declarations(connection: Connection, options: FilterOptions) -> None:
    frame = read_seasonal_visits(connection, select("au=2020-12-31", options), options)
    later = replace(select("au=2020-12-31", options), until=date(2031, 1, 15))
    again = read_seasonal_visits(connection, later, options)
    assert (again["year"].iloc[-1], again["month"].iloc[-1]) == (2020, 12)
    assert seasonal_visits_finding(again, VISITS) == seasonal_visits_finding(frame, VISITS)
