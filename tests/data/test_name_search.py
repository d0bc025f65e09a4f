"""Names are found as people type them, in an order that a plain rule gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.i18n import fold
from data.queries.commune_search import commune_names
from data.queries.name_search import BEGINS, EXACT, MAX_MATCHES, WORDS, Name, NameIndex, name_key
from data.reference import read_commune_history, read_communes, read_delegated_communes, read_postcodes

pytestmark = pytest.mark.any_engine

WORD_LISTS = st.lists(st.sampled_from(["saint", "lo", "l", "la", "mer", "merle", "caen", "1", "14"]), max_size=4)
COMMUNES = {one.code: one for one in read_communes()}


def naive_rank(name: list[str], typed: list[str]) -> int | None:
    """The rule in words: the same, the same beginning, or each typed word begins a word of the name."""
    if name == typed:
        return EXACT
    if " ".join(name)[: len(" ".join(typed))] == " ".join(typed):
        return BEGINS
    return WORDS if all(any(word.startswith(one) for word in name) for one in typed) else None


@given(st.lists(WORD_LISTS, max_size=12), WORD_LISTS.filter(bool))
def test_an_index_finds_what_the_rule_says_in_its_order(names: list[list[str]], typed: list[str]) -> None:
    index = NameIndex(Name(" ".join(words), at, weight=at % 3) for at, words in enumerate(names))
    ranked = [(naive_rank(words, typed), -(at % 3), " ".join(words), at) for at, words in enumerate(names) if words]
    expected = sorted(one for one in ranked if one[0] is not None)
    found = [
        (match.rank, -match.name.weight, match.name.key, match.name.target) for match in index.find(" ".join(typed))
    ]
    assert sorted(found) == expected
    assert [one[:3] for one in found] == [one[:3] for one in expected]


def test_a_target_of_many_names_is_found_once_by_its_best() -> None:
    index = NameIndex([Name("caen", "A", "Caen", 1), Name("caen la mer", "A"), Name("la mer", "B")])
    assert [(one.rank, one.name.other, one.name.target) for one in index.find("caen")] == [(EXACT, "Caen", "A")]
    assert [one.name.target for one in index.find("mer")] == ["A", "B"]


def test_the_beginnings_come_before_a_crowd_of_words() -> None:
    crowd = [Name(f"{at} commune", at) for at in range(2 * MAX_MATCHES)]
    found = NameIndex([*crowd, Name("commune", -1)]).find("commune")
    assert found[0].name.target == -1
    assert len(found) == MAX_MATCHES


@pytest.mark.parametrize("text", ["", " ", "()", "'", "\0", "—", "🙂", "\u202e", "%", "_", "\n", "*" * 10_000])
def test_what_has_no_word_finds_nothing(text: str) -> None:
    assert commune_names().find(name_key(text)) == []


def spellings(name: str) -> set[str]:
    """A name as people write it."""
    plain = fold(name)
    short = plain.replace("saint-", "st-").replace("sainte-", "ste ")
    spaced = plain.replace("-", " ").replace("'", " ")
    return {name, name.upper(), plain, short, spaced, spaced.replace(" ", ""), name.replace("’", "'"), f" {name} "}


def test_every_commune_is_found_first_by_each_spelling_of_each_of_its_names() -> None:
    """Among those of exactly that name: 46 names have several communes, and a former name may be one of today."""
    former = [(one.old_name, one.code) for one in read_commune_history()]
    delegated = [(one.name, one.commune) for one in read_delegated_communes()]
    for name, code in (*((one.name, one.code) for one in COMMUNES.values()), *former, *delegated):
        for text in spellings(name):
            same = [match.name.target.code for match in commune_names().find(name_key(text)) if match.rank == EXACT]
            assert code in same, (text, code)


def test_every_postcode_finds_its_communes_first() -> None:
    for postcode, codes in read_postcodes().items():
        found = [match.name.target.code for match in commune_names().find(postcode)]
        assert set(found[: len(codes)]) == set(codes)


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("condé-sur-noireau", "Condé-en-Normandie", "Condé-sur-Noireau"),
        ("cherbourg octeville", "Cherbourg-en-Cotentin", "Cherbourg-Octeville"),
        ("Equeurdreville", "Cherbourg-en-Cotentin", "Équeurdreville"),
        ("vire", "Vire Normandie", "Vire"),
        ("ste mere", "Sainte-Mère-Église", ""),
        ("hérouville", "Hérouville-Saint-Clair", ""),
        ("stlo", "Saint-Lô", ""),
        ("14200", "Hérouville-Saint-Clair", "14200"),
    ],
)
def test_what_people_type(text: str, name: str, other: str) -> None:
    first = commune_names().find(name_key(text))[0]
    assert (first.name.target.name, first.name.other) == (name, other)


def test_delegated_communes_are_parts_of_communes_of_today_that_nothing_else_names() -> None:
    known = {(name_key(one.old_name), one.code) for one in read_commune_history()}
    known |= {(name_key(one.name), one.code) for one in COMMUNES.values()}
    delegated = read_delegated_communes()
    assert len(delegated) == 130
    assert [one for one in delegated if one.commune not in COMMUNES] == []
    assert [one for one in delegated if (name_key(one.name), one.commune) in known] == []
    assert not any("'" in one.name for one in delegated)
