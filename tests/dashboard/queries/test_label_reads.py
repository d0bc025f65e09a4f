"""What the charts and the list of the label read, against the same counted naively from the facts."""

from collections import Counter
from datetime import date
from statistics import median

import pytest
from sqlalchemy import Connection

from dashboard.charts.label import MAX_CHANGE_DAYS, read_changes_by_year, read_label_by_departement, read_label_delays
from dashboard.charts.parcours import AGE_CLASSES, STAGES, read_places_in_process
from dashboard.charts.trajectory import read_trajectory
from data.indicators.label import DELAI_LABELLISATION, LIEUX_EN_COURS, LIEUX_LABELLISES
from data.queries.indicators import read_value
from data.queries.pace import Projection, read_projection
from data.queries.parcours import labelled_or_in_process_places
from data.reference import read_departements
from data.selection import FilterOptions, Selection
from tests.dashboard import naive
from tests.dashboard.conftest import select
from tests.dashboard.facts import Facts, Place

QUERIES = (
    "au=2020-12-31",
    "dep=76&au=2020-06-10",
    "dep=14,50&porteur=prive&au=2020-12-31",
    "du=2019-03-15&au=2020-06-10",
    "du=2018-01-01&au=2018-12-31&porteur=public,associatif",
)
STEPS = {"application": "candidature", "complete_file": "dossier complet", "aract_opinion": "avis Aract"}


def selected_places(facts: Facts, selection: Selection) -> list[Place]:
    return [place for place in facts.places if naive.is_selected(selection, place.scope)]


def waiting(facts: Facts, selection: Selection) -> dict[int, tuple[str, int]]:
    """The latest step of the places in process, and the days since."""
    found = {}
    for place in selected_places(facts, selection):
        past = [(day, step) for day, step in place.steps if day <= selection.until]
        if past and not any(start <= selection.until for start, _end in place.spans):
            day, step = max(past)
            found[place.number] = (step, (selection.until - day).days)
    return found


@pytest.mark.parametrize("query", QUERIES)
def test_parcours_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    expected: Counter[tuple[str, str]] = Counter()
    for step, days in waiting(facts, selection).values():
        age = next(name for limit, name in AGE_CLASSES if limit is None or days < limit * 30.4375)
        expected[(STAGES[step][0], age)] += 1
    frame = read_places_in_process(connection, selection, options)
    assert {(row.stage, row.age): row.places for row in frame.itertuples() if row.places} == dict(expected)
    assert sum(frame["places"]) == read_value(connection, LIEUX_EN_COURS, selection).value


@pytest.mark.parametrize("query", QUERIES)
def test_the_list_has_every_place_labelled_or_in_process(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    rows = {row["name"]: row for row in connection.execute(labelled_or_in_process_places(selection)).mappings()}
    names = {one.code: one.name for one in read_departements()}
    steps = waiting(facts, selection)
    expected = [
        one for one in selected_places(facts, selection) if one.labelled_at(selection.until) or one.number in steps
    ]
    assert set(rows) == {place.name for place in expected}
    for place in expected:
        row = rows[place.name]
        assert (row["code"], row["departement"]) == (f"L{place.number}", names[place.scope[0]])
        if place.number in steps:
            step, days = steps[place.number]
            assert (row["state"], row["step"], row["waiting"]) == ("en parcours", STEPS[step], days)
            assert row["since"] == place.steps[0][0]
        else:
            assert (row["state"], row["step"], row["waiting"]) == ("labellisé", "labellisé", None)
            assert row["since"] == row["step_day"] == place.spans[0][0]


@pytest.mark.parametrize("query", QUERIES)
def test_label_changes_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    since = selection.since or date.min
    spans = [span for place in selected_places(facts, selection) for span in place.spans]
    frame = read_changes_by_year(connection, selection, options)
    for row in frame.itertuples():
        within = [
            [day for day in days if day and day.year == row.year and since <= day <= selection.until]
            for days in zip(*spans, strict=True)
        ]
        assert (row.began, row.ended, row.net) == (len(within[0]), len(within[1]), len(within[0]) - len(within[1]))
        assert row.is_whole == (row.until == date(row.year, 12, 31) and since <= date(row.year, 1, 1))
    if selection.since is None:
        assert sum(frame["net"]) == read_value(connection, LIEUX_LABELLISES, selection).value


@pytest.mark.parametrize("query", QUERIES)
def test_label_by_departement_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    codes = {one.name: one.code for one in read_departements()}
    frame = read_label_by_departement(connection, selection, options)
    assert {codes[name] for name in frame["panel"]} == set(selection.codes("dep") or codes.values())
    for row in frame.itertuples():
        places = [place for place in selected_places(facts, selection) if place.scope[0] == codes[row.panel]]
        assert row.value == sum(place.labelled_at(row.day) for place in places)
    for _name, rows in frame.groupby("panel"):
        assert list(rows["day"])[-1] == selection.until
        assert len(rows) <= MAX_CHANGE_DAYS + 2


@pytest.mark.parametrize("query", QUERIES)
def test_label_delays_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    delays: dict[int, list[int]] = {}
    for place in selected_places(facts, selection):
        for start, _end in place.spans:
            if (selection.since or date.min) <= start <= selection.until:
                delays.setdefault(start.year, []).append((start - place.steps[0][0]).days)
    frame = read_label_delays(connection, selection, options)
    assert {row.year: (row.cases, row.days) for row in frame.itertuples() if row.cases} == {
        year: (len(days), median(days)) for year, days in delays.items()
    }
    assert all((row.remark == "peu de cas") == row.has_few_cases == (row.cases < 5) for row in frame.itertuples())
    whole = read_value(connection, DELAI_LABELLISATION, selection)
    assert whole.value == median(day for days in delays.values() for day in days)
    cases, wait = sum(map(len, delays.values())), len(waiting(facts, selection))
    assert (whole.note or "").startswith(f"{cases} délai")
    assert f", {wait} encore ouvert" in (whole.note or "")


def test_the_trajectory_is_projected_on_its_due_date_only(connection: Connection, options: FilterOptions) -> None:
    selection = select("au=2020-12-31", options)
    found = read_projection(connection, selection)
    assert isinstance(found, Projection)
    frame = read_trajectory(connection, selection, options)
    rows = frame[frame["projected"].notna()]
    assert [tuple(row) for row in rows[["day", "projected", "low", "high"]].itertuples(index=False)] == [
        (date(2021, 12, 31), found.value, found.low, found.high)
    ]
    assert found.low <= found.value <= found.high
    for query in ("dep=76&au=2020-12-31", "au=2016-12-31"):  # no target; too few events
        frame = read_trajectory(connection, select(query, options), options)
        assert not len(frame) or frame["projected"].isna().all()
