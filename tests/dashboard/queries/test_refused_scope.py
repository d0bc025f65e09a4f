"""Refused rows follow the filters: counted again naively, and from a file to the source line."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, insert

from dashboard.components.source_line import rejected_rows_text
from data import schema
from data.engine import reading, writing
from data.queries.options import read_filter_options
from data.queries.refused_scope import read_refusal_counts
from data.queries.sources import read_provenance
from data.reference import read_communes
from data.selection import Selection
from etl.rollups import refused, state
from tests.conftest import TODAY, NewEngine
from tests.dashboard.conftest import select
from tests.dashboard.facts import LOAD, Facts, fill
from tests.etl.deliveries import PLACES, deliver

SOURCES = ("labels", "aids", "attendance", "activities", "envelopes", "needs")
HAVE = {  # what each source has, of what filters ask for
    "labels": ("dep", "porteur", "du"),
    "aids": ("dep", "porteur", "dispositif", "du"),
    "attendance": ("dep", "porteur", "unite", "du"),
    "activities": ("dep", "porteur", "partenaire", "du"),
    "envelopes": ("dispositif",),
    "needs": ("dep", "porteur", "theme", "du"),
}
QUERIES = (
    "",
    "dep=14",
    "dep=50,61&porteur=prive",
    "du=2019-06-01&au=2020-03-31",
    "dispositif=emergence&dep=76",
    "partenaire=aract",
    "du=2019-01-01",
    "porteur=public&au=2019-12-31",
    "theme=financement",
    "theme=financement,autre&dep=14",
)
HOLDERS = {"public": "public", "prive": "private"}


def some_rows(facts: Facts) -> list[dict[str, Any]]:
    """Refused rows of every source, each saying some of where it belongs: a place, a commune, or nothing."""
    random = Random(7)
    deps = {one.code: one.dep for one in read_communes()}
    rows = []
    for number in range(1, 301):
        place = random.choice(facts.places)
        by_place, by_commune = random.random() < 0.5, random.random() < 0.4
        commune = random.choice(list(deps)) if by_commune else None
        cells = {
            "place": f"L{place.number}" if by_place else random.choice((None, "inconnu")),
            "commune": commune,
            "scheme": random.choice(("emergence", "ess", None)),
            "partner": random.choice(("aract", "aten", None)),
            "unit": random.choice(("visits", "person_days", None)),
            "day": random.choice((date(2018, 5, 5), date(2019, 8, 8), date(2020, 2, 2), None)),
        }
        source = random.choice(SOURCES)
        cells |= {} if source != "envelopes" else {"day": None}  # as the loader writes it: this source has no dates
        dep = deps[commune] if commune else place.scope[0] if by_place else None
        facts_of = {"dep": dep, "holder": place.scope[2] if by_place else None}
        proof = {"load_id": LOAD, "line": number + 1, "number": number, "source": source, "message": "Refusée."}
        rows.append(proof | cells | {"amount": Decimal(number)} | {"facts": facts_of})
    return rows


def meets(row: dict[str, Any], selection: Selection) -> bool | None:
    """Whether a row is of the selection; None when it does not say so."""
    answers: list[bool | None] = []
    requested = (
        ("dep", selection.codes("dep"), row["facts"]["dep"]),
        ("porteur", [HOLDERS[code] for code in selection.codes("porteur")], row["facts"]["holder"]),
        ("dispositif", selection.codes("dispositif"), row["scheme"]),
        ("partenaire", selection.codes("partenaire"), row["partner"]),
        ("theme", selection.codes("theme"), None),  # of which a refused row keeps nothing
    )
    for key, codes, value in requested:
        if codes and key in HAVE[row["source"]]:
            answers.append(None if value is None else value in codes)
    if (selection.since or selection.until_given) and "du" in HAVE[row["source"]]:
        day = row["day"]
        since = selection.since or date.min
        answers.append(None if day is None else since <= day <= selection.until)
    if False in answers:
        return False
    return None if None in answers else True


@pytest.fixture(scope="module")
def refusing(new_engine: NewEngine, facts: Facts) -> Iterator[tuple[Engine, list[dict[str, Any]]]]:
    rows = some_rows(facts)
    with new_engine() as engine:
        with writing(engine) as connection:
            fill(connection, facts)
            written = [{name: value for name, value in row.items() if name != "facts"} for row in rows]
            connection.execute(insert(schema.reject), written)
            state.refresh(connection, TODAY)
        yield engine, rows


@pytest.mark.parametrize("query", QUERIES)
def test_rejected_rows_follow_every_filter(refusing: tuple[Engine, list[dict[str, Any]]], query: str) -> None:
    engine, rows = refusing
    with reading(engine) as connection:
        selection = select(query, read_filter_options(connection, TODAY))
        states = read_provenance(connection, selection).states
        assert (read_refusal_counts(connection, selection) is None) == (query == "")
    for source in SOURCES:
        mine = [row for row in rows if row["source"] == source]
        own = [row["amount"] for row in mine if meets(row, selection)]
        unsaid = [row["amount"] for row in mine if meets(row, selection) is None]
        found = states[source]
        assert (found.rejects, found.rejected_amount) == (len(own), sum(own))
        assert (found.unplaced, found.unplaced_amount) == (len(unsaid), sum(unsaid))


@pytest.fixture
def lines(engine: Engine, tmp_path: Path) -> Callable[[str, str], str]:
    """`lines(source, query)`: what a source line says of the rows of files that were loaded."""
    deliver(engine, tmp_path / "places.csv", PLACES)
    wrong = [
        {"id_lieu": "TL-01", "etape": "labellisé", "date": "31/02/2020"},
        {"id_lieu": "TL-404", "etape": "labellisé", "date": "01/02/2020"},
        {"id_lieu": "TL-02", "etape": "labellisé", "date": "01/03/2019"},
    ]
    deliver(engine, tmp_path / "labels.csv", wrong)

    def shown_text(source: str, query: str) -> str:
        with reading(engine) as connection:
            selection = select(query, read_filter_options(connection, TODAY))
            text = rejected_rows_text([read_provenance(connection, selection).states[source]])
            return text.replace("\u202f", " ").replace("\xa0", " ")

    return shown_text


def test_a_rejected_row_is_located_by_its_cells(lines: Callable[[str, str], str]) -> None:
    dep = next(one.dep for one in read_communes() if one.code == PLACES[0]["code_insee"])
    other = "14" if dep != "14" else "76"
    assert lines("labels", "") == "2 lignes à corriger"
    unplaced = "toute la Région : 1 ligne à corriger non située"
    assert lines("labels", f"dep={dep}") == f"1 ligne à corriger ; {unplaced}"
    assert lines("labels", f"dep={other}") == unplaced


def test_places_loaded_later_locate_their_rejected_rows(engine: Engine) -> None:
    def count(connection: Connection) -> int:
        refused.refresh(connection)
        selection = select("dep=14", read_filter_options(connection, TODAY))
        return (read_refusal_counts(connection, selection) or {})["labels"].lines

    with writing(engine) as connection:
        fill(connection, Facts())
        row = {"load_id": LOAD, "line": 2, "number": 1, "source": "labels", "message": "Refusée.", "place": "L1"}
        connection.execute(insert(schema.reject).values(row))
        assert count(connection) == 0
        connection.execute(insert(schema.place).values(place_id=1, code="L1", load_id=LOAD))
        described = {"place_id": 1, "name": "Un", "commune": "14118", "holder": "H", "holder_type": "public"}
        proof = {"load_id": LOAD, "line": 2, "typologies": ""}
        connection.execute(insert(schema.place_version).values(described | proof))
        assert count(connection) == 1
