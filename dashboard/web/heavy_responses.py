"""A limit for long responses: one file at a time in each worker, so that pages stay fast."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from werkzeug.exceptions import ServiceUnavailable

MAX_RUNNING = 1  # a worker has one interpreter lock: two at once would both end later
MAX_WAITING = 15  # fewer than the threads of a worker (Makefile), so that pages find free ones
WAIT_SECONDS = 60
BUSY_MESSAGE = "Le serveur prépare déjà d’autres fichiers\u202f: redemandez celui-ci dans une minute."


class TooManyHeavyResponses(ServiceUnavailable):
    """Too many requests wait, or one has waited too long."""

    def __init__(self) -> None:
        super().__init__(BUSY_MESSAGE)


class HeavyResponseLimit:
    """Runs a few responses at a time; the others wait for a slot, up to a number and a time."""

    def __init__(self, at_once: int = MAX_RUNNING, waiting: int = MAX_WAITING, seconds: float = WAIT_SECONDS) -> None:
        self._inside = BoundedSemaphore(at_once + waiting)
        self._running = BoundedSemaphore(at_once)
        self._seconds = seconds

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Wait for a turn and keep it. Raises TooManyHeavyResponses (503)."""
        if not self._inside.acquire(blocking=False):
            raise TooManyHeavyResponses
        try:
            if not self._running.acquire(timeout=self._seconds):
                raise TooManyHeavyResponses
            try:
                yield
            finally:
                self._running.release()
        finally:
            self._inside.release()
