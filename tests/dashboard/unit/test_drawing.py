"""The drawing process draws, refuses, is stopped at its limits, and starts again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import cache
from threading import Event, Thread
from typing import Any
from xml.etree import ElementTree

import orjson
import psutil
import pytest

from dashboard.drawing import drawer as drawer_module
from dashboard.drawing.cache import DrawingCache
from dashboard.drawing.drawer import Drawer
from dashboard.drawing.errors import DrawingBusyError, DrawingError, DrawingRefusedError, DrawingStoppedError
from dashboard.drawing.messages import Message
from dashboard.drawing.process import DrawingProcess, worker_command
from dashboard.drawing.scripts import full_plotly_script
from dashboard.figures.base import figure, text_trace, time_axis, value_axis

DRAWN = figure(
    [
        {"type": "bar", "x": ["2019-01-01", "2020-01-01"], "y": [12000.5, 34], "marker": {"pattern": {"shape": "/"}}},
        text_trace(["2020-01-01"], [34], ["Évreux < Caen &\u202fBayeux"], "top center"),
    ],
    xaxis=time_axis(tickformat="%b %Y"),
    yaxis=value_axis(tickformat=",d"),
)
IDS = re.compile(r'\sid="([^"]+)"')
REFERENCES = re.compile(r"url\((?:&quot;|['\"])?#([^)&'\"]+)")


@pytest.fixture(scope="module")
def process() -> Iterator[DrawingProcess]:
    process = DrawingProcess(seconds=5)
    yield process
    process.stop()


@pytest.fixture
def drawer(process: DrawingProcess) -> Drawer:
    return Drawer(process, DrawingCache(), seconds=60)


def test_a_drawing_is_well_formed_in_french_and_each_time_the_same(drawer: Drawer, process: DrawingProcess) -> None:
    svg = drawer.draw_svg(DRAWN, 800, 450)
    root = ElementTree.fromstring(svg)
    assert (root.get("width"), root.get("height")) == ("800", "450")
    texts = " ".join(root.itertext())
    assert "Évreux < Caen &\u202fBayeux" in texts
    assert "janv. 2020" in texts
    assert "10\u202f000" in texts
    drawer.draw_svg(figure([{"type": "scatter", "y": [1, 2, 3]}]), 400, 300)  # leaves nothing behind
    assert Drawer(process, DrawingCache()).draw_svg(DRAWN, 800, 450) == svg


def test_drawings_share_no_id_and_refer_to_their_own(drawer: Drawer) -> None:
    seen: set[str] = set()
    for width in (800, 375):
        svg = drawer.draw_svg(DRAWN, width, 450)
        ids = IDS.findall(svg)
        assert len(set(ids)) == len(ids) > 0
        assert set(REFERENCES.findall(svg)) <= set(ids)
        assert not seen & set(ids)
        seen |= set(ids)


def test_the_full_bundle_draws_the_same(drawer: Drawer) -> None:
    """Without npm there is no light bundle."""
    full = DrawingProcess([*worker_command()[:-1], str(full_plotly_script())])
    try:
        assert Drawer(full, DrawingCache()).draw_svg(DRAWN, 800, 450) == drawer.draw_svg(DRAWN, 800, 450)
    finally:
        full.stop()


def test_a_second_drawing_needs_no_process(drawer: Drawer, process: DrawingProcess) -> None:
    svg = drawer.draw_svg(DRAWN, 800, 450)
    process.stop()
    assert drawer.draw_svg(DRAWN, 800, 450) == svg
    assert process.pid is None


def test_the_cache_drops_the_drawings_used_least_recently() -> None:
    cache = DrawingCache(max_bytes=8)
    for name in (b"a", b"b"):
        cache.put(name, b"1234")
    assert cache.get(b"a") == b"1234"
    cache.put(b"c", b"1234")
    assert [cache.get(name) for name in (b"a", b"b", b"c")] == [b"1234", None, b"1234"]


def test_an_image_is_as_large_as_its_scale_says(drawer: Drawer) -> None:
    png = drawer.draw_png(DRAWN, 400, 300, 2)
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (800, 600)


@pytest.mark.parametrize(("width", "height", "scale"), [(0, 300, 1), (5000, 300, 1), (4000, 4000, 3), (400, 300, -1)])
def test_sizes_out_of_bounds_are_refused(drawer: Drawer, width: int, height: int, scale: float) -> None:
    with pytest.raises(DrawingRefusedError):
        drawer.draw_png(DRAWN, width, height, scale)


def test_what_plotly_cannot_draw_is_refused_and_the_next_figure_is_drawn(drawer: Drawer) -> None:
    with pytest.raises(DrawingRefusedError):
        drawer.draw_svg({"data": 5, "layout": {}}, 400, 300)
    assert drawer.draw_svg(DRAWN, 400, 300).startswith("<svg")


def svg_request(drawn: dict[str, Any]) -> Message:
    return Message({"kind": "svg", "width": 400, "height": 300, "prefix": "d-"}, orjson.dumps(drawn))


SLOW = figure([{"type": "scatter", "mode": "text", "x": list(range(40_000)), "y": [1] * 40_000, "text": "a"}])
HEAVY = figure([{"type": "bar", "x": [0] * 2_000_000, "y": [1] * 2_000_000}])


@pytest.mark.parametrize("costly", [SLOW, HEAVY], ids=["time", "memory"])
def test_a_process_at_its_limit_is_stopped_and_the_next_one_draws(costly: dict[str, Any]) -> None:
    process = DrawingProcess(seconds=1.5)
    try:
        process.request(svg_request(DRAWN))
        first = process.pid
        with pytest.raises(DrawingError):
            process.request(svg_request(costly))
        assert process.request(svg_request(DRAWN)).startswith(b"<svg")
        assert process.pid != first
    finally:
        process.stop()


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_process_that_died_unseen_is_replaced(drawer: Drawer, process: DrawingProcess) -> None:
    drawer.draw_svg(DRAWN, 410, 300)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    os.waitpid(process.pid, 0)
    assert drawer.draw_svg(DRAWN, 420, 300).startswith("<svg")


def test_a_process_that_does_not_start_is_not_tried_at_each_drawing(tmp_path: Any) -> None:
    starts = tmp_path / "starts"
    process = DrawingProcess([sys.executable, "-c", f"open({str(starts)!r}, 'a').write('x')"])
    for _ in range(2):
        with pytest.raises(DrawingStoppedError, match="ne peut pas dessiner"):
            process.request(svg_request(DRAWN))
    assert starts.read_text() == "x"
    with pytest.raises(DrawingStoppedError, match="ne peut pas dessiner"):
        DrawingProcess([str(tmp_path / "absent")]).request(svg_request(DRAWN))


def test_threads_that_ask_first_at_once_share_one_drawer(monkeypatch: pytest.MonkeyPatch) -> None:
    created: list[float] = []

    @cache
    def create(pid: int) -> Drawer:
        created.append(pid)
        time.sleep(0.05)  # long enough for the other thread to ask
        return Drawer(Blocked(), DrawingCache())

    monkeypatch.setattr(drawer_module, "_drawer_of", create)
    threads = [Thread(target=drawer_module._shared_drawer) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert created == [os.getpid()]


class Blocked(DrawingProcess):
    """A process that draws for as long as a test wants."""

    def __init__(self) -> None:
        super().__init__()
        self.entered, self.release = Event(), Event()

    def request(self, message: Message) -> bytes:
        self.entered.set()
        self.release.wait(60)
        return b"<svg/>"


@pytest.mark.parametrize(("waiting", "seconds"), [(0, 60.0), (5, 0.01)], ids=["too many", "too long"])
def test_who_would_wait_too_long_is_refused(waiting: int, seconds: float) -> None:
    process = Blocked()
    drawer = Drawer(process, DrawingCache(), waiting=waiting, seconds=seconds)
    other = Thread(target=drawer.draw_svg, args=(DRAWN, 400, 300))
    other.start()
    process.entered.wait(60)
    with pytest.raises(DrawingBusyError):
        drawer.draw_svg(DRAWN, 500, 300)
    process.release.set()
    other.join(60)
    assert drawer.draw_svg(DRAWN, 500, 300) == "<svg/>"


def test_the_drawing_process_ends_with_the_application() -> None:
    """Without a word: a pipe that nobody closed, or a child that nobody awaited, would be a warning."""
    program = (
        "import psutil; from dashboard.drawing import draw_svg; "
        "draw_svg({'data': [{'y': [1, 2]}], 'layout': {}}, 300, 200); print(psutil.Process().children()[0].pid)"
    )
    done = subprocess.run([sys.executable, "-W", "always", "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert not psutil.pid_exists(int(done.stdout))


def test_a_drawing_process_whose_application_has_ended_ends_too() -> None:
    """Even while it starts, and without a word: a context that nobody closed may keep Python from exiting."""
    process = subprocess.Popen(
        worker_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        stream.close()
    assert process.stderr is not None
    with process.stderr as errors:
        assert process.wait(timeout=60) == 0
        assert errors.read() == ""
