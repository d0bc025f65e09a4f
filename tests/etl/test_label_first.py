"""The first application and the first award of each place, and what indicators make of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sqlalchemy import Engine, select

from data.engine import reading
from data.indicators.label import DELAI_LABELLISATION, LABELLISATIONS_CUMULEES, LIEUX_LABELLISES
from data.queries.indicators import read_value
from data.schema import label_first, place
from data.selection import Selection
from tests.etl.deliveries import deliver

DAYS = Selection((), None, date(2021, 12, 31), until_given=True)


def _steps(code: str, *steps: str) -> list[dict[str, str]]:
    """« 2019-01-01 candidature » as rows of the register."""
    return [{"id_lieu": code, "etape": one[11:], "date": one[:10]} for one in steps]


def _firsts(engine: Engine) -> dict[str, tuple[date | None, date | None]]:
    with reading(engine) as connection:
        query = select(place.c.code, label_first.c.applied, label_first.c.awarded).join(
            place, place.c.place_id == label_first.c.place_id
        )
        return {code: (applied, awarded) for code, applied, awarded in connection.execute(query)}


def _load(engine: Engine, folder: Path, labels: list[dict[str, str]]) -> None:
    codes = sorted({row["id_lieu"] for row in labels})
    places = [
        {"id_lieu": code, "nom": code, "code_insee": "61001", "porteur": "P", "type_porteur": "public"}
        for code in codes
    ]
    deliver(engine, folder / "p.csv", places)
    assert deliver(engine, folder / "l.csv", labels).status == "loaded"


def test_first_days(engine: Engine, tmp_path: Path) -> None:
    labels = [
        *_steps("A", "2018-01-01 candidature", "2018-02-01 dossier complet", "2018-06-01 labellisé"),
        *_steps("A", "2019-06-01 expiré", "2019-07-01 candidature", "2019-09-01 labellisé"),
        *_steps("B", "2018-03-01 dossier complet", "2018-05-30 labellisé"),  # its application was not written down
        *_steps("C", "2018-03-01 candidature", "2018-05-01 refusé"),
        *_steps("D", "2018-03-01 labellisé", "2019-03-01 retiré", "2020-03-01 candidature"),
        *_steps("F", "2018-04-01 dossier complet", "2018-05-01 candidature", "2018-05-01 labellisé"),
    ]
    _load(engine, tmp_path, labels)
    assert _firsts(engine) == {
        "A": (date(2018, 1, 1), date(2018, 6, 1)),
        "B": (date(2018, 3, 1), date(2018, 5, 30)),
        "C": (date(2018, 3, 1), None),
        "D": (date(2020, 3, 1), date(2018, 3, 1)),
        "F": (date(2018, 5, 1), date(2018, 5, 1)),
    }
    with reading(engine) as connection:
        assert read_value(connection, LABELLISATIONS_CUMULEES, DAYS).value == 4
        assert read_value(connection, LIEUX_LABELLISES, DAYS).value == 3  # D left
        delay = read_value(connection, DELAI_LABELLISATION, DAYS)
    assert delay.value == 90  # of A (151), B (90) and F (0): D applied after its award
    assert delay.note == "3 délais, 1 encore ouvert"


def test_a_corrected_register_changes_the_firsts(engine: Engine, tmp_path: Path) -> None:
    _load(engine, tmp_path, _steps("A", "2018-01-01 candidature", "2018-06-01 labellisé"))
    corrected = tmp_path / "corrected.csv"
    deliver(engine, corrected, _steps("A", "2018-02-01 candidature", "2018-07-01 labellisé"))
    assert _firsts(engine) == {"A": (date(2018, 2, 1), date(2018, 7, 1))}
