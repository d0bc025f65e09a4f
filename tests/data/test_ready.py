"""What is ready for the next meeting: complete files, unless the latest opinion is not favourable."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, Engine, insert

from data import schema
from data.engine import writing
from data.queries.known import read_known
from data.queries.ready import count_ready, read_ready
from data.selection import Selection
from etl.rollups import labels
from tests.conftest import TODAY

LOAD = 1_000
DAY = date(2026, 3, 1)
Step = tuple[int, str, str | None]  # day of March, step, opinion


@pytest.mark.parametrize(
    ("steps", "ready"),
    [
        ([(1, "application", None)], 0),
        ([(1, "application", None), (5, "complete_file", None)], 1),
        ([(1, "complete_file", None), (9, "aract_opinion", "favorable")], 1),
        ([(1, "complete_file", None), (9, "aract_opinion", "unfavorable")], 0),
        ([(1, "complete_file", None), (9, "aract_opinion", "reserved")], 0),
        ([(1, "complete_file", None), (9, "aract_opinion", "reserved"), (12, "aract_opinion", "favorable")], 1),
        ([(1, "complete_file", None), (1, "aract_opinion", "unfavorable")], 0),
        ([(1, "application", None), (9, "aract_opinion", "favorable")], 0),
        ([(1, "complete_file", None), (9, "awarded", None)], 0),
        ([(1, "complete_file", None), (9, "refused", None), (20, "application", None)], 0),
        ([(31, "complete_file", None)], 0),
    ],
    ids=[
        *("application", "complete", "favourable", "unfavourable", "reserved", "favourable at last", "same day"),
        *("no file", "awarded", "applied again", "not yet"),
    ],
)
def test_applications(engine: Engine, steps: Sequence[Step], ready: int) -> None:
    with writing(engine) as connection:
        _add(connection, steps)
        selection, _notices = Selection.from_query("au=2026-03-30", read_known(connection, TODAY))
        assert count_ready(connection, selection) == ready
        assert count_ready(connection, selection.choosing("dep", ["14"])) == 0


def test_the_meeting(engine: Engine) -> None:
    with writing(engine) as connection:
        _add(connection, [(1, "complete_file", None)])
        known = read_known(connection, TODAY)
        chosen, _notices = Selection.from_query("au=2026-03-30", known)
        default = Selection((), None, date(2026, 3, 30))
        assert read_ready(connection, chosen, TODAY) is None
        past, coming = date(2026, 4, 20), date(2027, 1, 18)
        _add_session(connection, past, "Commission permanente")
        _add_session(connection, date(2026, 12, 1), "Comité de labellisation")
        for selection, day in ((chosen, past), (default, past)):
            found = read_ready(connection, selection, TODAY)
            assert found
            assert (found.meeting.day, found.applications, found.proposals) == (day, 1, 0)
        _add_session(connection, coming, "Commission permanente")
        for selection, day in ((chosen, past), (default, coming)):
            found = read_ready(connection, selection, TODAY)
            assert found
            assert found.meeting.day == day


def _add_session(connection: Connection, day: date, label: str) -> None:
    connection.execute(insert(schema.session), {"day": day, "label": label, "load_id": LOAD, "line": 2})


def _add(connection: Connection, steps: Sequence[Step]) -> None:
    counts = dict.fromkeys(("accepted", "rejected", "unchanged", "replaced", "warnings"), 0)
    said = {"source": "labels", "file": "essai.csv", "sha256": "", "content_hash": "", "kind": "region"}
    loaded = {"load_id": LOAD, "status": "loaded", "loaded_at": datetime(2026, 4, 1, tzinfo=UTC)}
    connection.execute(insert(schema.load), loaded | said | counts)
    connection.execute(insert(schema.place), {"place_id": 1, "code": "L1", "load_id": LOAD})
    about = {"name": "Lieu", "commune": "61001", "holder": "Porteur", "holder_type": "public", "typologies": ""}
    connection.execute(insert(schema.place_version), about | {"place_id": 1, "load_id": LOAD, "line": 2})
    for line, (day, step, opinion) in enumerate(steps, 2):
        about = {"place_id": 1, "day": DAY.replace(day=day), "step": step, "opinion": opinion}
        connection.execute(insert(schema.label_event), about | {"load_id": LOAD, "line": line})
    labels.refresh(connection, TODAY)
