"""Every row of the catalogue of bad inputs as a real input, with exactly its verdict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from _pytest.mark.structures import ParameterSet
from sqlalchemy import Engine

from tests.catalogue.added import ADDED
from tests.catalogue.business import BUSINESS
from tests.catalogue.entries import Entry, check, load
from tests.catalogue.file_level import FILE_LEVEL
from tests.catalogue.inputs import AID, PLACE, STEP, VISITS, rows_of
from tests.catalogue.structure import STRUCTURE
from tests.catalogue.values import VALUES
from tests.conftest import FilledEngine
from tests.sampling import turn_of

ROWS = range(1, 146)
ENTRIES: tuple[Entry, ...] = (*FILE_LEVEL, *STRUCTURE, *VALUES, *BUSINESS, *ADDED)
KNOWN = (
    rows_of(
        PLACE,
        {"id_lieu": "TL-01", "nom": "La Filature", "date_ouverture": "01/01/2018"},
        {"id_lieu": "TL-02", "nom": "Le Zéphyr", "date_ouverture": "01/01/2018", "date_fermeture": "30/06/2024"},
        {"id_lieu": "TL-03", "nom": "Elabo"},
        name="lieux-connus.csv",
    ),
    rows_of(STEP, {"id_lieu": "TL-01", "date": "15/05/2018"}, name="labels-connus.csv"),
    rows_of(AID, {"reference": "D-0", "date_vote": "01/03/2020", "id_lieu": "TL-01"}, name="aides-connues.csv"),
    rows_of(
        VISITS,
        *({"id_lieu": "TL-01", "debut": f"01/{month:02}/2020", "fin": f"28/{month:02}/2020"} for month in range(1, 9)),
        name="frequentation-connue.csv",
    ),
)


def _known(engine: Engine) -> None:
    """Some places, steps of a label, an aid and months of visits."""
    with TemporaryDirectory() as folder:
        for make in KNOWN:
            assert load(engine, make(Path(folder)))[0].status == "loaded"


@pytest.fixture
def engine(filled_engine: FilledEngine) -> Iterator[Engine]:
    with filled_engine(_known) as engine:
        yield engine


def _is_whole(entry: Entry) -> bool:
    """Whether the input goes through to the roll-ups, half of the cost of a load: one in four, from one to the next by
    its name, and those that more than one load makes.
    """
    return bool(entry.run or entry.before) or not turn_of(entry.id, 4)


def _parameter(entry: Entry) -> ParameterSet:
    return pytest.param(entry, id=entry.id, marks=[] if _is_whole(entry) else [pytest.mark.without_coverage])


@pytest.mark.fewer_on_postgresql(10)
@pytest.mark.parametrize("entry", [_parameter(entry) for entry in ENTRIES])
def test_the_input_gets_its_verdict(
    entry: Entry, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not _is_whole(entry):
        monkeypatch.setattr("etl.rollups.refresh", lambda *_changed: None)
    check(entry, engine, tmp_path)


def test_every_row_of_the_catalogue_has_an_input(capsys: pytest.CaptureFixture[str]) -> None:
    inputs = Counter(entry.row for entry in ENTRIES)
    missing = [row for row in ROWS if not inputs[row]]
    with capsys.disabled():
        print(f"\n{len(ROWS) - len(missing)} of {len(ROWS)} rows get their verdict, by {len(ENTRIES)} inputs")  # noqa: T201
        for row in ROWS:
            names = ", ".join(entry.name for entry in ENTRIES if entry.row == row)
            print(f"{row:4} {names or 'NONE'}")  # noqa: T201
    assert missing == []
    assert set(inputs) <= set(ROWS)


def test_no_two_inputs_have_one_name() -> None:
    assert Counter(entry.id for entry in ENTRIES).most_common(1)[0][1] == 1
