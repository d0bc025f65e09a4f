"""Figures as SVG and PNG, from memory or from the drawing process, one at a time."""

from __future__ import annotations

import atexit
import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from threading import BoundedSemaphore, Lock, Thread
from typing import Any

import orjson

from dashboard.drawing.cache import DrawingCache
from dashboard.drawing.errors import DrawingBusyError, DrawingError, DrawingRefusedError
from dashboard.drawing.messages import Message
from dashboard.drawing.process import DrawingProcess

MAX_SIDE_PIXELS = 4000  # CSS pixels
MAX_PIXELS = 40_000_000  # of a PNG: 160 MB while it is drawn
MAX_FIGURE_BYTES = 4 * 2**20
MAX_WAITING = 32
WAIT_SECONDS = 15
PREFIX_LETTERS = 10
ROOT_SIZE = re.compile(r'<svg [^>]*?\bwidth="(\d+)" height="(\d+)"')
TOO_LARGE = "Ce graphique est trop grand pour être dessiné."


def draw_svg(figure: Mapping[str, Any], width: int, height: int, seconds: float | None = None) -> str:
    """A figure (`data` and `layout` in plotly's vocabulary) as an SVG document of that size in CSS pixels.

    The same figure gives the same text; ids differ from those of other drawings, so that a page may hold several. Texts
    name the font of the page (fonts.py). `seconds` is the longest wait for the turn. Raises DrawingError.
    """
    return _shared_drawer().draw_svg(figure, width, height, seconds)


def start_drawing() -> None:
    """Start the drawing process in the background, so that the first page does not wait half a second for it."""
    Thread(target=_draw_nothing, name="start of drawings", daemon=True).start()


def _draw_nothing() -> None:
    with suppress(DrawingError):  # the first page will say it
        draw_svg({"data": [], "layout": {}}, 1, 1)


def draw_png(figure: Mapping[str, Any], width: int, height: int, scale: float) -> bytes:
    """The same as a PNG image on white, `scale` pixels for each CSS pixel. Raises DrawingError."""
    return _shared_drawer().draw_png(figure, width, height, scale)


def svg_to_png(svg: str, scale: float) -> bytes:
    """An SVG document of ours as a PNG image on white, `scale` pixels for each CSS pixel; its texts in the font of
    drawings. Raises DrawingError.
    """
    return _shared_drawer().svg_to_png(svg, scale)


def _shared_drawer() -> Drawer:
    """The drawer of this process: one that was forked shares neither locks nor pipes with its parent."""
    with _CREATION:
        return _drawer_of(os.getpid())


_CREATION = Lock()  # two threads that ask first at once would start two drawing processes


@cache
def _drawer_of(pid: int) -> Drawer:
    process = DrawingProcess()
    atexit.register(_stop_at_exit, process, pid)
    return Drawer(process, DrawingCache())


def _stop_at_exit(process: DrawingProcess, pid: int) -> None:
    """End the drawing process with the one that started it, and not with a fork of it."""
    if os.getpid() == pid:
        process.stop()


class Drawer:
    """Draws in one process, which callers use one after the other; a bounded number of them may wait, for a bounded
    time.
    """

    def __init__(
        self, process: DrawingProcess, drawings: DrawingCache, waiting: int = MAX_WAITING, seconds: float = WAIT_SECONDS
    ) -> None:
        self._process = process
        self._drawings = drawings
        self._turn = Lock()
        self._inside = BoundedSemaphore(1 + waiting)
        self._seconds = seconds

    def draw_svg(self, figure: Mapping[str, Any], width: int, height: int, seconds: float | None = None) -> str:
        """See the function of the same name."""
        if not (0 < width <= MAX_SIDE_PIXELS and 0 < height <= MAX_SIDE_PIXELS):
            raise DrawingRefusedError(TOO_LARGE)
        content = orjson.dumps({"data": figure["data"], "layout": figure["layout"]}, option=orjson.OPT_SERIALIZE_NUMPY)
        if len(content) > MAX_FIGURE_BYTES:
            raise DrawingRefusedError(TOO_LARGE)
        key = hashlib.sha256(f"{width} {height} ".encode() + content)
        drawing = self._drawings.get(key.digest())
        if drawing is None:
            prefix = f"d{key.hexdigest()[:PREFIX_LETTERS]}-"
            drawing = self._request(
                Message({"kind": "svg", "width": width, "height": height, "prefix": prefix}, content), seconds
            )
            self._drawings.put(key.digest(), drawing)
        return drawing.decode()

    def draw_png(self, figure: Mapping[str, Any], width: int, height: int, scale: float) -> bytes:
        """See the function of the same name."""
        return self.svg_to_png(self.draw_svg(figure, width, height), scale)

    def svg_to_png(self, svg: str, scale: float) -> bytes:
        """See the function of the same name."""
        size = ROOT_SIZE.match(svg)
        if size is None or not 0 < int(size[1]) * int(size[2]) * scale**2 <= MAX_PIXELS or scale <= 0:
            raise DrawingRefusedError(TOO_LARGE)
        return self._request(Message({"kind": "png", "scale": scale}, svg.encode()))

    def _request(self, message: Message, seconds: float | None = None) -> bytes:
        with self._waiting(self._seconds if seconds is None else seconds):
            return self._process.request(message)

    @contextmanager
    def _waiting(self, seconds: float) -> Iterator[None]:
        """Wait for the process and keep it. Raises DrawingBusyError."""
        if not self._inside.acquire(blocking=False):
            raise DrawingBusyError
        try:
            if not self._turn.acquire(timeout=seconds):
                raise DrawingBusyError
            try:
                yield
            finally:
                self._turn.release()
        finally:
            self._inside.release()
