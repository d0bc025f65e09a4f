"""Frames written into tables: every row once, whatever the rows of a statement, and columns without a value."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Engine, Integer, MetaData, Table, Text, create_engine, select

from etl.bulk import MAX_PARAMETERS, ROWS_PER_STATEMENT, insert_frame

TABLE = Table(
    "measured",
    MetaData(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", Text),
    Column("value", Integer),
)
EDGES = (0, 1, ROWS_PER_STATEMENT - 1, ROWS_PER_STATEMENT, ROWS_PER_STATEMENT + 1, MAX_PARAMETERS)


@pytest.fixture(scope="module")
def memory() -> Engine:
    return create_engine("sqlite://")


@given(st.integers(0, 130) | st.sampled_from(EDGES), st.booleans(), st.booleans())
def test_a_frame_is_written_row_for_row(memory: Engine, rows: int, is_named: bool, is_valued: bool) -> None:
    frame = pl.DataFrame(
        {
            "number": range(rows),
            "name": [f"n{n}" if is_named and n % 3 else None for n in range(rows)],
            "value": [n * 2 if is_valued else None for n in range(rows)],
        },
        schema={"number": pl.Int64, "name": pl.String, "value": pl.Int64},
    )
    with memory.connect() as connection:
        TABLE.create(connection)
        insert_frame(connection, TABLE, frame)
        stored = connection.execute(select(TABLE).order_by(TABLE.c.number)).all()
        connection.rollback()
        TABLE.drop(connection, checkfirst=True)
    assert [tuple(row) for row in stored] == frame.rows()
