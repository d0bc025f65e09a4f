"""A few at a time, the others wait, and none for ever."""

from __future__ import annotations

from threading import Event, Thread

import pytest

from dashboard.web.heavy_responses import HeavyResponseLimit, TooManyHeavyResponses

pytestmark = pytest.mark.any_engine


def test_heavy_responses_run_one_at_a_time() -> None:
    turns, inside, entered = HeavyResponseLimit(at_once=1, waiting=1, seconds=60), Event(), []

    def wait() -> None:
        with turns.slot():
            entered.append(1)
            inside.set()

    with turns.slot():
        other = Thread(target=wait)
        other.start()
        assert not inside.wait(0.1)
    other.join(60)
    assert entered == [1]
    with turns.slot():  # given back
        pass


def test_too_many_or_too_long_waits_are_refused() -> None:
    full = HeavyResponseLimit(at_once=1, waiting=0, seconds=60)
    with full.slot(), pytest.raises(TooManyHeavyResponses), full.slot():
        pass
    slow = HeavyResponseLimit(at_once=1, waiting=5, seconds=0.01)
    with slow.slot(), pytest.raises(TooManyHeavyResponses), slow.slot():
        pass
    with full.slot(), slow.slot():  # who was refused holds no turn
        pass
    assert TooManyHeavyResponses().code == 503
