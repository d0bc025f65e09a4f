"""Databases, files and outputs that do not work, and a command run on them within the process of the tests."""

from __future__ import annotations

import io
import os
import shutil
import socket
import sqlite3
import struct
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pytest

from etl import __main__ as etl_main

NOBODY = 65534


@dataclass(frozen=True)
class Result:
    """The exit code of a command, and what it wrote."""

    code: int
    stdout: str
    stderr: str


def run(url: str, *arguments: object, stdout: io.TextIOBase | str | None = "") -> Result:
    """python -m etl; `stdout` is where it writes, memory by default."""
    memory, errors = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", url)
        patch.setattr(sys, "argv", ["etl", *map(str, arguments)])
        patch.setattr(sys, "stdout", memory if stdout == "" else stdout)
        patch.setattr(sys, "stderr", errors)
        with pytest.raises(SystemExit) as end:
            etl_main.main()
    if isinstance(stdout, io.IOBase):
        stdout.close()
    assert isinstance(end.value.code, int)
    return Result(end.value.code, _text(memory), _text(errors))


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    buffer = stream.buffer
    assert isinstance(buffer, io.BytesIO)
    return buffer.getvalue().decode("utf-8")


def contents_of(folder: Path) -> Mapping[str, str]:
    """Each file of a folder with its digest."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in sorted(folder.rglob("*"))
    }


@contextmanager
def without_rights(folder: Path, mode: int) -> Iterator[None]:
    """The rights of a folder narrowed, for a process that is not root's."""
    root = os.geteuid() == 0
    folder.chmod(mode)
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)
        folder.chmod(0o755)


def damage(path: Path) -> None:
    """Overwrite every page but the first, and bring what the log holds into the file before."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xa5" * (size - 4096))


def copied(ready: Path, folder: Path) -> Path:
    """A database of its own for one test, in a folder where there is nothing else."""
    folder.mkdir(parents=True)
    shutil.copyfile(ready, folder / "x.sqlite")
    return folder / "x.sqlite"


@contextmanager
def server(answer: bytes | None) -> Iterator[int]:
    """A server on the loopback that sends `answer` to whoever connects, then hangs up; None: keeps silent."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(0.1)
        stop = threading.Event()
        kept: list[socket.socket] = []

        def serve() -> None:
            while not stop.is_set():
                try:
                    client, _ = listening.accept()
                except TimeoutError:
                    continue
                kept.append(client)
                if answer is not None:
                    client.settimeout(5)
                    client.recv(1024)
                    client.sendall(answer)
                    client.close()

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            stop.set()
            thread.join()
            for client in kept:
                client.close()


def refusal(state: str, message: str) -> bytes:
    """PostgreSQL's answer to a connection that it refuses."""
    fields = f"SFATAL\0VFATAL\0C{state}\0M{message}\0\0".encode()
    return b"E" + struct.pack("!I", len(fields) + 4) + fields
