"""What is ready for the next meeting: complete files with a favourable opinion; and which meeting decides it."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, Engine, insert

from data import schema
from data.engine import writing
from data.queries.options import read_filter_options
from data.queries.ready import read_ready_applications
from data.queries.sessions import read_next_session
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
        ([(1, "application", None), (5, "complete_file", None)], 0),
        ([(1, "complete_file", None), (9, "aract_opinion", "favorable")], 1),
        ([(1, "complete_file", None), (9, "aract_opinion", "unfavorable")], 0),
        ([(1, "complete_file", None), (9, "aract_opinion", "reserved")], 0),
        ([(1, "complete_file", None), (9, "aract_opinion", "reserved"), (12, "aract_opinion", "favorable")], 1),
        ([(1, "complete_file", None), (1, "aract_opinion", "unfavorable")], 0),
        ([(1, "application", None), (9, "aract_opinion", "favorable")], 0),
        ([(1, "complete_file", None), (9, "aract_opinion", None)], 0),
        ([(1, "complete_file", None), (9, "aract_opinion", "favorable"), (12, "aract_opinion", "reserved")], 0),
        ([(1, "complete_file", None), (9, "aract_opinion", "favorable"), (12, "complete_file", None)], 0),
        ([(1, "aract_opinion", "favorable"), (9, "complete_file", None)], 0),
        ([(1, "complete_file", None), (9, "awarded", None)], 0),
        ([(1, "complete_file", None), (9, "refused", None), (20, "application", None)], 0),
        ([(1, "complete_file", None), (31, "aract_opinion", "favorable")], 0),
    ],
    ids=[
        *("application", "complete", "favourable", "unfavourable", "reserved", "favourable at last", "same day"),
        *("no file", "opinion without its sense", "favourable no more", "completed since", "opinion before the file"),
        *("awarded", "applied again", "not yet"),
    ],
)
def test_applications(engine: Engine, steps: Sequence[Step], ready: int) -> None:
    with writing(engine) as connection:
        _add(connection, steps)
        selection, _notices = Selection.from_query("au=2026-03-30", read_filter_options(connection, TODAY))
        assert read_ready_applications(connection, selection, TODAY).waiting == ready
        assert read_ready_applications(connection, selection.with_codes("dep", ["14"]), TODAY).waiting == 0


def test_each_kind_of_decision_has_its_meeting(engine: Engine) -> None:
    with writing(engine) as connection:
        _add(connection, [(1, "complete_file", None), (2, "aract_opinion", "favorable")])
        chosen, _notices = Selection.from_query("au=2026-03-30", read_filter_options(connection, TODAY))
        default = Selection((), None, date(2026, 3, 30))
        assert read_next_session(connection, "labels", chosen, TODAY) is None
        past, coming = date(2026, 4, 20), date(2027, 1, 18)
        _add_session(connection, past, "Commission permanente")
        _add_session(connection, date(2026, 5, 4), "Comité de labellisation")
        for selection in (chosen, default):  # a calendar that has nothing newer than today gives what it has
            assert _days(connection, selection) == (date(2026, 5, 4), past)
        _add_session(connection, coming, "Commission permanente")
        assert _days(connection, default) == (date(2026, 5, 4), coming)
        assert _days(connection, chosen) == (date(2026, 5, 4), past)


@pytest.mark.parametrize(
    ("label", "decides", "days"),
    [
        ("Commission permanente", None, (None, DAY)),
        ("Comité de labellisation", None, (DAY, None)),
        ("Comité LABEL", None, (DAY, None)),
        ("Commission permanente", "labels", (DAY, None)),
        ("Comité de labellisation", "aids", (None, DAY)),
        ("Assemblée plénière", "both", (DAY, DAY)),
    ],
)
def test_the_calendar_says_what_a_session_decides_else_its_label_does(
    engine: Engine, label: str, decides: str | None, days: tuple[date | None, date | None]
) -> None:
    with writing(engine) as connection:
        _add(connection, [])
        _add_session(connection, DAY, label, decides)
        assert _days(connection, Selection((), None, date(2026, 2, 1), True)) == days


def _days(connection: Connection, selection: Selection) -> tuple[date | None, date | None]:
    """When labels, then aid, are next decided."""
    found = [read_next_session(connection, what, selection, TODAY) for what in ("labels", "aids")]
    labels, aids = (one.day if one else None for one in found)
    return labels, aids


def _add_session(connection: Connection, day: date, label: str, decides: str | None = None) -> None:
    row = {"day": day, "label": label, "decides": decides, "load_id": LOAD, "line": 2}
    connection.execute(insert(schema.session), row)


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
