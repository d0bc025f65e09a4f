"""Laws of reading: two ways of splitting agree, and what is written is read back, with its lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.files.encoding import Encoding
from etl.files.mojibake import GARBLED_ONCE, GARBLED_TWICE, repair
from etl.files.plain import plain_frame
from etl.files.quoted import Lines, quoted_frame
from etl.files.stream import Chunk, read_chunks
from etl.files.tidy import Tidier
from etl.files.wrapping import unwrapped
from etl.invisible_characters import INVISIBLE
from tests.etl.files.samples import HEADER, read

WIDTH = 4


def _tidied(raw: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([raw.clear(), *Tidier(HEADER.split(";"), delimiter="").tidy(raw, damaged=False)])


def _by_csv(chunks: list[Chunk]) -> pl.DataFrame:
    """Every chunk through the csv module, whatever it holds."""
    more: Iterator[Chunk] = iter(chunks)
    return pl.concat([quoted_frame(Lines(chunk, more, ";"), WIDTH) for chunk in more])


@given(st.text(st.sampled_from("ab;\n \u00a0é,€"), min_size=1))
def test_both_ways_agree_without_quotes(text: str) -> None:
    chunk = Chunk(text, 7)
    assert_frame_equal(_tidied(plain_frame(chunk, ";", WIDTH)), _tidied(_by_csv([chunk])))


@given(st.lists(st.lists(st.text(st.sampled_from("ab é"), max_size=3), min_size=WIDTH, max_size=WIDTH), min_size=1))
def test_both_ways_agree_on_regular_rows(rows: list[list[str]]) -> None:
    chunk = Chunk("\n".join(";".join(row) for row in rows), 2)
    assert_frame_equal(_tidied(plain_frame(chunk, ";", WIDTH)), _tidied(_by_csv([chunk])))


@given(st.text(st.sampled_from('ab;\n\r"é€'), max_size=60), st.integers(1, 30))
def test_chunks_are_the_text(text: str, block: int) -> None:
    """Cut anywhere, even inside a character or a CRLF, the lines and their numbers are the same."""
    chunks = list(read_chunks(io.BytesIO(text.encode()), Encoding("utf-8", 0), block))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found = [line for chunk in chunks for line in chunk.text.split("\n")]
    assert found == (lines if lines[-1] else lines[:-1])
    assert [chunk.first_line for chunk in chunks[1:]] == [chunk.next_line for chunk in chunks[:-1]]


CELL = st.text(st.one_of(st.sampled_from('";\r\n\t ,a'), st.characters(codec="utf-8", exclude_characters="\0\ufffd")))
ROWS = st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=6)


@given(ROWS, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(";,\t|"))
@example([["", "", "'"]], "\n", ";")  # the mark of a text, and no text
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], end: str, delimiter: str
) -> None:
    bare = [[INVISIBLE.sub("", cell) for cell in row] for row in rows]
    # A row of zeros or a lone comment is no data: an x in front keeps it from looking so.
    rows = [[f"x{row[0]}", *row[1:]] if any(cell.strip() for cell in row) else row for row in bare]
    if any(GARBLED_TWICE.search(cell) or GARBLED_ONCE.search(cell) for row in rows for cell in row):
        return
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADER.split(";")[:3])
    writer.writerow(["x", "x", "x"])
    line, lines, expected = 3, [2], [["x", "x", "x"]]
    for row in rows:
        before = out.tell()
        writer.writerow(row)
        texts = [cell.replace("\r\n", "\n").replace("\r", "\n").strip() for cell in row]
        texts = [unwrapped(text) for text in texts]
        if any(texts):
            lines.append(line)
            expected.append(texts)
        line += _line_breaks(out.getvalue()[before:])
    path = tmp_path_factory.mktemp("lu") / "lu.csv"
    path.write_bytes(out.getvalue().encode())
    sheet = read(path)
    assert sheet.lines == lines
    assert sheet.cells == [[text or None for text in row] for row in expected]


def _line_breaks(text: str) -> int:
    return text.replace("\r\n", "\n").replace("\r", "\n").count("\n")


@given(st.text(st.sampled_from("abcéèàçôœÉÀ€’«»° "), max_size=40))
def test_repair_undoes_one_wrong_reading(text: str) -> None:
    garbled = text.encode().decode("cp1252", errors="ignore")
    if garbled.encode("cp1252") == text.encode():
        assert repair(garbled) == text


def test_quoted_cell_may_span_chunks() -> None:
    content = 'a;"b\n' + "x\n" * 50 + 'c";d;e\nf;g;h;i\n'
    chunks = list(read_chunks(io.BytesIO(content.encode()), Encoding("utf-8", 0), 16))
    assert len(chunks) > 3
    frame = _by_csv(chunks)
    assert frame["line"].to_list() == [1, 53]
    assert frame["1"].to_list() == ["b\n" + "x\n" * 50 + "c", "g"]
