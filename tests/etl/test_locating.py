"""Codes of communes, checked against the town and the postcode beside them: over every commune of Normandie."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.reference import read_commune_history, read_communes, read_departements, read_postcodes
from data.sources import SOURCES, Source
from data.sources.values import example_of
from etl.reference_data import KnownCommune, ReferenceData
from etl.sources import check_rows, load_source_of
from etl.territory.locator import Locator, name_key
from etl.typing.cell_problems import FileState
from tests.etl.references import REFERENCE, messages, type_table

COMMUNES = {one.code: one for one in read_communes()}
WHOLE: ReferenceData = replace(
    REFERENCE,
    communes={code: KnownCommune(one.name, one.dep, one.epci, one.lon, one.lat) for code, one in COMMUNES.items()},
    former={one.old_code: one.code for one in read_commune_history()},
    departements={one.code: one.name for one in read_departements()},
    postcodes=read_postcodes(),
)
LOCATOR = Locator(WHOLE)
POSTCODES = [(postcode, code) for postcode, codes in read_postcodes().items() for code in codes]
BESIDE = tuple(
    source
    for source in SOURCES
    if {"commune", "commune_name", "postcode"} <= {column.name for column in source.columns}
)


@given(st.sampled_from(POSTCODES), st.sampled_from(sorted(COMMUNES)))
def test_138_a_code_that_town_and_postcode_contradict_is_never_believed(written: tuple[str, str], other: str) -> None:
    postcode, true = written
    town = COMMUNES[true].name
    location = LOCATOR.locate(other, town, postcode)
    if name_key(COMMUNES[other].name) == name_key(town) or other in read_postcodes()[postcode]:
        assert location.commune == other  # two of the three agree on it
    else:
        assert location.commune in {true, None}
        assert location.finding == ("mended" if location.commune else "doubtful")


@given(st.sampled_from(POSTCODES))
def test_138_a_postcode_in_place_of_the_code_is_never_another_commune(written: tuple[str, str]) -> None:
    postcode, true = written
    code = postcode if postcode in WHOLE.communes else WHOLE.former.get(postcode)
    location = LOCATOR.locate(code, COMMUNES[true].name, postcode)
    assert location.commune in {true, None}
    assert location.commune == code or location.finding or code is None


@given(st.sampled_from(sorted(COMMUNES)), st.sampled_from(sorted(COMMUNES)))
def test_138_a_cedex_in_place_of_the_code_is_never_another_commune(true: str, cedex: str) -> None:
    """A CEDEX postcode is in no list; by chance it may be the code of a commune, in both columns or in one."""
    if (
        cedex[:2] != true[:2]
        or cedex in read_postcodes()
        or name_key(COMMUNES[cedex].name) == name_key(COMMUNES[true].name)
    ):
        return
    location = LOCATOR.locate(cedex, f"{COMMUNES[true].name} CEDEX 2", cedex)
    assert location.commune in {true, None}
    assert location.finding


@given(st.sampled_from(POSTCODES))
def test_true_codes_are_accepted_without_a_remark(written: tuple[str, str]) -> None:
    postcode, code = written
    for town in (COMMUNES[code].name, COMMUNES[code].name.upper(), None):
        for beside in (postcode, None):
            location = LOCATOR.locate(code, town, beside)
            assert (location.commune, location.finding) == (code, None)


def _typed(source: Source, code: str, town: str, postcode: str) -> tuple[str | None, list[str]]:
    """What a whole row of the source gives: its commune (None: unknown, or refused) and its problems."""
    written = {"commune": code, "commune_name": town, "postcode": postcode}
    columns = [column for column in source.columns if column.required or column.name in written]
    cells = [written.get(column.name, example_of(column)) for column in columns]
    table = f"{';'.join(column.header for column in columns)}\n{';'.join(cells)}"
    state = FileState()
    typed = type_table(source.name, table, reference=WHOLE, state=state)
    checked = check_rows(load_source_of(source), typed.rows, WHOLE, state)
    problems = messages([*typed.refused, *typed.warnings, *checked.refused, *checked.warnings])
    return (checked.rows["commune"].item(0) if len(checked.rows) else None), problems


@pytest.mark.parametrize("source", BESIDE, ids=lambda one: one.name)
@pytest.mark.parametrize(
    ("code", "town", "postcode", "commune"),
    [
        ("14130", "Pont-l’Évêque", "14130", "14514"),
        ("76130", "Mont-Saint-Aignan", "76130", "76451"),
        ("14118", "Rouen", "76000", "76540"),
        ("76618", "Rouen CEDEX", "76618", "76540"),
        ("14118", "Bayeux", "76000", None),
        ("14118", "Caen", "14000", "14118"),
    ],
)
def test_138_sources_with_a_code_and_a_town_compare_them(
    source: Source, code: str, town: str, postcode: str, commune: str | None
) -> None:
    found, messages = _typed(source, code, town, postcode)
    assert found == commune
    assert bool(messages) == (code != commune)


@pytest.mark.parametrize(
    ("postcode", "commune"), [("01000", "01053"), ("1000", "01053"), ("75001", None), ("14000", "14118")]
)
def test_138_a_lost_zero_is_put_back_in_the_departement_of_the_postcode_only(
    postcode: str, commune: str | None
) -> None:
    source = next(one for one in BESIDE if not one.column("commune").required)
    found, messages = _typed(source, "1053", "Caen" if commune == "14118" else "Bourg-en-Bresse", postcode)
    assert found == commune
    assert messages
