"""The periods of a label against the definition of « label at a date », applied to every date."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from data.rules.label_life import LabelEvent, Span, label_spans
from data.sources.places import LABEL_STEPS

FIRST = date(2020, 1, 1)
STEPS = [choice.code for choice in LABEL_STEPS]
days = st.integers(0, 12).map(lambda number: FIRST + timedelta(days=number))
events = st.lists(st.tuples(days, st.sampled_from(STEPS)), max_size=9)
ALL_DAYS = [FIRST + timedelta(days=number) for number in range(-1, 15)]


def _latest(happened: list[LabelEvent], steps: tuple[str, ...]) -> tuple[date, int] | None:
    return max(((day, STEPS.index(step)) for day, step in happened if step in steps), default=None)


def _state(happened: list[LabelEvent], closed: date | None, day: date) -> str | None:
    """The definition, word for word: only what is known on that day, nothing of before."""
    if closed is not None and closed <= day:
        return None
    past = [event for event in happened if event[0] <= day]
    latest = _latest(past, ("awarded", "renewed", "withdrawn", "expired"))
    if latest and STEPS[latest[1]] in ("awarded", "renewed"):
        return "labelled"
    asked = _latest(past, ("application", "complete_file"))
    ended = _latest(past, ("awarded", "refused", "abandoned", "withdrawn"))
    return "in_process" if asked and (ended is None or asked > ended) else None


def _at(spans: list[Span], day: date) -> list[str]:
    return [span.state for span in spans if span.started <= day and (span.ended is None or day < span.ended)]


@given(happened=events, closed=st.none() | days)
def test_spans_are_the_definition_at_every_date(happened: list[LabelEvent], closed: date | None) -> None:
    spans = label_spans(happened, closed)
    for day in ALL_DAYS:
        state = _state(happened, closed, day)
        assert _at(spans, day) == ([state] if state else []), day


@given(happened=events, closed=st.none() | days, data=st.data())
def test_the_order_of_the_file_does_not_matter(
    happened: list[LabelEvent], closed: date | None, data: st.DataObject
) -> None:
    assert label_spans(data.draw(st.permutations(happened)), closed) == label_spans(happened, closed)


@given(happened=events, closed=st.none() | days)
def test_spans_are_unbroken_and_each_has_its_proof(happened: list[LabelEvent], closed: date | None) -> None:
    spans = label_spans(happened, closed)
    for span in spans:
        assert span.ended is None or span.started < span.ended
        assert span.opening in happened
        assert span.opening[0] <= span.started
    for before, after in pairwise(spans):
        assert before.ended is not None
        assert before.ended < after.started or (before.ended == after.started and before.state != after.state)


@given(happened=events)
def test_an_opinion_changes_nothing(happened: list[LabelEvent]) -> None:
    without = [event for event in happened if event[1] != "aract_opinion"]
    assert label_spans(happened, None) == label_spans(without, None)


def test_a_refusal_after_an_award_does_not_end_it() -> None:
    [span] = label_spans([(FIRST, "awarded"), (FIRST + timedelta(days=3), "refused")], None)
    assert (span.state, span.started, span.ended) == ("labelled", FIRST, None)
