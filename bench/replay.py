"""Recorded filter changes posted again by many sessions at once, without a browser (asyncio, kept connections)."""

import asyncio
import json
import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

Post = tuple[str, bytes]  # path and query, body
# What one filter change posts: steps one after the other, the posts of a step at once, as the browser does.
Change = tuple[tuple[Post, ...], ...]
OK = 200, 204


@dataclass
class Connection:
    """One kept HTTP/1.1 connection to the server."""

    host: str
    port: int
    streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def send(self, post: Post) -> int:
        """The status of one callback; a connection that the server closed meanwhile is opened again once."""
        path, body = post
        origin = f"Origin: http://{self.host}:{self.port}\r\n"
        told = f"{origin}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
        return await self._exchange(f"POST {path}", told, body)

    async def get(self, path: str) -> int:
        """The status of an address, whose answer is read to its end."""
        return await self._exchange(f"GET {path}", "", b"")

    async def _exchange(self, what: str, told: str, body: bytes) -> int:
        try:
            return await self._exchange_once(what, told, body)
        except (ConnectionError, asyncio.IncompleteReadError):
            self.streams = None
            return await self._exchange_once(what, told, body)

    async def _exchange_once(self, what: str, told: str, body: bytes) -> int:
        if self.streams is None:
            self.streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self.streams
        head = f"{what} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nAccept-Encoding: gzip, deflate, br\r\n{told}\r\n"
        writer.write(head.encode() + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        status = int(answer.split(" ", 2)[1])
        fields = dict(line.split(": ", 1) for line in answer.split("\r\n")[1:] if ": " in line)
        if fields.get("transfer-encoding") == "chunked":
            while size := int(await reader.readuntil(b"\r\n"), 16):
                await reader.readexactly(size + 2)
            await reader.readexactly(2)
        else:
            await reader.readexactly(int(fields.get("content-length", "0")))
        if fields.get("connection") == "close":
            writer.close()
            self.streams = None
        return status


@dataclass
class Session:
    """One reader: as many connections as a step of a change has posts."""

    host: str
    port: int
    pool: list[Connection] = field(default_factory=list)

    async def change(self, steps: Change) -> bool:
        """True when every callback of the change answered well."""
        return all([await self._step(posts) for posts in steps])

    async def _step(self, posts: tuple[Post, ...]) -> bool:
        while len(self.pool) < len(posts):
            self.pool.append(Connection(self.host, self.port))
        sent = (connection.send(post) for connection, post in zip(self.pool, posts, strict=False))
        return all(status in OK for status in await asyncio.gather(*sent))


@dataclass(frozen=True)
class Load:
    """Filter changes a second, the 95th percentile of their times (ms), how many failed."""

    rate: float
    p95_ms: float
    failed: int


def never_asked(change: Change, dated: str, number: int) -> Change:
    """The same change at a day of its own: nobody asked for it before."""
    day = (date(2018, 1, 1) + timedelta(days=number % 1400)).isoformat()

    def moved(post: Post) -> Post:
        body = json.loads(post[1])
        for group in body.get("inputs", ()):
            for one in group if isinstance(group, list) else [group]:
                if one.get("id") == dated:
                    one["value"] = day
        return post[0], json.dumps(body).encode()

    return tuple(tuple(moved(post) for post in step) for step in change)


async def _run(  # noqa: PLR0913  what a load is made of
    url: str, changes: Sequence[Change], sessions: int, seconds: float, think_s: float, dated: str
) -> Load:
    address = urlsplit(url)
    end = time.perf_counter() + seconds
    times: list[float] = []
    failed = asked = 0

    async def reader(number: int) -> None:
        nonlocal failed, asked
        session = Session(address.hostname or "127.0.0.1", address.port or 80)
        chance = random.Random(number)
        turn = number
        await asyncio.sleep(chance.uniform(0, 2 * think_s))
        while time.perf_counter() < end:
            change = changes[turn % len(changes)]
            if dated:
                asked += 1
                change = never_asked(change, dated, asked)
            start = time.perf_counter()
            try:
                good = await session.change(change)
            except (OSError, asyncio.IncompleteReadError):
                good = False
            times.append(time.perf_counter() - start)
            failed += not good
            turn += 1
            await asyncio.sleep(chance.uniform(0, 2 * think_s))

    start = time.perf_counter()
    await asyncio.gather(*(reader(number) for number in range(sessions)))
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else float("nan")
    return Load(len(times) / (time.perf_counter() - start), 1000 * p95, failed)


def replay(  # noqa: PLR0913  what a load is made of
    url: str, changes: Sequence[Change], sessions: int, seconds: float, think_s: float = 0.0, dated: str = ""
) -> Load:
    """`sessions` readers for some seconds, each thinking for `think_s` on average between two changes.

    `dated`: the id of the control of the date, by which each change is made one that nobody asked for before.
    """
    return asyncio.run(_run(url, changes, sessions, seconds, think_s, dated))
