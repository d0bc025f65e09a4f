"""A few at a time, the others wait, and none for ever."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from dashboard.web.heavy_responses import Busy, Turns

pytestmark = pytest.mark.any_engine


def test_one_at_a_time_and_the_next_when_it_ends() -> None:
    turns, inside, entered = Turns(at_once=1, waiting=1, seconds=60), Event(), []

    def wait() -> None:
        with turns.turn():
            entered.append(1)
            inside.set()

    with turns.turn():
        other = Thread(target=wait)
        other.start()
        assert not inside.wait(0.1)
    other.join(60)
    assert entered == [1]
    with turns.turn():  # given back
        pass


def test_too_many_or_too_long_is_said_at_once() -> None:
    full = Turns(at_once=1, waiting=0, seconds=60)
    with full.turn(), pytest.raises(Busy), full.turn():
        pass
    slow = Turns(at_once=1, waiting=5, seconds=0.01)
    with slow.turn(), pytest.raises(Busy), slow.turn():
        pass
    with full.turn(), slow.turn():  # who was refused holds no turn
        pass
    assert Busy().code == 503
