"""Which private places each level leaves out: the rules on frames, against the same on sets of places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.facts.suppression import DEPARTEMENT, EPCI, LEVELS, REGION, REGION_TYPOLOGY, level_for_columns
from etl.rollups.suppression import runs_of
from etl.rollups.suppression_rules import suppress, suppress_parts
from tests.naive import suppression as naive

MONTHS = (201903, 202003)


@dataclass(frozen=True)
class Place:
    """A private place that declared in some months."""

    place_id: int
    dep: str
    epci: str
    typologies: str
    seated: bool
    months: tuple[int, ...]


@st.composite
def places(draw: st.DrawFn) -> list[Place]:
    """Up to thirty, in up to three départements of up to three intercommunalités; of several typologies."""
    found = []
    for place_id in range(draw(st.integers(1, 30))):
        dep = draw(st.sampled_from("ABC"))
        found.append(
            Place(
                place_id,
                dep,
                draw(st.sampled_from((f"{dep}1", f"{dep}2", "astride"))),
                draw(st.sampled_from(("|a|", "|b|", "|a|b|", ""))),
                draw(st.booleans()),
                tuple(sorted(draw(st.sets(st.sampled_from(MONTHS), min_size=1)))),
            )
        )
    return found


def _frame(world: Sequence[Place]) -> pl.DataFrame:
    rows = [
        {
            "place_id": one.place_id,
            "month": month,
            "unit": 1,
            "dep": one.dep,
            "epci": one.epci,
            "typologies": one.typologies,
            "seated": one.seated,
            "paired": month - 100 in one.months,
        }
        for one in world
        for month in one.months
    ]
    return pl.DataFrame(rows)


def _left_out(frame: pl.DataFrame, kind: str, month: int, only: str = "") -> dict[int, set[int]]:
    here = frame.filter(pl.col("month") == month, pl.col(only) if only else pl.lit(value=True))
    return {level.number: set(here.filter(f"{kind}_{level.number}")["place_id"]) for level in LEVELS}


@given(places())
def test_frames_leave_out_what_sets_do(world: list[Place]) -> None:
    frame = suppress_parts(_frame(world))
    declared = {month: [one for one in world if month in one.months] for month in MONTHS}
    hidden = {month: naive.suppress(declared[month]) for month in MONTHS}
    for month in MONTHS:
        assert _left_out(frame, "declared", month) == hidden[month]
        seated = [one for one in declared[month] if one.seated]
        base = {level: {one.place_id for one in seated} & hidden[month][level] for level in naive.LEVELS}
        publish = [naive.published(declared[month], hidden[month])]
        assert _left_out(frame, "seated", month, "seated") == naive.suppress(seated, base, publish)
    now, before = MONTHS[1], MONTHS[0]
    paired = [one for one in declared[now] if before in one.months]
    here = {one.place_id for one in paired}
    base = {level: here & (hidden[now][level] | hidden[before][level]) for level in naive.LEVELS}
    publish = [naive.published(declared[month], hidden[month]) for month in (now, before)]
    assert _left_out(frame, "paired", now, "paired") == naive.suppress(paired, base, publish)


@given(places())
def test_no_combination_of_a_cell_and_its_parts_is_one_or_two_places(world: list[Place]) -> None:
    members = [one for one in world if MONTHS[0] in one.months]
    hidden = naive.suppress(members)
    published = naive.published(members, hidden)
    ranks = {one.place_id: rank for rank, one in enumerate(members)}

    def answer(shown: set[int]) -> list[int]:
        return [int(place in shown) for place in ranks]

    for level in naive.LEVELS:
        for key, shown in published[level].items():
            inside = naive.cells(members, level)[key]
            for part in naive.PARTS[level]:
                answers = [shown, *(found & inside for found in published[part].values())]
                matrix = np.array([answer(one) for one in answers if one])
                if matrix.size:
                    assert _smallest_sum(matrix) >= 3, (level, key, part)


def _smallest_sum(matrix: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> int:
    """The fewest places that a combination of a cell and its disjoint parts can be the sum of: the columns alike go
    together, so that it is the smallest group which some combination isolates.
    """
    columns = sorted(tuple(column) for column in matrix.T if any(column))
    return min((len(list(group)) for _column, group in groupby(columns)), default=3)


def test_places_that_are_many_are_all_published() -> None:
    world = [Place(rank, "A", "A1", "|a|", True, MONTHS) for rank in range(3)]
    frame = suppress(_frame(world), "expected")
    assert not any(frame[f"expected_{level.number}"].any() for level in LEVELS)


def test_a_place_alone_is_left_out_of_its_whole_too() -> None:
    """Five in a département, one in another: the whole less its parts would be that one."""
    world = [Place(rank, "A", "A1", "|a|", True, MONTHS[:1]) for rank in range(5)]
    world.append(Place(9, "B", "B1", "|a|", True, MONTHS[:1]))
    frame = suppress(_frame(world), "declared")
    for level in (REGION, DEPARTEMENT, EPCI, REGION_TYPOLOGY):
        assert frame.filter(f"declared_{level.number}")["place_id"].to_list() == [9], level


def test_places_alone_that_are_three_are_in_the_whole() -> None:
    world = [Place(rank, dep, f"{dep}1", "|a|", True, MONTHS[:1]) for rank, dep in enumerate("ABC")]
    frame = suppress(_frame(world), "declared")
    assert not frame[f"declared_{REGION.number}"].any()
    assert frame[f"declared_{DEPARTEMENT.number}"].all()


def test_runs_are_months_that_follow_each_other() -> None:
    months = (201911, 201912, 202001, 202003)
    masks = pl.DataFrame(
        {
            "place_id": [7] * 4,
            "month": months,
            "unit": [1] * 4,
            "declared": [REGION.bit, REGION.bit, REGION.bit | EPCI.bit, EPCI.bit],
            "expected": [0] * 4,
            "seated": [0] * 4,
            "paired": [0] * 4,
        }
    )
    found = {(row["level"], row["first"], row["last"]) for row in runs_of(masks).to_dicts()}
    assert found == {(1, 201911, 202001), (3, 202001, 202001), (3, 202003, 202003)}


def test_the_level_of_a_request() -> None:
    assert level_for_columns([]) is REGION
    assert level_for_columns(["dep", "holder_type", "month"]) is DEPARTEMENT
    assert level_for_columns(["epci"]) is EPCI
    assert level_for_columns(["dep", "epci"]) is EPCI
    assert level_for_columns(["typologies", "unit"]) is REGION_TYPOLOGY
