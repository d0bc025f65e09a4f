"""Which suggestions suit which answers: every one that does is proposed, with its reasons, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.rules.qvt import QUESTIONS, address_text, is_proposed, reason_text, size_of
from data.sources.partnership import QVT_AUDIENCES, QVT_SETTINGS, QVT_SIZES, QVT_STAGES

CHOICES_OF_A_TALK = ((QVT_AUDIENCES, 6), (QVT_STAGES, 1), (QVT_SIZES, 1), (QVT_SETTINGS, 1))
EVERY_CODE = [choice.code for choices, _most in CHOICES_OF_A_TALK for choice in choices]
conditions = st.sets(st.sampled_from(EVERY_CODE))
answers = st.tuples(
    *(st.sets(st.sampled_from([one.code for one in choices]), max_size=most) for choices, most in CHOICES_OF_A_TALK)
)


@given(conditions, answers)
def test_a_suggestion_is_proposed_unless_an_answered_question_excludes_it(
    named: set[str], given_answers: tuple[set[str], ...]
) -> None:
    excluded, reasons = False, reason_text(named, set().union(*given_answers))
    for (choices, _most), answer in zip(CHOICES_OF_A_TALK, given_answers, strict=True):
        asked = [one for one in choices if one.code in named]
        common = [one for one in asked if one.code in answer]
        if asked and answer and not common:
            excluded = True
        else:
            assert all(one.label in reasons for one in (common if answer else asked))
    assert is_proposed(named, set().union(*given_answers)) is not excluded
    assert (reasons == "vaut pour tous les lieux") is (not named)


def test_an_address_names_each_choice_once() -> None:
    assert len(set(EVERY_CODE)) == len(EVERY_CODE), "conditions of all questions are in one column"
    for question in QUESTIONS:
        texts = [address_text(choice) for choice in question.choices]
        assert [question.code_of(text) for text in texts] == [choice.code for choice in question.choices]
        assert question.code_of("") is None


@pytest.mark.parametrize(
    ("seats", "size"), [(0, "small"), (9, "small"), (10, "medium"), (30, "medium"), (31, "large"), (400, "large")]
)
def test_the_size_of_a_place_is_that_of_its_seats(seats: int, size: str) -> None:
    assert size_of(seats) == size
