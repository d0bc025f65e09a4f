"""The charts, tiles and lists of partners, counted again from the facts one by one."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection

from dashboard.charts.meetings import read_meeting_outcomes
from dashboard.charts.objectives import read_objectives
from dashboard.charts.partners import (
    FOLLOW_UP,
    WITHOUT_COMMUNE,
    read_activities_by_period,
    read_activity_matrix,
)
from dashboard.pages.partners.tiles import mediation_network_text, read_partner_tiles
from data.indicators import indicator_named
from data.queries.agenda import selected_agenda_rows
from data.queries.indicators import read_value
from data.queries.partners import epcis_without_activity, read_recent_activity_counts
from data.reference import read_epci
from data.selection import FilterOptions, Selection
from tests.dashboard.activities import Activity
from tests.dashboard.conftest import select
from tests.dashboard.facts import Facts
from tests.dashboard.naive import is_selected

QUERIES = ("au=2020-12-31", "dep=76&au=2020-06-10", "du=2020-01-15&porteur=prive", "partenaire=aract,universites")
NOWHERE = ("-", "-", "-", "")


def done(facts: Facts, selection: Selection) -> list[Activity]:
    return [
        one
        for one in facts.activities
        if one.partner in (selection.codes("partenaire") or (one.partner,))
        and one.partner
        and (selection.since or one.day) <= one.day <= selection.until
        and is_selected(selection, one.place.scope if one.place else NOWHERE)
    ]


@pytest.mark.parametrize("query", QUERIES)
def test_matrix_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    frame = read_activity_matrix(connection, selection, options)
    counted = done(facts, selection)
    assert sum(value or 0 for value in frame["value"]) == len(counted)
    labels = {option.label: option.code for option in options.by_filter["partenaire"]}
    for label, code in labels.items():
        cells = frame[frame["column"] == label]
        chosen = code in (selection.codes("partenaire") or labels.values())
        assert len(cells) == (len(set(frame["row"])) if chosen else 0)
        assert sum(value or 0 for value in cells["value"]) == sum(one.partner == code for one in counted)
        assert all((value is None) == (code == "tes") for value in cells["value"]), "nothing is known of « tes »"
    assert (WITHOUT_COMMUNE in set(frame["row"])) == any(one.place is None for one in counted)


@pytest.mark.parametrize("query", QUERIES)
def test_periods_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    frame, counted = read_activities_by_period(connection, selection, options), done(facts, selection)
    families = {"workshop": "Animation", "managers_meeting": "Animation", "seminar": "Animation", "support": "Appui"}
    for family in ("Animation", "Appui", "Instruction"):
        expected = sum(families.get(one.kind, "Instruction") == family for one in counted)
        assert sum(frame[frame["family"] == family]["actions"]) == expected
    assert max(frame["until"]) == selection.until


@pytest.mark.parametrize(
    ("since", "name"), [("2020-11-01", "nov. 2020"), ("2018-02-01", "T1 2018"), ("2010-01-01", "2010")]
)
def test_longer_selections_have_longer_periods(
    connection: Connection, options: FilterOptions, since: str, name: str
) -> None:
    frame = read_activities_by_period(connection, select(f"du={since}&au=2021-01-15", options), options)
    if since == "2020-11-01":
        assert not len(frame)  # nothing happened since
        frame = read_activities_by_period(connection, select("du=2020-04-01&au=2021-01-15", options), options)
        name = "avr. 2020"
    assert frame["period"].tolist()[0] == name
    assert frame["until"].tolist()[-1] == date(2021, 1, 15)


@pytest.mark.parametrize("query", QUERIES)
def test_meeting_outcomes_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    frame = read_meeting_outcomes(connection, selection, options)
    year_ago = selection.until.replace(year=selection.until.year - 1)
    meetings = [one for one in done(facts, selection) if one.kind == "prior_meeting"]
    old = [one for one in meetings if one.day < year_ago]
    if not old:
        assert not len(frame)
        return
    voted = [one for one in old if any(_is_for(vote, one) and vote.day <= selection.until for vote in facts.votes)]
    labelled = [
        one for one in voted if one.place and any(one.day <= span[0] <= selection.until for span in one.place.spans[:1])
    ]
    assert frame["count"].tolist() == [len(old), len(voted), len(labelled)]
    assert frame.attrs["recent"] == len(meetings) - len(old)


def _is_for(vote: Any, meeting: Activity) -> bool:
    return bool(vote.scheme == "emergence" and vote.place is meeting.place and vote.day >= meeting.day)


def test_objectives_frame_equals_the_facts(connection: Connection, options: FilterOptions, facts: Facts) -> None:
    def read(query: str) -> list[dict[str, Any]]:
        return list(read_objectives(connection, select(query, options), options).to_dict("records"))

    with_target = [row for row in read("au=2020-12-31") if row["value"] is not None]
    year = [one for one in done(facts, select("", options)) if one.partner == "aract" and one.day.year == 2020]
    (row,) = with_target
    assert (row["done"], row["value"], row["share"]) == (len(year), 60, pytest.approx(len(year) / 60))
    for query in ("dep=61&au=2020-12-31", "porteur=prive&au=2020-12-31", "partenaire=aten", "au=2019-12-31"):
        rows = read(query)
        assert all(row["value"] is row["share"] is None for row in rows), query
        assert {row["state"].partition(",")[0] for row in rows} <= {"sans objectif voté"}, query


@pytest.mark.parametrize("query", ["au=2020-12-31", "au=2021-01-15&partenaire=aten", "dep=76&au=2020-06-10"])
def test_follow_up_frame_equals_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    frame = FOLLOW_UP.read(connection, selection, options)
    labelled = [one for one in facts.places if one.labelled_at(selection.until) and is_selected(selection, one.scope)]
    last = {one.place: one.day for one in sorted(done(facts, selection), key=lambda one: one.day)}
    year_ago = selection.until.replace(year=selection.until.year - 1)
    recent = sum(place in last and last[place] > year_ago for place in labelled)
    never = sum(place not in last for place in labelled)
    sums = [sum(frame[name]) for name in ("recent", "older", "never", "places")]
    assert sums == [recent, len(labelled) - recent - never, never, len(labelled)]


@pytest.mark.parametrize("query", QUERIES)
def test_the_rows_behind_a_tile_make_its_number(connection: Connection, options: FilterOptions, query: str) -> None:
    selection = select(query, options)
    tiles = read_partner_tiles(connection, selection)
    assert tuple(one.slug for one in tiles) == (
        "actions-partenaires",
        "participations",
        "epci-touches",
        "rencontres-vers-emergence",
    )
    for shown in tiles:
        indicator = indicator_named(shown.slug)
        assert indicator
        assert shown.query == selection.to_query()
        assert shown.value == indicator.unit.value_text(read_value(connection, indicator, selection).value)
        assert shown.status


def test_the_twelve_months_before_are_compared_only_when_selected(
    connection: Connection, options: FilterOptions
) -> None:
    whole = read_recent_activity_counts(connection, select("au=2020-12-31", options))
    assert whole
    assert (whole.last > 0, (whole.before or 0) > 0) == (True, True)
    part = read_recent_activity_counts(connection, select("du=2019-06-01&au=2020-12-31", options))
    assert part
    assert (part.last, part.before) == (whole.last, None)
    assert read_recent_activity_counts(connection, select("du=2020-06-01&au=2020-12-31", options)) is None


def test_agenda_equals_the_facts(connection: Connection, options: FilterOptions, facts: Facts) -> None:
    def listed(query: str) -> list[Any]:
        return list(connection.execute(selected_agenda_rows(select(query, options), options.today).order_by("day")))

    everything = listed("")
    assert len(everything) == len(facts.activities)
    assert (everything[-1].when, everything[-1].partner_label) == ("à venir", "agenda ouvert")
    assert len(listed("au=2020-12-31")) == len(facts.activities) - 1
    assert {row.partner_label for row in listed("partenaire=universites")} == {"Composantes universitaires"}


@pytest.mark.parametrize("query", ["au=2020-12-31", "dep=61&du=2020-06-01", "partenaire=aten"])
def test_epcis_without_activity_equal_the_facts(
    connection: Connection, options: FilterOptions, facts: Facts, query: str
) -> None:
    selection = select(query, options)
    found = {row.code: row for row in connection.execute(epcis_without_activity(selection))}
    seats = {one.code for one in read_epci() if one.seat_in_normandie}
    whole = Selection(selection.with_codes("dep", ()).choices, None, selection.until)
    touched = {one.place.scope[1] for one in done(facts, whole) if one.place}
    deps = {option.code: option.parent_codes for option in options.by_filter["epci"]}
    requested = {code for code in seats if not selection.codes("dep") or set(selection.codes("dep")) & set(deps[code])}
    assert set(found) == requested - touched
    for code, row in found.items():
        labelled = sum(one.scope[1] == code and one.labelled_at(selection.until) for one in facts.places)
        assert row.labelled == labelled


def test_epn_are_never_added() -> None:
    assert (
        mediation_network_text(41).replace("\u202f", " ")
        == "Réseau des EPN : 41 lieux, jamais ajoutés aux tiers-lieux."
    )
    assert "1 lieu, jamais ajouté aux" in mediation_network_text(1)


def test_no_epci_is_listed_for_a_partner_without_any_activity(connection: Connection, options: FilterOptions) -> None:
    for query in ("partenaire=tes", "au=2018-01-01"):
        assert not connection.execute(epcis_without_activity(select(query, options))).all()
