"""What the page of data says of the loads: naively counted again, and shown to fail when rows are spoilt."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from dashboard.components.tile_values import labelled_tile, voted_tile
from dashboard.pages.territories.tiles import yearly_visits_tile
from data import schema
from data.engine import reading, writing
from data.policy.self_checks import SelfCheck, read_self_checks
from data.queries.options import read_filter_options
from data.queries.quality import read_freshness, read_live_rows, read_unplaced_aid
from data.queries.refused import MASKED_TEXT, load_rows, refused_rows
from data.queries.target_position import read_target_position
from data.selection import Selection
from tests.conftest import TODAY, NewEngine


@pytest.fixture
def demo(demo_engine: Engine) -> Iterator[Connection]:
    with reading(demo_engine) as connection:
        yield connection


def whole(connection: Connection) -> Selection:
    return Selection.from_query("", read_filter_options(connection, TODAY))[0]


def checks(connection: Connection) -> dict[str, SelfCheck]:
    found = read_self_checks(connection, whole(connection), read_live_rows(connection))
    return {check.statement.replace("\u202f", " "): check for check in found}


def test_each_source_has_its_latest_load_and_its_live_rows(demo: Connection) -> None:
    found = {one.source.name: one for one in read_freshness(demo, read_live_rows(demo))}
    labels = list(demo.execute(select(schema.label_event).where(schema.label_event.c.ended_by.is_(None))))
    assert found["labels"].rows == len(labels)
    assert found["labels"].last_day == max(row.day for row in labels)
    assert (found["labels"].file, found["labels"].kind) == ("labels.csv", "demo")
    refused = demo.execute(select(schema.reject).where(schema.reject.c.ended_by.is_(None))).all()
    assert {name: one.rejects for name, one in found.items() if one.rejects} == {
        name: sum(row.source == name for row in refused) for name in {row.source for row in refused}
    }
    assert sum((one.rejected_amount for one in found.values()), Decimal(0)) == sum(row.amount or 0 for row in refused)
    never = found["aids-scdl"]
    assert (never.load_id, never.loaded, never.rows) == (None, None, 0)


def test_rows_that_the_latest_whole_list_lacked(new_engine: NewEngine) -> None:
    with new_engine() as engine, writing(engine) as connection:
        for number, accepted in ((101, 3), (102, 1)):
            _add_load(connection, number, "mediation-places", accepted)
        for code, load in (("a", 101), ("b", 101), ("c", 101)):
            row = {"code": code, "name": code, "load_id": load, "line": 2}
            connection.execute(insert(schema.mediation_place).values(row))
        found = {one.source.name: one for one in read_freshness(connection, read_live_rows(connection))}
    assert (found["mediation-places"].rows, found["mediation-places"].absent) == (3, 2)


def _add_load(connection: Connection, number: int, source: str, accepted: int, **changed: Any) -> None:
    row = {"load_id": number, "source": source, "file": "essai.csv", "sha256": "", "content_hash": "", "kind": "region"}
    counts = dict.fromkeys(("rejected", "unchanged", "replaced", "warnings"), 0)
    row |= {"status": "loaded", "loaded_at": date(2021, 1, 4), "accepted": accepted} | counts | changed
    connection.execute(insert(schema.load).values(row))


def test_aid_files_without_a_place_are_counted_with_their_money(demo: Connection) -> None:
    files = demo.execute(select(schema.aid_file).where(schema.aid_file.c.family == "lever")).all()
    voted = [one for one in files if one.is_voted]
    found = read_unplaced_aid(demo)
    assert (found.all_files, found.all_amount) == (len(voted), sum(one.voted for one in voted))
    assert (found.files, found.amount) == (1, Decimal("6200"))


@pytest.mark.parametrize("until", [date(2018, 6, 30), date(2019, 2, 28), date(2020, 2, 29), date(2020, 12, 15), TODAY])
def test_a_check_gives_the_figures_of_the_pages(demo: Connection, until: date) -> None:
    """The sums are those of the tiles of the same day: neither a month more nor a day less."""
    selection = replace(whole(demo), until=until, until_given=True)
    found = read_self_checks(demo, selection, read_live_rows(demo))
    labelled, voted, visits = (check.result for check in found[:3])
    assert all(check.holds for check in found), found
    assert f": {count_places(demo, selection)} " in labelled
    recent = voted_tile(demo, selection).status.removeprefix("Dont ").removesuffix(" sur les douze derniers mois")
    assert f": {recent}\u202f;" in voted
    shown = yearly_visits_tile(demo, selection).value
    assert f": {shown} " in visits or (shown == "—" and "pas de chiffre" in visits)


def count_places(connection: Connection, selection: Selection) -> str:
    """What the tile of the label says."""
    return labelled_tile(selection, read_target_position(connection, selection)).value


def test_every_check_holds_on_the_demonstration(demo: Connection) -> None:
    found = checks(demo)
    assert len(found) == 7
    assert all(check.holds for check in found.values()), found


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        pytest.param(delete(schema.label_event).where(schema.label_event.c.place_id == 1), "Tiers-lieux", id="label"),
        pytest.param(update(schema.aid_total).values(amount=0), "Aides votées", id="aid"),
        pytest.param(update(schema.attendance_total).values(value=1), "Visites", id="visits"),
        pytest.param(delete(schema.aid_version).where(schema.aid_version.c.aid_id == 1), "étape d’aide", id="orphan"),
        pytest.param(update(schema.load).where(schema.load.c.source == "places").values(status="rolled_back"),
                     "chargement en vigueur", id="load"),
    ],
)  # fmt: skip
def test_a_check_detects_damaged_data(demo_copy: Engine, spoil: Any, words: str) -> None:
    with writing(demo_copy) as connection:
        connection.execute(spoil)
        failed = [says for says, check in checks(connection).items() if not check.holds]
    assert any(words in says for says in failed), failed


REFUSED = (
    ("valeur", "environ 40", "environ 40"),
    ("valeur", "1 234 567,00", "1 234 567,00"),
    ("date", "31/11/2018", "31/11/2018"),
    ("date", "2018-11-31", "2018-11-31"),
    ("date", "31.11.2018", "31.11.2018"),
    ("siret", "12345678901234", MASKED_TEXT),
    ("participants", "06 12 34 56 78", MASKED_TEXT),
    ("participants", "+33 (0)6.12.34.56.78", MASKED_TEXT),
    ("participants", "prenom.nom@exemple.fr", MASKED_TEXT),
    ("porteur", "Jeanne Martin", MASKED_TEXT),
    ("objet", "mot " * 30, MASKED_TEXT),
    ("nom", None, None),
)


def test_refused_values_that_may_be_personal_are_masked(new_engine: NewEngine) -> None:
    with new_engine() as engine, writing(engine) as connection:
        _add_load(connection, 101, "aids", 0, rejected=len(REFUSED))
        for line, (column, value, _shown) in enumerate(REFUSED, 2):
            row = {"load_id": 101, "number": line, "source": "aids", "column": column, "value": value, "line": line}
            connection.execute(insert(schema.reject).values(row | {"message": "à corriger"}))
        found = connection.execute(refused_rows().order_by("line")).all()
    assert [row.value for row in found] == [shown for _column, _value, shown in REFUSED]
    assert {row.source for row in found} == {"délibérations"}


def test_loads_have_their_kind_and_state(new_engine: NewEngine) -> None:
    with new_engine() as engine, writing(engine) as connection:
        before = connection.scalar(select(func.count()).select_from(schema.load))
        _add_load(connection, 101, "aids", 4, kind="demo")
        assert _states(connection) == {101: ("chargé", "démonstration")}
        _add_load(connection, 102, "aids", 4, status="loaded_with_rejects")
        _add_load(connection, 103, "aids", 4, status="rolled_back")
        assert connection.scalar(select(func.count()).select_from(load_rows().subquery())) == (before or 0) + 3
        assert _states(connection) == {
            101: ("retiré par les fichiers de la Région", "démonstration"),
            102: ("chargé", "fichier de la Région"),
            103: ("annulé", "fichier de la Région"),
        }


def _states(connection: Connection) -> dict[int, tuple[str, str]]:
    return {row.number: (row.state, row.nature) for row in connection.execute(load_rows()) if row.number > 100}
