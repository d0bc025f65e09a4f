"""The drawing process: `python -m dashboard.drawing.worker PLOTLY_SCRIPT` reads requests and writes drawings.

Apart from the application because V8 ends the process that it exhausts, and because a drawing can be stopped in no
other way. It imports nothing of the application but this package, so that it starts fast and small.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import closing, suppress
from pathlib import Path
from typing import IO

import resvg_py
from py_mini_racer import DEFAULT_V8_FLAGS, JSEvalException, MiniRacer, init_mini_racer

from dashboard.drawing.fonts import FONT_FAMILY, FONT_FILES
from dashboard.drawing.messages import Message, receive, send
from dashboard.drawing.scripts import scripts

SMALL_NURSERY = "--max-semi-space-size=4"  # MB: as fast as the default, with 40 MB less
MAX_HEAP_BYTES = 160 << 20  # of V8
MAX_MORE_BYTES = 512 << 20  # of memory beyond what the process has once it is ready: pixels, above all
REFUSAL_LETTERS = 500


def main(plotly: Path, requests: IO[bytes], responses: IO[bytes]) -> None:
    """Answer requests until there are no more."""
    init_mini_racer(flags=(*DEFAULT_V8_FLAGS, SMALL_NURSERY))
    with closing(MiniRacer()) as context:  # left open, it would never let Python exit
        for script in scripts(plotly):
            context.eval(f"{script}\n;0")
        context.set_hard_memory_limit(MAX_HEAP_BYTES)
        limit_memory()
        send(responses, Message({}))
        while request := receive(requests):
            send(responses, respond(context, request))


def respond(context: MiniRacer, request: Message) -> Message:
    """The drawing that a request describes, or its refusal."""
    try:
        if request.header["kind"] == "svg":
            return Message({}, draw(context, request))
        return Message({}, rasterize(request.body.decode(), request.header["scale"]))
    except (JSEvalException, ValueError) as error:
        return Message({"refusal": str(error)[-REFUSAL_LETTERS:]})


def draw(context: MiniRacer, request: Message) -> bytes:
    """The SVG of a figure (JSON)."""
    size = request.header
    arguments = (request.body.decode(), size["width"], size["height"], size["prefix"])
    svg = context.eval(f"drawSvg({', '.join(map(json.dumps, arguments))})")
    return str(svg).encode()


def rasterize(svg: str, scale: float) -> bytes:
    """The PNG of a drawing, on white, `scale` pixels for each CSS pixel; in our font, whatever the system has."""
    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        background="#ffffff",
        zoom=scale,
        skip_system_fonts=True,
        font_files=[str(path) for path in FONT_FILES],
        font_family=FONT_FAMILY,
        sans_serif_family=FONT_FAMILY,
    )
    return bytes(png)


def limit_memory() -> None:
    """Limit this process to a little more memory than it has, where the system can (not Windows, nor macOS)."""
    statistics = Path("/proc/self/statm")
    if not statistics.exists():
        return
    import resource  # noqa: PLC0415  absent on Windows

    data_pages = int(statistics.read_text().split()[5])
    limit = data_pages * resource.getpagesize() + MAX_MORE_BYTES
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def private_output() -> IO[bytes]:
    """The output, taken away from whatever else prints: V8 writes its last words there."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return output


if __name__ == "__main__":
    with suppress(BrokenPipeError):  # the application has ended meanwhile
        main(Path(sys.argv[1]), sys.stdin.buffer, private_output())
