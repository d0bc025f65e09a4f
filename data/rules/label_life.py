"""The life of a label: from dated steps to the periods during which it was in force, or being examined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from data.sources.places import LABEL_STEPS

ORDER = {choice.code: rank for rank, choice in enumerate(LABEL_STEPS)}  # decides between steps of the same day
IN_FORCE = {"awarded": True, "renewed": True, "withdrawn": False, "expired": False}
EXAMINED = {
    "application": True,
    "complete_file": True,
    "awarded": False,
    "refused": False,
    "abandoned": False,
    "withdrawn": False,
}
LabelState = Literal["labelled", "in_process"]
Event = tuple[date, str]


@dataclass(frozen=True)
class Span:
    """A state from `started` until the day before `ended` (None: still); `opening` is the event that proves it."""

    state: LabelState
    started: date
    ended: date | None
    opening: Event


def label_spans(events: Iterable[Event], closed: date | None) -> list[Span]:
    """The periods of one place's label, from its (day, step) events in any order.

    In force: the latest of awarded, renewed, withdrawn, expired is awarded or renewed, and the place is not closed.
    In process: an application or complete file is later than the last award, refusal, abandonment or withdrawal, and
    the label is not in force. An Aract opinion changes nothing; a refusal after an award does not end it.
    """
    ordered = sorted(events, key=lambda event: (event[0], ORDER[event[1]]))
    in_force: Event | None = None
    examined: Event | None = None
    current: Span | None = None
    spans: list[Span] = []
    for day, steps in groupby(ordered, key=lambda event: event[0]):
        if closed is not None and day >= closed:
            break
        for event in steps:
            in_force = _after(event, in_force, IN_FORCE)
            examined = _after(event, examined, EXAMINED)
        following = _span(day, in_force, examined)
        if current is None or following is None or current.state != following.state:
            spans += _ended(current, day)
            current = following
    return spans + _ended(current, closed)


def _after(event: Event, opening: Event | None, meaning: dict[str, bool]) -> Event | None:
    if event[1] not in meaning:
        return opening
    return event if meaning[event[1]] else None


def _span(day: date, in_force: Event | None, examined: Event | None) -> Span | None:
    if in_force:
        return Span("labelled", day, None, in_force)
    return Span("in_process", day, None, examined) if examined else None


def _ended(span: Span | None, day: date | None) -> list[Span]:
    return [Span(span.state, span.started, day, span.opening)] if span else []
