"""Nobody computes the attendance of one private place, nor of two, from a figure and its parts along one dimension.

Each private place declares a power of five, and the others zero: a figure then spells, in base five, which places it
sums and over how many of the four months.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select

from data.engine import reading
from data.indicators import GROUPINGS
from data.indicators.attendance import TAUX_REPONSE, VISITES, VISITES_PAR_POSTE
from data.queries.attendance import read_comparable_months, read_visits_by_month
from data.queries.indicators import read_breakdown, read_value
from data.queries.options import read_filter_options
from data.schema import place
from data.selection import FilterOptions, Selection
from data.types import month_end
from tests import naive
from tests.conftest import TODAY, NewEngine
from tests.etl.deliveries import deliver
from tests.naive.attendance import OMITTING

pytestmark = [pytest.mark.without_coverage, pytest.mark.any_engine]

BASE = 5
SAMPLE = 16  # selections of each world
MONTHS = (201903, 201904, 202003, 202004)
COMMUNES = ("14118", "14366", "14333", "27065", "50502", "50147", "61001")  # 14333 and 27065: one intercommunalité
TYPOLOGIES = ("coworking", "fablab", "coworking|fablab", "atelier", "")
FILTERS = {
    "dep": (("14",), ("50",), ("61",), ("14", "50"), ("14", "27", "50")),
    "epci": (("200066827",), ("200066389",), ("200066827", "200066389")),
    "typologie": (("coworking",), ("fablab",), ("coworking", "fablab")),
    "porteur": (("prive",), ("prive", "associatif")),
}
PERIODS = ((None, 202004), (201903, 201904), (202003, 202004), (202004, 202004), (201904, 202003))


@dataclass(frozen=True)
class Private:
    """A private place: where it is, what it is, and in which months it declared."""

    commune: str
    typology: str
    seats: int
    months: tuple[int, ...]


PRIVATE = st.builds(
    Private,
    st.sampled_from(COMMUNES),
    st.sampled_from(TYPOLOGIES),
    st.sampled_from((0, 5, 8)),
    st.sets(st.sampled_from(MONTHS), min_size=1).map(lambda found: tuple(sorted(found))),
)
WORLDS = st.lists(PRIVATE, min_size=4, max_size=12)


def _load(engine: Engine, world: Sequence[Private], folder: Path) -> None:
    """The world's places and declarations, with one public place in each commune."""
    kinds = [(one.commune, one.typology, one.seats, "privé", one.months) for one in world]
    kinds += [(commune, "coworking", 4, "public", MONTHS) for commune in COMMUNES]
    places, labels, visits = [], [], []
    for rank, (commune, typology, seats, holder, months) in enumerate(kinds):
        code = f"P{rank:02d}"
        places.append(
            {"id_lieu": code, "nom": code, "code_insee": commune, "porteur": f"Porteur {rank}", "type_porteur": holder}
            | {"typologie": typology, "postes": seats or ""}
        )
        labels.append({"id_lieu": code, "etape": "labellisé", "date": "01/01/2018"})
        for month in months:
            first, last = date(month // 100, month % 100, 1), month_end(month)
            value = BASE**rank if holder == "privé" else 0
            visits.append(
                {"id_lieu": code, "debut": f"{first:%d/%m/%Y}", "fin": f"{last:%d/%m/%Y}", "unite": "visites"}
                | {"valeur": value, "jours_ouverts": 20}
            )
    for name, rows in (("places", places), ("labels", labels), ("attendance", visits)):
        report = deliver(engine, folder / f"{name}.csv", rows, confirm=True)
        assert report.status == "loaded", report


def _selections(world: Sequence[Private], options: FilterOptions) -> list[Selection]:
    """Some of the filters alone and of the pairs, over some of the periods; others in another world."""
    return Random(repr(world)).sample(list(_every_selection(options)), SAMPLE)


def _every_selection(options: FilterOptions) -> Iterator[Selection]:
    choices: list[dict[str, tuple[str, ...]]] = [{}]
    choices += [{key: codes} for key, options in FILTERS.items() for codes in options]
    choices += [
        {one: first, other: second}
        for one, other in combinations(FILTERS, 2)
        for first in FILTERS[one][:2]
        for second in FILTERS[other][:2]
    ]
    for chosen in choices:
        known_codes = {
            key: tuple(code for code in codes if code in {option.code for option in options.by_filter[key]})
            for key, codes in chosen.items()
        }
        if not all(known_codes.values()):
            continue
        blank = Selection((), None, options.until, until_given=True)
        selection = blank
        for key, codes in known_codes.items():
            selection = selection.with_codes(key, codes)
        for first_month, last_month in PERIODS:
            since = date(first_month // 100, first_month % 100, 1) if first_month else None
            yield replace(selection, since=since, until=month_end(last_month))


def _places_in(value: float | None, places: int) -> list[int]:
    """How many months of each private place a figure sums."""
    rest, found = int(value or 0), []
    for _rank in range(places):
        rest, digit = divmod(rest, BASE)
        found.append(digit)
    return found


def _reveals(answers: Sequence[Sequence[int]]) -> tuple[int, ...] | None:
    """The one or two places (columns) whose sum alone some combination of the answers (rows) is; None when there are
    none.
    """
    rows = np.array(answers, dtype=float)
    rank = np.linalg.matrix_rank(rows)
    columns = range(rows.shape[1])
    for size in (1, 2):
        for alone in combinations(columns, size):
            if np.linalg.matrix_rank(np.delete(rows, alone, axis=1)) < rank:
                return alone
    return None


def _parts(
    connection: Connection, selection: Selection, options: FilterOptions
) -> Iterator[tuple[str, list[float | None]]]:
    """The figure of each part, by dimension."""
    for grouping in GROUPINGS:
        if grouping.key in ("departement", "epci", "porteur"):
            found = read_breakdown(connection, VISITES, selection, grouping, options)
            yield grouping.key, [one.value for one in found.values()]
    codes = [option.code for option in options.by_filter["typologie"]]
    chosen = selection.codes("typologie") or codes
    parts = [selection.with_codes("typologie", [code]) for code in codes if code in chosen]
    yield "typologie", [read_value(connection, VISITES, part).value for part in parts]
    for key in ("dep", "epci"):  # all but one: the whole less it would be that one
        all_codes = selection.codes(key) or [option.code for option in options.by_filter[key]]
        here = [code for code in all_codes if code in {c for codes in FILTERS[key] for c in codes}]
        others = [[code for code in all_codes if code != one] for one in here]
        yield (
            f"{key} but one",
            [read_value(connection, VISITES, selection.with_codes(key, codes)).value for codes in others if codes],
        )


def _check_parts(connection: Connection, world: Sequence[Private], options: FilterOptions) -> None:
    """Month by month; over a period, the figure is the sum of its months, whatever the selection."""
    by_month = next(one for one in GROUPINGS if one.key == "mois")
    for selection in _selections(world, options):
        whole = _places_in(read_value(connection, VISITES, selection).value, len(world))
        months = read_breakdown(connection, VISITES, selection, by_month, options)
        of_months = [_places_in(one.value, len(world)) for one in months.values()]
        assert whole == [sum(digits) for digits in zip(*of_months, strict=True)] or not of_months
        month = replace(selection, since=selection.until.replace(day=1))
        last = _places_in(read_value(connection, VISITES, month).value, len(world))
        for dimension, parts in _parts(connection, month, options):
            answers = [last, *(_places_in(part, len(world)) for part in parts)]
            assert _reveals(answers) is None, (month.to_query(), dimension, answers)


def _check_pairs(connection: Connection, world: Sequence[Private], options: FilterOptions) -> None:
    """The pairs of two years beside what was declared in each."""
    for selection in _selections(world, options):
        if selection.since is not None:
            continue
        visits, pairs = read_visits_by_month(connection, selection), read_comparable_months(connection, selection)
        for month, pair in pairs.items():
            beside = ((visits[month].visits, pair.now), (visits[month - 100].visits, pair.before))
            for figures in beside:
                answers = [_places_in(figure, len(world)) for figure in figures]
                assert _reveals(answers) is None, (selection.to_query(), month, answers)


def _check_words(connection: Connection, world: Sequence[Private], options: FilterOptions) -> None:
    """« hors n lieux privés » counts those that are left out, and is said of every figure that leaves some out."""
    facts = naive.read_facts(connection)
    for selection in _selections(world, options):
        for indicator in (VISITES, TAUX_REPONSE, VISITES_PAR_POSTE):
            found = read_value(connection, indicator, selection)
            omitted = len(OMITTING[indicator.slug](facts, selection))
            words = f"hors {omitted} lieu{'x' if omitted > 1 else ''} privé{'s' if omitted > 1 else ''}"
            said = f"{found.reason or ''} {found.note or ''}"
            assert (words in said) if omitted else ("hors" not in said), (selection.to_query(), indicator.slug)


def _check_few(connection: Connection, world: Sequence[Private], options: FilterOptions) -> None:
    """A selection in which one or two private places declared gives their figure without them."""
    facts = naive.read_facts(connection)
    codes = {row.place_id: row.code for row in connection.execute(select(place))}
    for selection in _selections(world, options):
        declared = {row.place_id for row in naive.reports(facts, selection, "visits") if row.holder_type == "private"}
        if 0 < len(declared) < 3:
            value = read_value(connection, VISITES, selection).value
            assert not value, (selection.to_query(), [codes[one] for one in declared])


@pytest.mark.slow
def test_in_any_world(new_engine: NewEngine) -> None:
    @settings(max_examples=6, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # shrinking would take minutes
    @given(world=WORLDS)
    def in_world(world: list[Private]) -> None:
        with new_engine() as engine, TemporaryDirectory() as folder:
            _load(engine, world, Path(folder))
            with reading(engine) as connection:
                options = read_filter_options(connection, TODAY)
                for check in (_check_parts, _check_pairs, _check_words, _check_few):
                    check(connection, world, options)

    in_world()


def test_the_check_sees_what_a_subtraction_reveals() -> None:
    assert _reveals([[1, 1, 1, 1], [1, 1, 1, 0]]) == (3,)
    assert _reveals([[1, 1, 1, 0, 0], [0, 0, 0, 1, 1]]) == (3, 4)
    assert _reveals([[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]]) is None
