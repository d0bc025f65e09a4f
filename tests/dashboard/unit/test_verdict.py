"""« Chiffres publiables : oui / non, car… »: each reason alone, and none."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from data.policy.publication import DataState, find_caveats, publication_title
from data.policy.self_checks import SelfCheck
from data.queries.quality import Freshness, UnplacedAid
from data.sources import SOURCES

UNTIL = date(2020, 12, 31)


def fresh(name: str, **changed: object) -> Freshness:
    source = next(source for source in SOURCES if source.name == name)
    one = Freshness(source, 1, UNTIL, f"{name}.csv", "region", 1_000, 0, UNTIL, 0, Decimal(0))
    return replace(one, **changed)  # type: ignore[arg-type]


def state(**changed: object) -> DataState:
    found = DataState(
        tuple(fresh(source.name) for source in SOURCES),
        (SelfCheck("tout va", True, ""),),
        UnplacedAid(0, Decimal(0), 10, Decimal(100_000)),
        False,
        UNTIL,
    )
    return replace(found, **changed)  # type: ignore[arg-type]


def with_source(name: str, **changed: object) -> DataState:
    return state(freshness=tuple(fresh(one.name, **(changed if one.name == name else {})) for one in SOURCES))


def title_and_caveats(found: DataState) -> str:
    return publication_title(find_caveats(found)).replace("\u202f", " ")


def test_data_without_caveat_are_publishable() -> None:
    assert title_and_caveats(state()) == "Chiffres publiables : oui"
    assert find_caveats(state()) == ()


@pytest.mark.parametrize(
    ("found", "words"),
    [
        pytest.param(state(is_demonstration=True), "données de démonstration", id="demonstration"),
        pytest.param(with_source("labels", load_id=None, last_day=None), "n’a jamais été chargé", id="never loaded"),
        pytest.param(with_source("attendance", last_day=date(2020, 5, 31)), "s’arrête au 31/05/2020", id="stale"),
        pytest.param(with_source("aids", rejects=400), "400 lignes sont à corriger", id="many refused rows"),
        pytest.param(
            with_source("aids", rejects=1, rejected_amount=Decimal(5_000)),
            "5 000 € ne sont pas comptés",
            id="much money refused",
        ),
        pytest.param(state(checks=(SelfCheck("les sommes", False, ""),)), "ne se vérifie pas : les sommes", id="check"),
    ],
)
def test_one_forbidding_caveat_is_in_the_title(found: DataState, words: str) -> None:
    assert title_and_caveats(found).startswith("Chiffres publiables : non, car ")
    assert words in title_and_caveats(found)


@pytest.mark.parametrize(
    "found",
    [
        with_source("attendance", last_day=date(2020, 6, 1)),  # just six months
        with_source("sessions", last_day=date(2015, 1, 1)),  # its day says nothing of figures
        *(with_source(name, load_id=None) for name in sorted(source.name for source in SOURCES if source.supplements)),
    ],
)
def test_other_caveats_do_not_forbid(found: DataState) -> None:
    assert title_and_caveats(found) == "Chiffres publiables : oui"


def test_small_amounts_are_only_a_caveat() -> None:
    found = replace(with_source("aids", rejects=3), unplaced=UnplacedAid(1, Decimal(6_200), 10, Decimal(100_000)))
    assert title_and_caveats(found) == "Chiffres publiables : oui, avec 2 réserves"
    assert [point.is_blocking for point in find_caveats(found)] == [False, False]


def test_several_forbidding_caveats_are_counted_and_come_first() -> None:
    found = replace(with_source("aids", rejects=3), is_demonstration=True, checks=(SelfCheck("x", False, ""),))
    assert title_and_caveats(found) == "Chiffres publiables : non, pour 2 raisons"
    assert [point.is_blocking for point in find_caveats(found)] == [True, True, False]
