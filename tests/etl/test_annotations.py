"""The annotations of curves, from their file to their table: the Région's list replaces the packaged one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, func, select

from data.engine import writing
from data.reference import POLICY_FILES
from data.schema import annotation, is_live
from etl.loading.rollback import roll_back
from tests.etl.deliveries import FIRST_LOAD, deliver

FLOOD = {"debut": "20/01/2021", "texte": "Crue de la Vire", "source": "préfecture de la Manche"}


def live_annotations(engine: Engine) -> list[tuple[object, ...]]:
    names = ("text", "ends", "themes", "territories")
    with engine.connect() as connection:
        rows = select(*(annotation.c[name] for name in names)).where(is_live(annotation)).order_by(annotation.c.starts)
        return [tuple(row) for row in connection.execute(rows)]


def test_the_list_of_the_region_replaces_the_packaged_one_until_it_is_rolled_back(
    engine: Engine, tmp_path: Path
) -> None:
    packaged = live_annotations(engine)
    path = next(path for path in POLICY_FILES if path.stem == "annotations")
    assert len(packaged) == len(path.read_text(encoding="utf-8").splitlines()) - 1
    rows = [
        {**FLOOD, "themes": "fréquentation|aides", "territoires": "Manche"},
        {**FLOOD, "debut": "01/02/2021", "fin": "31/01/2021"},
        {**FLOOD, "debut": "01/03/2021", "source": ""},
    ]
    report = deliver(engine, tmp_path / "reperes.csv", rows, source="annotations")
    assert [(problem.line, problem.column) for problem in report.problems] == [(3, "fin"), (4, "source")]
    assert live_annotations(engine) == [("Crue de la Vire", None, "|aides|frequentation|", "|50|")]
    with writing(engine) as connection:
        roll_back(connection, FIRST_LOAD)
    assert live_annotations(engine) == packaged
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(annotation)) == len(packaged)
