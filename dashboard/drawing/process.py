"""The drawing process as the application holds it: started at the first drawing, stopped at a limit, started again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import IO

from dashboard.drawing.errors import DrawingRefusedError, DrawingStoppedError
from dashboard.drawing.messages import Message, receive, send
from dashboard.drawing.scripts import plotly_script

ROOT = Path(__file__).parents[2]
START_SECONDS = 20  # on a busy machine; a third of a second on a free one
DRAWING_SECONDS = 10  # for one drawing; a tenth of a second is usual
PAUSE_SECONDS = 30  # without another attempt after a process that did not start
STOPPED = "Le dessin du graphique a été interrompu\u202f: il demandait trop de temps ou de mémoire."
NOT_STARTED = "Le serveur ne peut pas dessiner de graphique pour le moment."


def worker_command() -> Sequence[str]:
    """The command line of a drawing process."""
    return [sys.executable, "-m", "dashboard.drawing.worker", str(plotly_script())]


class DrawingProcess:
    """One process, for one request at a time: callers take turns (drawer.py)."""

    def __init__(self, command: Sequence[str] | None = None, seconds: float = DRAWING_SECONDS) -> None:
        self._command = command
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._failed_at: float | None = None

    def request(self, message: Message) -> bytes:
        """The drawing that a message describes. Raises DrawingRefusedError or DrawingStoppedError."""
        process = self._live_process() or self._start()
        response = self._exchange(process, message, self._seconds)
        if response is None:
            self.stop()
            raise DrawingStoppedError(STOPPED)
        refusal = response.header.get("refusal")
        if refusal is not None:
            self.stop()  # nothing of a drawing that failed half-way is left in the next one
            raise DrawingRefusedError("Ce graphique n’a pas pu être dessiné.") from RuntimeError(refusal)
        return response.body

    def stop(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream:
                _close(stream)

    @property
    def pid(self) -> int | None:
        """The number of the process, when there is one."""
        return self._process.pid if self._process else None

    def _live_process(self) -> subprocess.Popen[bytes] | None:
        if self._process and self._process.poll() is not None:
            self.stop()  # it died between two drawings
        return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        if self._failed_at is not None and monotonic() - self._failed_at < PAUSE_SECONDS:
            raise DrawingStoppedError(NOT_STARTED)
        try:
            self._process = subprocess.Popen(  # noqa: S603  a command of ours
                self._command or worker_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                cwd=ROOT,
                start_new_session=True,  # Ctrl+C is for the application, which closes the input of its process
            )
        except OSError as error:
            self._failed_at = monotonic()
            raise DrawingStoppedError(NOT_STARTED) from error
        if self._exchange(self._process, None, START_SECONDS) is None:
            self.stop()
            self._failed_at = monotonic()
            raise DrawingStoppedError(NOT_STARTED)
        self._failed_at = None
        return self._process

    @staticmethod
    def _exchange(process: subprocess.Popen[bytes], message: Message | None, seconds: float) -> Message | None:
        """Send a message, if any, and return the next response; None when the process died or was too slow."""
        assert process.stdin is not None
        assert process.stdout is not None
        with _killed_after(process, seconds):
            try:
                if message is not None:
                    send(process.stdin, message)
                return receive(process.stdout)
            except (OSError, ValueError):
                return None


@contextmanager
def _killed_after(process: subprocess.Popen[bytes], seconds: float) -> Iterator[None]:
    """Kill the process when the block takes longer."""
    timer = Timer(seconds, process.kill)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:
        return  # what was being written to a dead process
