"""The life of a label: from dated steps to the periods during which it was in force, or being examined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from data.sources.places import LABEL_STEPS

STEP_RANKS = {choice.code: rank for rank, choice in enumerate(LABEL_STEPS)}  # decides between steps of the same day
IN_FORCE_AFTER = {"awarded": True, "renewed": True, "withdrawn": False, "expired": False}
EXAMINED_AFTER = {
    "application": True,
    "complete_file": True,
    "awarded": False,
    "refused": False,
    "abandoned": False,
    "withdrawn": False,
}
LabelState = Literal["labelled", "in_process"]
LabelEvent = tuple[date, str]


@dataclass(frozen=True)
class Span:
    """A state from `started` until the day before `ended` (None: still); `opening` is the event that proves it."""

    state: LabelState
    started: date
    ended: date | None
    opening: LabelEvent


def label_spans(events: Iterable[LabelEvent], closed: date | None) -> list[Span]:
    """The periods of one place's label, from its (day, step) events in any order.

    In force: the latest of awarded, renewed, withdrawn, expired is awarded or renewed, and the place is not closed.
    In process: an application or complete file is later than the last award, refusal, abandonment or withdrawal, and
    the label is not in force. An Aract opinion changes nothing; a refusal after an award does not end it.
    """
    ordered = sorted(events, key=lambda event: (event[0], STEP_RANKS[event[1]]))
    in_force: LabelEvent | None = None
    examined: LabelEvent | None = None
    current: Span | None = None
    spans: list[Span] = []
    for day, steps in groupby(ordered, key=lambda event: event[0]):
        if closed is not None and day >= closed:
            break
        for event in steps:
            in_force = _opening_event(event, in_force, IN_FORCE_AFTER)
            examined = _opening_event(event, examined, EXAMINED_AFTER)
        following = _open_span(day, in_force, examined)
        if current is None or following is None or current.state != following.state:
            spans += _close_span(current, day)
            current = following
    return spans + _close_span(current, closed)


def _opening_event(event: LabelEvent, opening: LabelEvent | None, meaning: dict[str, bool]) -> LabelEvent | None:
    if event[1] not in meaning:
        return opening
    return event if meaning[event[1]] else None


def _open_span(day: date, in_force: LabelEvent | None, examined: LabelEvent | None) -> Span | None:
    if in_force:
        return Span("labelled", day, None, in_force)
    return Span("in_process", day, None, examined) if examined else None


def _close_span(span: Span | None, day: date | None) -> list[Span]:
    return [Span(span.state, span.started, day, span.opening)] if span else []
