"""Every indicator, filter and source is complete and consistent with the tables."""

from __future__ import annotations

import re

import pytest

from data.codes import AUDIENCES, UNITS
from data.filters import FILTERS, Filter
from data.indicators import INDICATORS, Indicator
from data.schema import metadata
from data.sources import SOURCES, Source, attendance

SCOPE = {"dep", "epci", "holder_type"}
TIMES = {"stock": {"started", "ended"}, "day": {"day"}, "month": {"month"}, "undated": set()}


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda one: one.slug)
def test_indicators_are_complete(indicator: Indicator) -> None:
    for text in (indicator.definition, indicator.method, indicator.why, indicator.limits):
        assert text.endswith(".")
        assert len(text) > 40
    fact = indicator.basis.fact
    for rows in (fact.rows, fact.detail, fact.proof.subquery()):
        assert set(rows.c.keys()) >= SCOPE | TIMES[fact.time]
    assert set(fact.rows.c.keys()) - {"files"} <= set(fact.detail.c.keys())
    assert set(fact.proof.subquery().c.keys()) >= {
        *fact.headers,
        fact.default_sort,
        "load_id",
        "sheet",
        "line",
        "typologies",
    }
    proof = indicator.proof
    assert proof.default_sort in proof.headers
    assert len(set(proof.headers.values())) == len(proof.headers)
    assert proof.line_measure is None or proof.line_measure.fact.has_line_counts
    assert set(indicator.sources) <= {source.name for source in SOURCES}


@pytest.mark.parametrize("source", SOURCES, ids=lambda one: one.name)
def test_no_two_columns_of_a_source_share_a_header(source: Source) -> None:
    spellings = [spelling for column in source.columns for spelling in column.spellings()]
    assert len(set(spellings)) == len(spellings)


@pytest.mark.parametrize("source", SOURCES, ids=lambda one: one.name)
def test_choices_have_labels_of_their_own(source: Source) -> None:
    for column in source.columns:
        labels = [label for choice in column.choices for label in (choice.label, *choice.synonyms)]
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.key)
def test_filters_narrow_a_column_of_some_fact(one: Filter) -> None:
    columns = {column.name for indicator in INDICATORS for column in indicator.basis.fact.detail.c}
    assert one.column in columns
    assert one.label
    assert one.all_label


def test_coded_words_are_those_of_the_source() -> None:
    assert {choice.code for choice in attendance.UNIT_CHOICES} == set(UNITS) - {""}
    assert {choice.code for choice in attendance.AUDIENCE_CHOICES} == set(AUDIENCES) - {""}


def test_every_table_says_its_grain() -> None:
    for table in metadata.sorted_tables:
        assert re.match(r"One row (per \w|in all: )", table.comment or ""), table.name
