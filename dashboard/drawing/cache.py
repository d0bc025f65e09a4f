"""The latest drawings, by the content of their figure and their size; bounded in bytes."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

MAX_TOTAL_BYTES = 16 * 2**20  # some six hundred drawings


class DrawingCache:
    """Drawings by key; the least recently used are dropped first."""

    def __init__(self, max_bytes: int = MAX_TOTAL_BYTES) -> None:
        self._lock = Lock()
        self._drawings: OrderedDict[bytes, bytes] = OrderedDict()
        self._bytes = 0
        self._max_bytes = max_bytes

    def get(self, key: bytes) -> bytes | None:
        """The stored drawing."""
        with self._lock:
            if key not in self._drawings:
                return None
            self._drawings.move_to_end(key)
            return self._drawings[key]

    def put(self, key: bytes, drawing: bytes) -> None:
        """Store a drawing in place of the oldest ones."""
        with self._lock:
            self._bytes += len(drawing) - len(self._drawings.pop(key, b""))
            self._drawings[key] = drawing
            while self._bytes > self._max_bytes:
                self._bytes -= len(self._drawings.popitem(last=False)[1])
