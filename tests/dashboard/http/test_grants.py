"""The Région's grants in the national format (SCDL 2.1.1): what it holds, and read again by the loader."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from dashboard.exports.scdl import GRANT_FILES, HEADERS, MAX_LETTERS, scdl_line
from data.queries.grants import PUBLICATION_EUROS
from data.schema import aid_file, aid_version, is_live
from data.sources import REGION_SIREN
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from tests.conftest import SHARED, TODAY

pytestmark = pytest.mark.any_engine

SCHEMA = SHARED / "data" / "schemas" / "scdl_subventions_2.1.1.json"
EVERY, ABOVE = GRANT_FILES
GRANT = {
    "day": date(2020, 3, 16),
    "decision_reference": "CP 20-03-1",
    "beneficiary": "Asso",
    "siret": "55555555500013",
    "purpose": "Étude",
    "voted": Decimal(1000),
    "scheme": "emergence",
    "scheme_label": "Émergence",
    "lapses": None,
    "extra": None,
    "first_payment": None,
    "last_payment": None,
    "payments": 0,
    "paid": Decimal(0),
    "in_parts": 0,
}
PAID_ONCE = {"payments": 1, "first_payment": date(2020, 6, 2), "last_payment": date(2020, 6, 2), "paid": Decimal(300)}


def read_grants(client: FlaskClient, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response.status_code == 200
    text = response.data.decode("utf-8")
    assert not text.startswith("\ufeff")
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    assert tuple(reader.fieldnames or ()) == HEADERS
    return list(reader)


def cells_of(**changes: Any) -> dict[str, str]:
    return dict(zip(HEADERS, scdl_line({**GRANT, **changes}), strict=True))


def test_the_file_holds_what_the_region_voted(
    client: FlaskClient, layout: Callable[[str], str], demo_engine: Engine
) -> None:
    with demo_engine.connect() as connection:
        files = pd.read_sql(select(aid_file), connection)
    voted = files[files.is_voted & (files.day <= TODAY)]
    own = voted[voted.funder == REGION_SIREN]
    assert 0 < len(own) < len(voted)  # other funders are left out
    grants = read_grants(client, EVERY.path)
    assert sum(Decimal(one["montant"]) for one in grants) == sum(Decimal(str(amount)) for amount in own.voted)
    assert len(grants) == len(own)
    above = (own.voted > PUBLICATION_EUROS).sum()
    assert len(read_grants(client, ABOVE.path)) == above > 0
    orne = own[(own.dep == "61") & (own.day >= date(2020, 1, 1))]
    assert 0 < len(orne) == len(read_grants(client, f"{EVERY.path}?dep=61&du=2020-01-01")) < len(own)
    text = layout("/donnees").replace("\u202f", " ")
    assert f"{len(own)} subventions votées par la Région" in text
    assert f"{len(voted) - len(own)} dossiers votés par d’autres financeurs n’y figurent pas" in text
    assert f"{above} subvention" in text
    assert EVERY.path in layout("/aides")


def test_each_grant_keeps_the_constraints_of_the_official_schema(client: FlaskClient) -> None:
    if not SCHEMA.is_file():
        pytest.skip("../shared is not on this machine")
    fields = json.loads(SCHEMA.read_text(encoding="utf-8"))["fields"]
    assert tuple(field["name"] for field in fields) == HEADERS
    for grant in read_grants(client, EVERY.path):
        for field in fields:
            assert not problem_of(grant[field["name"]], field), (field["name"], grant)


def problem_of(cell: str, field: dict[str, Any]) -> str:
    """What a field of a Table Schema refuses in a cell; empty when it takes it."""
    limits = field.get("constraints", {})
    if not cell:
        return "required" if limits.get("required") else ""
    if field["type"] == "date":
        return "" if date.fromisoformat(cell).isoformat() == cell else "date"
    if field["type"] == "boolean":
        return "" if cell in (*field["trueValues"], *field["falseValues"]) else "boolean"
    if field["type"] == "number":
        number = float(cell)
        return "" if limits.get("minimum", number) <= number <= limits.get("maximum", number) else "range"
    if len(cell) > limits.get("maxLength", len(cell)) or cell not in limits.get("enum", [cell]):
        return "length or choice"
    return "" if re.fullmatch(limits.get("pattern", ".*"), cell) else "pattern"


@pytest.mark.parametrize(
    ("changes", "conditions", "period"),
    [
        ({}, "Modalités absentes des données", "2020-03-16"),
        ({"lapses": date(2022, 3, 16)}, "Modalités absentes des données", "2020-03-16/2022-03-16"),
        (  # paid whole, once: the day when it lapses no longer matters
            {**PAID_ONCE, "paid": Decimal(1000), "lapses": date(2022, 3, 16)},
            "unique",
            "2020-06-02",
        ),
        ({**PAID_ONCE, "paid": Decimal(400)}, "Modalités absentes des données", "2020-06-02"),
        ({**PAID_ONCE, "in_parts": 1, "lapses": date(2022, 3, 16)}, "échelonné", "2020-06-02/2022-03-16"),
        ({**PAID_ONCE, "payments": 2, "last_payment": date(2021, 1, 5)}, "échelonné", "2020-06-02/2021-01-05"),
        (  # as its own file of open data says
            {"extra": '{"conditions": "à la signature", "period": "2020-05-01/2020-07-01"}'},
            "à la signature",
            "2020-05-01/2020-07-01",
        ),
        ({"extra": '{"period": "mai 2020"}'}, "Modalités absentes des données", "2020-03-16"),
    ],
)
def test_payments_are_told_as_they_are_known(changes: dict[str, Any], conditions: str, period: str) -> None:
    cells = cells_of(**changes)
    assert (cells["conditionsVersement"], cells["datesPeriodeVersement"]) == (conditions, period)


def test_texts_are_bounded_and_harmless() -> None:
    others = {"nature": "aide en nature", "notified": "oui", "rna": "W123456789", "rae": "1234567"}
    cells = cells_of(purpose="=1+1\n" + "é" * 300, extra=json.dumps(others))
    assert cells["objet"].startswith("'=1+1 é")
    assert len(cells["objet"]) == MAX_LETTERS
    assert (cells["nature"], cells["notificationUE"], cells["idRAE"]) == ("aide en nature", "oui", "12345")
    assert cells["rnaBeneficiaire"] == "W123456789"
    assert cells_of(siret=None, extra=json.dumps(others))["rnaBeneficiaire"] == ""  # of a person, maybe
    assert cells_of(purpose=None)["objet"] == "Aide au titre du dispositif Émergence"
    assert cells_of(scheme="non-renseigne")["dispositifAide"] == ""


def test_the_loader_reads_the_file_again(client: FlaskClient, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "subventions.csv"
    path.write_bytes(client.get(EVERY.path).data)
    grants = read_grants(client, EVERY.path)
    report = load_file(engine, path, LoadOptions(TODAY))
    assert (report.source, report.status, report.accepted, report.problems) == ("aids-scdl", "loaded", len(grants), ())
    with engine.connect() as connection:
        total = connection.scalar(select(func.sum(aid_version.c.voted_amount)).where(is_live(aid_version)))
    assert total == sum(Decimal(one["montant"]) for one in grants)
