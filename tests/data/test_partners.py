"""Activities: what the partner filter keeps, and which vote follows a prior meeting."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert, select

from data import schema
from data.engine import reading, writing
from data.indicators import GROUPINGS, INDICATORS, Indicator, groupings_of, indicator_named
from data.queries.indicators import read_breakdown, read_value
from data.queries.options import read_filter_options
from data.selection import Selection
from data.sources import REGION_SIREN
from etl.rollups import activities
from tests import naive
from tests.conftest import TODAY
from tests.naive import partners

BY_PARTNER = next(one for one in GROUPINGS if one.key == "partenaire")
ABOUT_PARTNERS = tuple(one for one in INDICATORS if "partenaire" in one.filters)
LOAD = 1_000


@pytest.mark.parametrize("indicator", ABOUT_PARTNERS, ids=lambda one: one.slug)
@pytest.mark.parametrize(
    "query", ["partenaire=aract", "partenaire=aten,tes&dep=14", "partenaire=universites&porteur=prive"]
)
def test_a_partner_has_its_own_figures(demo_engine: Engine, indicator: Indicator, query: str) -> None:
    with reading(demo_engine) as connection:
        facts, options = naive.read_facts(connection), read_filter_options(connection, TODAY)
        selection, notices = Selection.from_query(query, options)
        assert not notices
        assert read_value(connection, indicator, selection).value == _about(
            partners.VALUES[indicator.slug](facts, selection)
        )
        assert BY_PARTNER in groupings_of(indicator)
        found = read_breakdown(connection, indicator, selection, BY_PARTNER, options)
        assert set(found) == set(selection.codes("partenaire"))
        for code, one in found.items():
            part = selection.with_codes("partenaire", [code])
            assert one.value == _about(partners.VALUES[indicator.slug](facts, part)), code


def _about(value: float | None) -> Any:
    return None if value is None else pytest.approx(value)


def test_missing_is_not_zero(engine: Engine) -> None:
    participations = indicator_named("participations")
    assert participations
    with writing(engine) as connection:
        options = read_filter_options(connection, TODAY)
        everything, _notices = Selection.from_query("", options)
        never_loaded_words = read_value(connection, participations, everything)
        assert (never_loaded_words.value, never_loaded_words.reason) == (None, "suivi des partenaires non chargé")
        fill(connection, [])
        assert read_value(connection, participations, everything).value == 0
        fill(connection, [meeting("M1", date(2020, 1, 1))])
        unsaid = read_value(connection, participations, everything)
        assert (unsaid.value, unsaid.reason) == (None, "aucune action n’indique ses participants")
        fill(connection, [meeting("M2", date(2020, 1, 2), participants=0)])
        said = read_value(connection, participations, everything)
        assert (said.value, said.note) == (0, "1 action sur 2 indique ses participants")


VOTE = date(2020, 6, 1)


@pytest.mark.parametrize(
    ("about", "day", "followed"),
    [
        ({"aid_reference": "A1"}, date(2020, 5, 1), VOTE),
        ({"aid_reference": "A1"}, VOTE, VOTE),
        ({"aid_reference": "A1"}, date(2020, 6, 2), None),
        ({"aid_reference": "A9", "place_id": 1, "holder_key": "les ateliers"}, date(2020, 5, 1), None),
        ({"place_id": 1}, date(2020, 5, 1), VOTE),
        ({"place_id": 2, "holder_key": "les ateliers"}, date(2020, 5, 1), None),
        ({"holder_key": "les ateliers"}, date(2020, 5, 1), VOTE),
        ({"holder_key": "un autre"}, date(2020, 5, 1), None),
        ({}, date(2020, 5, 1), None),
        ({"aid_reference": "A2"}, date(2020, 5, 1), None),
        ({"aid_reference": "A3"}, date(2020, 5, 1), None),
        ({"aid_reference": "A1", "kind": "support"}, date(2020, 5, 1), None),
    ],
    ids=[
        *("named file", "same day", "met after", "named file is unknown", "same place", "other place", "same holder"),
        *("other holder", "nothing said", "other scheme", "proposal", "no meeting"),
    ],
)
def test_the_vote_that_follows(engine: Engine, about: dict[str, Any], day: date, followed: date | None) -> None:
    with writing(engine) as connection:
        fill(connection, [meeting("M1", day, **about)], with_aids=True)
        assert connection.scalar(select(schema.activity_row.c.followed)) == followed


def test_the_label_that_follows_the_vote(engine: Engine) -> None:
    """Its own place, or that of the aid; awarded after the meeting."""
    with writing(engine) as connection:
        fill(connection, [], with_aids=True)
        where = {"dep": "61", "epci": "-", "holder_type": "public", "typologies": "", "applied": None}
        connection.execute(insert(schema.label_first), where | {"place_id": 1, "awarded": date(2020, 9, 1)})
        early, late = date(2020, 5, 1), date(2020, 4, 1)
        fill(
            connection, [meeting("M1", early, aid_reference="A1"), meeting("M2", late, place_id=1), meeting("M3", late)]
        )
        row = schema.activity_row.c
        assert dict(connection.execute(select(row.code, row.labelled)).all()) == {
            "M1": date(2020, 9, 1),
            "M2": date(2020, 9, 1),
            "M3": None,
        }
        connection.execute(schema.label_first.update().values(awarded=date(2020, 4, 15)))
        activities.refresh(connection, TODAY)
        assert dict(connection.execute(select(row.code, row.labelled)).all())["M1"] is None


def meeting(code: str, day: date, **about: Any) -> dict[str, Any]:
    empty = dict.fromkeys(("place_id", "commune", "participants", "holder_key", "aid_reference"))
    return empty | {"code": code, "partner": "aract", "kind": "prior_meeting", "day": day} | about


def fill(connection: Connection, meetings: Iterable[dict[str, Any]], with_aids: bool = False) -> None:
    """Activities beside two places and, when asked for, an Émergence file voted for the first, another scheme's, and a
    proposal; then the roll-up.
    """
    if not connection.scalar(select(schema.load.c.load_id).where(schema.load.c.load_id == LOAD)):
        counts = dict.fromkeys(("accepted", "rejected", "unchanged", "replaced", "warnings"), 0)
        said = {"source": "activities", "file": "essai.csv", "sha256": "", "content_hash": "", "kind": "region"}
        loaded = {"load_id": LOAD, "status": "loaded", "loaded_at": datetime(2021, 1, 4, tzinfo=UTC)}
        connection.execute(insert(schema.load), [loaded | said | counts])
        _add_places(connection)
    for number, (scheme, is_voted) in enumerate((("emergence", True), ("ess", True), ("emergence", False)), 1):
        if with_aids:
            _add_aid(connection, number, scheme, is_voted)
    for one in meetings:
        connection.execute(insert(schema.activity), one | {"load_id": LOAD, "line": 2})
    activities.refresh(connection, TODAY)


def _add_places(connection: Connection) -> None:
    for number in (1, 2):
        connection.execute(insert(schema.place), {"place_id": number, "code": f"L{number}", "load_id": LOAD})
        about = {"name": "Lieu", "commune": "61001", "holder": "Porteur", "holder_type": "public", "typologies": ""}
        connection.execute(
            insert(schema.place_version), {"place_id": number, "load_id": LOAD, "line": number + 1} | about
        )


def _add_aid(connection: Connection, number: int, scheme: str, is_voted: bool) -> None:
    connection.execute(insert(schema.aid), {"aid_id": number, "reference": f"A{number}", "load_id": LOAD})
    file = {"aid_id": number, "origin": "aids", "scheme": scheme, "place_id": 1, "funder": REGION_SIREN}
    about = {"beneficiary": "Les Ateliers", "beneficiary_key": "les ateliers", "vote": VOTE, "voted_amount": Decimal(1)}
    connection.execute(insert(schema.aid_version), file | about | {"load_id": LOAD, "line": number + 1})
    sums = dict.fromkeys(("voted", "committed", "ordered", "recovered", "cancelled", "paid"), Decimal(0))
    scope = {"family": "lever", "dep": "61", "epci": "-", "holder_type": "public", "typologies": ""}
    shown = {"reference": f"A{number}", "beneficiary": "Les Ateliers", "scheme_label": scheme, "verdict": "conform"}
    voted = {"day": VOTE, "number": 1, "is_voted": is_voted}
    connection.execute(insert(schema.aid_file), file | sums | scope | shown | voted)
