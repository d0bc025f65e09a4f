"""The application as gunicorn serves it, asked by clients that do not behave: never a trace, never a thread held."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Databases

ROOT = Path(__file__).resolve().parents[3]
pytestmark = [
    pytest.mark.any_engine,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="gunicorn does not run on Windows"),
]


@pytest.fixture(scope="module")
def server(
    databases: Databases, prepared_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[int, Path]]:
    """A worker of two threads: its port, and its log."""
    log = tmp_path_factory.mktemp("server") / "log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    options = ["--bind", f"127.0.0.1:{port}", "--threads", "2", "--no-control-socket", "app:server"]
    url = databases.copy(prepared_url)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *options], cwd=ROOT, env=os.environ | {"DATABASE_URL": url},
            stdout=output, stderr=output,
        )  # fmt: skip
        for _attempt in range(400):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, log
        process.terminate()
        process.wait(timeout=20)
    databases.drop(url)


def _ask(port: int, request: bytes, wait: float = 20) -> bytes:
    """All that the server answers until it closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=wait) as client:
        client.sendall(request)
        answer = b""
        while piece := client.recv(65_536):
            answer += piece
        return answer


def _status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


HEAD = (
    b"POST /_dash-update-component HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    b"Content-Type: application/json\r\nConnection: close\r\n"
)
HEALTH = b"GET /sante HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def test_a_bad_chunk_is_400(server: tuple[int, Path]) -> None:
    answer = _ask(server[0], HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")
    assert _status(answer) == 400
    assert "transmis" in answer.decode()


@pytest.mark.parametrize("name", ["SCRIPT_NAME", "Script_Name", "PATH_INFO", "REMOTE_USER"])
def test_a_header_that_would_set_the_environment_is_400(server: tuple[int, Path], name: str) -> None:
    request = f"GET /sante HTTP/1.1\r\nHost: 127.0.0.1\r\n{name}: /x\r\nConnection: close\r\n\r\n"
    assert _status(_ask(server[0], request.encode())) == 400


def test_incomplete_requests_are_closed(server: tuple[int, Path]) -> None:
    """More of them than threads, of each kind; the others wait no longer than the limit."""
    halves = (b"GET /sante HTTP/1.1\r\nHost: 127", HEAD + b"Content-Length: 5000\r\n\r\n{")
    for half in halves:
        clients = [socket.create_connection(("127.0.0.1", server[0]), timeout=30) for _one in range(3)]
        for client in clients:
            client.sendall(half)
        begun = time.monotonic()
        assert _status(_ask(server[0], HEALTH, 60)) == 200
        assert time.monotonic() - begun < 30
        for client in clients:
            received = client.recv(65_536)
            assert not received or _status(received) in (400, 408)
            client.close()


def test_the_body_of_a_get_is_not_waited_for(server: tuple[int, Path]) -> None:
    head = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", server[0]), timeout=30) as client:
        client.sendall(head)
        begun = time.monotonic()
        assert _status(client.recv(200)) == 200
        assert time.monotonic() - begun < 4


def test_malformed_requests_leave_no_traceback(server: tuple[int, Path]) -> None:
    log = server[1].read_text(errors="replace")
    assert "dashboard/" not in log.replace("/dashboard/compressed", "")
