"""French as it is written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import i18n


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (1234, 0, "1\u202f234"),
        (1234.5, 0, "1\u202f235"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (-0.4, 0, "0"),
        (1234.5, 1, "1\u202f234,5"),
        (Decimal("0.005"), 2, "0,01"),
        (1234567.891, 2, "1\u202f234\u202f567,89"),
        (0.1 + 0.2, 1, "0,3"),
        (-1000, 0, "−1\u202f000"),
    ],
)
def test_numbers_in_french(value: float | Decimal, decimals: int, text: str) -> None:
    assert i18n.number(value, decimals) == text


@pytest.mark.parametrize(
    ("text", "within"),
    [("Aide Émergence", "aide Émergence"), ("EPN du réseau", "EPN du réseau"), ("Évolution", "évolution"), ("", "")],
)
def test_a_label_within_a_sentence(text: str, within: str) -> None:
    assert i18n.uncapitalised(text) == within


@given(value=st.integers(-(10**12), 10**12))
def test_a_whole_number_can_be_read_back(value: int) -> None:
    text = i18n.number(value)
    assert int(text.replace("\u202f", "").replace("−", "-")) == value
    assert all(len(group.lstrip("−")) <= 3 for group in text.split("\u202f"))


@given(value=st.decimals(-(10**9), 10**9, places=4), decimals=st.integers(0, 3))
def test_a_number_is_rounded_to_the_nearest(value: Decimal, decimals: int) -> None:
    read = Decimal(i18n.number(value, decimals).replace("\u202f", "").replace("−", "-").replace(",", "."))
    assert abs(read - value) <= Decimal(5).scaleb(-decimals - 1)


def test_percentages_and_euros() -> None:
    assert i18n.percent(0.34) == "34\u202f%"
    assert i18n.percent(Decimal("0.125"), 1) == "12,5\u202f%"
    assert i18n.euros(225_000) == "225\u202f000\u202f€"
    assert i18n.euros(999_999) == "999\u202f999\u202f€"
    assert i18n.euros(1_250_000) == "1,3\u202fM€"
    assert i18n.euros(Decimal(-2_000_000)) == "−2,0\u202fM€"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 lieu"),
        (1, "1 lieu"),
        (1.4, "1 lieu"),
        (1.9, "2 lieux"),
        (2, "2 lieux"),
        (-1, "−1 lieu"),
        (-2, "−2 lieux"),
    ],
)
def test_plurals_begin_at_two(value: float, text: str) -> None:
    assert i18n.count(value, "lieu", "lieux") == text


def test_days_and_months() -> None:
    assert i18n.day_short(date(2020, 3, 1)) == "01/03/2020"
    assert i18n.day_long(date(2020, 3, 1)) == "1er mars 2020"
    assert i18n.day_long(date(2021, 12, 31)) == "31 décembre 2021"
    assert [i18n.month_long(202000 + month) for month in (1, 8, 12)] == ["janvier 2020", "août 2020", "décembre 2020"]
    assert len(i18n.MONTHS) == len(i18n.MONTHS_SHORT) == 12


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")],
)
def test_lists(items: list[str], text: str) -> None:
    assert i18n.sentence_list(items) == text


def test_a_list_ends_with_the_given_conjunction() -> None:
    assert i18n.sentence_list(["a", "b", "c"], "ou") == "a, b ou c"


def test_texts_are_compared_without_case_accents_or_surplus_spaces() -> None:
    assert i18n.fold("  L’Œuvre   d’Évreux\u00a0") == "l'oeuvre d'evreux"
    assert i18n.fold("E\u0301vreux") == i18n.fold("ÉVREUX")


@given(text=st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert i18n.fold(i18n.fold(text)) == i18n.fold(text)


def test_french_prepositions_of_territories() -> None:
    assert [i18n.in_territory(name) for name in ("Normandie", "Seine-Maritime", "Manche", "CC X", "Ailleurs")] == [
        "en Normandie",
        "en Seine-Maritime",
        "dans la Manche",
        "dans la CC X",
        "dans Ailleurs",
    ]


def test_french_articles_of_territories() -> None:
    assert [
        i18n.territory_with_article(name) for name in ("Normandie", "Seine-Maritime", "Orne", "CC X", "Calvados")
    ] == [
        "la Normandie",
        "la Seine-Maritime",
        "l’Orne",
        "la CC X",
        "le Calvados",
    ]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        (["Orne"], "dans l’Orne"),
        (["Orne", "Manche"], "dans l’Orne et la Manche"),
        (["Seine-Maritime", "Orne", "Eure"], "en Seine-Maritime, dans l’Orne et l’Eure"),
        (["Orne", "Seine-Maritime", "Eure"], "dans l’Orne, en Seine-Maritime et dans l’Eure"),
        (["Métropole Rouen Normandie"], "dans la Métropole Rouen Normandie"),
        (["CA Lisieux Normandie", "CU d’Alençon"], "dans la CA Lisieux Normandie et la CU d’Alençon"),
    ],
)
def test_several_territories_share_their_preposition(names: list[str], text: str) -> None:
    assert i18n.in_territories(names) == text


@pytest.mark.parametrize(
    ("value", "decimals", "word"), [(1.5, 0, "jours"), (1.4, 0, "jour"), (1.96, 1, "jours"), (1.94, 1, "jour")]
)
def test_a_word_agrees_with_the_number_as_it_is_written(value: float, decimals: int, word: str) -> None:
    assert i18n.agree(value, "jour", "jours", decimals) == word
