"""Inputs that the product once got wrong (../shared/data/cases), end to end; each kind has its own tests elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.schema import aid, is_live, mediation_place, place, place_version
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.loading.report import Report
from tests.conftest import SHARED, TODAY

CASES = SHARED / "data" / "cases"
pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="../shared/data/cases is not on this machine")


def _load(engine: Engine, case: str) -> Report:
    return load_file(engine, CASES / case, LoadOptions(TODAY, confirm=True))


def test_r56_a_postcode_in_the_insee_column(engine: Engine) -> None:
    report = _load(engine, "R56/epn.csv")
    with engine.connect() as connection:
        found = dict(
            connection.execute(
                select(mediation_place.c.code, mediation_place.c.commune).where(is_live(mediation_place))
            ).all()
        )
    assert found == {"M1": "14514", "M2": "76451", "M3": "76540"}
    assert [problem.line for problem in report.remarks if problem.column == "code_insee"] == [2, 3, 4]


def test_r57_r58_quotes_after_a_space_and_text_formulas(engine: Engine) -> None:
    _load(engine, "R57/lieux.csv")
    with engine.connect() as connection:
        names = set(connection.scalars(select(place_version.c.name).where(is_live(place_version))))
    assert names == {"La Halle", "Le Préau"}
    assert _load(engine, "R58/lieux.csv").rejected == 0
    assert _load(engine, "R58/labels.csv").accepted == 1


def test_r65_a_reference_typed_as_a_number_is_one_aid(engine: Engine) -> None:
    for case in ("R65/a_aides.xlsx", "R65/b_aides.csv"):
        assert _load(engine, case).rejected == 0
    with engine.connect() as connection:
        assert set(connection.scalars(select(aid.c.reference))) == {"2025.101"}


def test_r18_a_date_in_a_reference_is_reported(engine: Engine) -> None:
    report = _load(engine, "R18/aides.xlsx")
    assert report.rejected == 0
    assert any("à la place d’un identifiant" in problem.message for problem in report.remarks)


def test_r42_an_apostrophe_in_front_of_anything(engine: Engine) -> None:
    assert _load(engine, "R42/scdl.csv").rejected == 0


@pytest.mark.parametrize("case", ["R55/aides.csv"])
def test_r55_headers_with_their_unit(engine: Engine, case: str) -> None:
    assert _load(engine, case).rejected == 0


def test_no_place_is_left_with_a_wrapped_code(engine: Engine) -> None:
    _load(engine, "R58/lieux.csv")
    with engine.connect() as connection:
        assert set(connection.scalars(select(place.c.code))) == {"N1"}
    assert not list(Path(CASES).rglob("lignes-a-corriger"))
