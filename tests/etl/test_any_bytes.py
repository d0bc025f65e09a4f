"""Whatever the bytes of a file, a load ends in a report: no other exception, and nothing of a refused file is kept."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from data.demo import DEMO_FILES
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.loading.report import NOTHING_LOADED
from tests.conftest import SHARED, TODAY
from tests.etl.deliveries import contents

pytestmark = [pytest.mark.without_coverage, pytest.mark.fewer_on_postgresql(4)]

NAMES = ("x.csv", "x.xlsx", "x.ods", "x.json", "x", "x.txt")
REAL = sorted((SHARED / "data" / "real").glob("*.*")) if SHARED.is_dir() else []
PIECES = (
    b"", b"\0", b'"', b";", b"\n", b"\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xa0", "é".encode(), b"=1+1", b"1e999",
    b"9" * 40, b"</row>", b"{", b"]",
)  # fmt: skip


def _load(engine: Engine, path: Path) -> None:
    before = contents(engine)
    report = load_file(engine, path, LoadOptions(TODAY, confirm=True, keep=False))
    assert report.accepted >= 0
    assert report.status not in NOTHING_LOADED or report.problems
    assert contents(engine) == before


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.binary(max_size=400) | st.text(max_size=200).map(str.encode),
    name=st.sampled_from(NAMES),
    header=st.sampled_from((b"", b"id_lieu;debut;fin;unite;valeur\n", b"PK\x03\x04", b'[{"uid": ')),
)
def test_any_bytes(engine: Engine, tmp_path: Path, content: bytes, name: str, header: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(header + content)
    _load(engine, path)


def _mutated(content: bytes, draw: random.Random) -> bytes:
    """The bytes with a few of them cut, doubled, replaced or struck by a piece that means something somewhere."""
    for _ in range(draw.randint(1, 6)):
        first = draw.randrange(len(content) + 1)
        last = min(len(content), first + draw.choice((0, 1, 2, 50, 5_000)))
        middle = draw.choice((draw.choice(PIECES), draw.randbytes(draw.randint(1, 8)), content[first:last] * 2))
        content = content[:first] + middle + content[last:]
    return content[: draw.choice((len(content), len(content), draw.randrange(len(content) + 1)))]


@pytest.mark.slow
@pytest.mark.parametrize("source", [*DEMO_FILES, *REAL], ids=lambda path: path.name)
def test_mutations_of_files(engine: Engine, tmp_path: Path, source: Path) -> None:
    draw = random.Random(source.name)
    content = source.read_bytes()[:300_000]
    for _ in range(6):
        path = tmp_path / source.name
        path.write_bytes(_mutated(content, draw))
        _load(engine, path)
