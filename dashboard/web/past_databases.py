"""Databases as they were known at former loads, written once each and read as the present one."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir, mkdtemp
from threading import Lock
from time import time
from weakref import finalize

from flask import g
from sqlalchemy import URL, Engine, func, select

from dashboard.requests.page_request import OpenRequest, PageRequest, PastUnavailableError, open_request
from dashboard.web.heavy_responses import HeavyResponseLimit
from data.engine import open_engine, reading
from data.i18n import NARROW
from data.queries.knowledge import KnownState
from data.queries.options import LoadCache
from data.schema import load

WritePast = Callable[[int, Path], str | None]
"""(load, file) -> None, or the French reason why it is not written. Raises TimeoutError."""

FOLDER_PREFIX = "tiers-lieux-passe-"
ABANDONED_SECONDS = 24 * 3600  # after which a folder without a change is removed: a worker that was killed left its own
MAX_DATABASES = 2  # kept, in each worker
MAX_ROWS = 400_000  # accepted rows of a database that is written while somebody waits
MAX_WAITING, WAIT_SECONDS = 3, 30  # for the one that is being written
NOT_OFFERED_REASON = "Cette installation ne relit pas les états passés de la base."


def too_large_reason(load_id: int) -> str:
    """Why a past is not written while somebody waits, and how to have it."""
    command = f"«{NARROW}python -m etl past {load_id} passe.sqlite{NARROW}»"
    return (
        "La base est trop grande pour être relue à cette date pendant que vous attendez. Sur le serveur, la commande "
        f"{command} écrit la base d’alors, que l’application ouvre comme une autre (DATABASE_URL)."
    )


class PastDatabases:
    """The latest past databases read, in a temporary folder; `write` makes one, in a process of its own."""

    def __init__(self, engine: Engine, write: WritePast | None, statement_seconds: float) -> None:
        self._engine, self._write, self._seconds = engine, write, statement_seconds
        self._limit = HeavyResponseLimit(waiting=MAX_WAITING, seconds=WAIT_SECONDS)
        self._lock = Lock()
        self._kept: OrderedDict[KnownState, tuple[Engine, Path]] = OrderedDict()
        self._folder: Path | None = None

    def attach_to(self, open_present: OpenRequest) -> OpenRequest:
        """Requests of the present that can open their past."""

        @contextmanager
        def open_with_past(path: str, query: str) -> Iterator[PageRequest]:
            with open_present(path, query) as page_request:
                yield replace(page_request, open_past=self.open)

        return open_with_past

    @contextmanager
    def open(self, state: KnownState, today: date, query: str) -> Iterator[PageRequest]:
        """A request on the database as it was known in a state that can still be read, on the day `today`.

        Raises PastUnavailableError; TooManyHeavyResponses (503) when others wait for theirs.
        """
        try:
            with self._limit.slot():
                engine = self._kept_engine(state) or self._written_engine(state)
        except PastUnavailableError:
            g.pop("asked_in_state", None)  # another time it may work: the response is not cached
            raise
        with open_request(engine, lambda: today, LoadCache(), "/", query) as page_request:
            yield page_request

    def _kept_engine(self, state: KnownState) -> Engine | None:
        with self._lock:
            if state not in self._kept:
                return None
            self._kept.move_to_end(state)
            engine, path = self._kept[state]
            if not path.exists():  # removed as an old temporary file
                del self._kept[state]
                engine.dispose()
                return None
            return engine

    def _written_engine(self, state: KnownState) -> Engine:
        if self._write is None:
            raise PastUnavailableError(NOT_OFFERED_REASON)
        with reading(self._engine) as connection:
            rows = connection.scalar(select(func.sum(load.c.accepted)).where(load.c.load_id <= state.load_id)) or 0
        if rows > MAX_ROWS:
            raise PastUnavailableError(too_large_reason(state.load_id))
        path = self._new_path(state)
        try:
            reason = self._write(state.load_id, path)
        except TimeoutError:
            reason = too_large_reason(state.load_id)
        if reason is not None:
            _remove(path)
            raise PastUnavailableError(reason)
        engine = open_engine(URL.create("sqlite", database=str(path)), create=False, statement_seconds=self._seconds)
        with self._lock:
            self._kept[state] = (engine, path)
            former = [self._kept.popitem(last=False)[1] for _ in range(len(self._kept) - MAX_DATABASES)]
        for old_engine, old_path in former:
            old_engine.dispose()
            _remove(old_path)
        return engine

    def _new_path(self, state: KnownState) -> Path:
        if self._folder is None or not self._folder.is_dir():
            _remove_abandoned()
            self._folder = Path(mkdtemp(prefix=FOLDER_PREFIX))
            finalize(self, rmtree, self._folder, ignore_errors=True)  # also when the process ends
        path = self._folder / f"{state.load_id}-{state.loads}-{state.mark.hex()}.sqlite"
        _remove(path)
        return path


def _remove_abandoned() -> None:
    """Remove the folders that nobody has changed for long; a worker whose folder that was writes its pasts again."""
    for folder in Path(gettempdir()).glob(f"{FOLDER_PREFIX}*"):
        with suppress(OSError):
            if folder.stat().st_mtime < time() - ABANDONED_SECONDS:
                rmtree(folder, ignore_errors=True)


def _remove(path: Path) -> None:
    """The file, and the two that SQLite puts beside it."""
    for name in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")):
        name.unlink(missing_ok=True)
