"""Small reference data, for the tests that read cells and rows."""

from dataclasses import replace
from datetime import date

import polars as pl

from data.sources import Column, source_named
from etl.reference_data import KnownCommune, ReferenceData
from etl.typing import Parsed, parse
from etl.typing.cell_problems import FileState
from etl.typing.columns import Typed, type_batch

REFERENCE = ReferenceData(
    communes={
        "14118": KnownCommune("Caen", "14", "200065597", -0.36, 49.18),
        "14150": KnownCommune("Cesny-les-Sources", "14", "200065563", -0.39, 49.0),
        "50502": KnownCommune("Saint-Lô", "50", "200066389", -1.09, 49.12),
        "61001": KnownCommune("Alençon", "61", "246100663", 0.09, 48.43),
    },
    former={"14002": "14150"},
    epci=frozenset({"200065597", "200066389"}),
    departements={"14": "Calvados", "27": "Eure", "50": "Manche", "61": "Orne", "76": "Seine-Maritime"},
    places={"TL-1": 1, "TL-2": 2},
    place_periods={1: (20190601, 20211231), 2: (None, None)},
    schemes={"emergence": "Émergence", "services-numeriques": "Services numériques innovants"},
    partners={"aract": "Aract Normandie"},
    today=date(2021, 6, 30),
    postcodes={"14000": ("14118",), "61000": ("61001", "61077")},
)


def read(text: str, kind: str = "amount", **options: object) -> Parsed:
    """One cell of a column of that kind."""
    column = Column("tested", "testée", kind, required=True)  # type: ignore[arg-type]
    return parse(text, replace(column, **options), REFERENCE)  # type: ignore[arg-type]


def read_column(source: str, header: str, text: str) -> Parsed:
    """One cell of a declared column, named by its header."""
    column = next(column for column in source_named(source).columns if column.header == header)
    return parse(text, column, REFERENCE)


def batch(table: str, first_line: int = 2) -> tuple[list[str], pl.DataFrame]:
    """« a;b / 1;2 » on lines, as reading hands it over: headers, then line, cells, "0", "1"."""
    header, *rows = [line.strip().split(";") for line in table.strip().splitlines()]
    padded = [[*row, *[""] * (len(header) - len(row))][: len(header)] for row in rows]
    frame = pl.DataFrame(
        {
            "line": pl.Series(range(first_line, first_line + len(rows)), dtype=pl.UInt32),
            "cells": pl.Series([len(row) for row in rows], dtype=pl.UInt16),
            **{
                str(at): pl.Series([row[at].strip() or None for row in padded], dtype=pl.String)
                for at in range(len(header))
            },
        }
    )
    return header, frame


def type_table(
    source: str, table: str, *, reference: ReferenceData = REFERENCE, state: FileState | None = None
) -> Typed:
    """A whole file of one batch, typed."""
    header, frame = batch(table)
    known = source_named(source)
    return type_batch(frame, known.recognise(header), known, reference, state or FileState())


def messages(problems: list[object]) -> list[str]:
    """The messages, with plain spaces to write tests with."""
    return [problem.message.replace("\u202f", " ") for problem in problems]  # type: ignore[attr-defined]
