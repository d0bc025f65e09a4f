"""Aid files, step by step: what the financial follow-up replaces, what the rules say, what envelopes have left."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.engine import reading
from data.indicators import indicator_named
from data.model.facts import MeasuredValue
from data.queries.indicators import read_value
from data.queries.options import read_filter_options
from data.schema import aid_file, aid_finding
from data.selection import Selection
from data.sources import REGION_SIREN
from tests.conftest import TODAY
from tests.etl.deliveries import PLACES, deliver

pytestmark = pytest.mark.without_coverage

AID = {
    "reference": "D-1",
    "dispositif": "services-numeriques",
    "beneficiaire": "Asso A",
    "date_vote": "18/03/2019",
    "montant_vote": "8000",
    "depenses_eligibles": "16000",
    "date_engagement": "02/05/2019",
    "montant_engage": "8000",
    "date_premier_mandat": "10/01/2020",
    "montant_mandate": "6000",
}
MEETING = {"id_action": "A-1", "partenaire": "aract", "type": "rencontre préalable", "date": "01/02/2019"}

Ask = Callable[[str, str], MeasuredValue]


@pytest.fixture
def ask(engine: Engine) -> Ask:
    def read(slug: str, query: str = "") -> MeasuredValue:
        indicator = indicator_named(slug)
        assert indicator
        with reading(engine) as connection:
            selection, _notices = Selection.from_query(query, read_filter_options(connection, TODAY))
            return read_value(connection, indicator, selection)

    return read


@pytest.fixture
def send(engine: Engine, tmp_path: Path) -> Callable[..., None]:
    def load(name: str, *rows: dict[str, str]) -> None:
        report = deliver(engine, tmp_path / f"{name}.csv", rows, source=name)
        assert report.status == "loaded", report.problems

    return load


def findings(engine: Engine) -> dict[str, tuple[str, str]]:
    with engine.connect() as connection:
        rows = connection.execute(select(aid_finding.c.rule, aid_finding.c.verdict, aid_finding.c.says))
        return {rule: (verdict, says.replace("\u202f", " ")) for rule, verdict, says in rows}


def step(kind: str, day: str, amount: str, **more: str) -> dict[str, str]:
    return {"reference": "D-1", "etape": kind, "date": day, "montant": amount, **more}


def test_the_follow_up_replaces_the_same_family_of_steps_and_no_other(send: Callable[..., None], ask: Ask) -> None:
    send("aids", AID)
    assert ask("aides-mandatees", "au=2020-02-01").value == 6000
    send("aid-steps", step("avance", "10/01/2020", "2000"), step("solde", "10/06/2021", "5000"))
    assert ask("aides-mandatees", "au=2020-02-01").value == 2000
    assert ask("aides-mandatees", "").value == 7000
    assert ask("aides-votees", "").value == 8000
    assert ask("aides-engagees", "").value == 8000
    assert ask("reste-a-mandater", "du=2021-01-01").value == 1000  # a stock: the start of the period is ignored


def test_an_amendment_is_voted_and_a_vote_is_not_dropped_for_it(send: Callable[..., None], ask: Ask) -> None:
    send("aids", AID)
    send("aid-steps", step("avenant", "01/09/2019", "500"), step("annulation", "01/10/2021", "300"))
    assert ask("aides-votees", "").value == 8500
    assert ask("aides-votees", "au=2019-06-01").value == 8000
    assert ask("aides-annulees", "").value == 300
    assert ask("dossiers-aides", "").value == 1


def test_a_proposal_is_not_a_vote(send: Callable[..., None], ask: Ask) -> None:
    send("aids", {**AID, "reference": "D-1"}, {**AID, "reference": "D-2", "date_vote": "01/03/2027"})
    send("aid-steps", step("proposition", "18/03/2019", "8000"))
    assert ask("aides-votees", "").value == 0
    assert ask("dossiers-aides", "").value == 0


def test_a_proposal_before_the_vote_drops_no_money(send: Callable[..., None], ask: Ask) -> None:
    send("aids", AID)
    send("aid-steps", step("proposition", "01/01/2019", "9000"), step("engagement", "01/09/2019", "8000"))
    assert ask("aides-votees", "").value == 8000
    assert ask("dossiers-aides", "").value == 1


def test_aid_under_another_funders_scheme_is_that_funders(send: Callable[..., None], engine: Engine, ask: Ask) -> None:
    send("aids", {**AID, "dispositif": "feder"}, {**AID, "reference": "D-2", "dispositif": "ess"})
    with reading(engine) as connection:
        assert set(connection.scalars(select(aid_file.c.funder))) == {"Union européenne", REGION_SIREN}
    assert ask("aides-complementaires", "").value == 16000
    assert ask("aides-votees", "").value == 0


def test_a_rule_is_broken_with_its_numbers(send: Callable[..., None], engine: Engine, ask: Ask) -> None:
    send("aids", {**AID, "montant_vote": "12400", "depenses_eligibles": "20000", "montant_engage": "13000"})
    said = findings(engine)
    assert said["taux"] == (
        "broken",
        "12 400 € votés pour 20 000 € de dépenses éligibles : 62 % au lieu de 50 %, soit 2 400 € de trop",
    )
    assert said["enchainement"] == ("broken", "13 000 € engagés, pour 12 400 € votés, annulations déduites")
    assert said["label"][0] == "unverifiable"
    assert ask("dossiers-a-verifier", "").value == 1


def test_a_derogation_is_shown_and_not_counted(send: Callable[..., None], engine: Engine, ask: Ask) -> None:
    send("aids", {**AID, "montant_vote": "9000", "derogation": "CP 19-03-12"})
    assert findings(engine)["taux"][0] == "derogation"
    assert ask("dossiers-a-verifier", "").value == 0


@pytest.mark.fewer_on_postgresql(4)
@pytest.mark.parametrize(
    ("aid", "meeting", "verdict"),
    [
        ({}, None, "unverifiable"),
        ({}, {"date": "19/03/2019", "porteur": "ASSO  A"}, "broken"),
        ({}, {"porteur": "ASSO  A"}, None),
        ({"date_demande": "15/01/2019"}, {"porteur": "Asso A"}, "broken"),
        ({"id_lieu": "TL-01"}, {"id_lieu": "TL-01", "porteur": "Autre"}, None),
        ({"id_lieu": "TL-01"}, {"id_lieu": "TL-02", "porteur": "Asso A"}, "broken"),
        ({"id_lieu": "TL-01"}, {"porteur": "Asso A"}, None),
        ({}, {"reference_aide": "D-1", "porteur": "Autre"}, None),
        ({}, {"reference_aide": "D-2", "porteur": "Asso A"}, "broken"),  # of another file
        ({}, {"partenaire": "aten", "porteur": "Asso A"}, "unverifiable"),
    ],
)
def test_the_prior_meeting(
    send: Callable[..., None],
    engine: Engine,
    aid: dict[str, str],
    meeting: dict[str, str] | None,
    verdict: str | None,
) -> None:
    send("places", *PLACES)
    send("aids", {**AID, "dispositif": "emergence", **aid}, {**AID, "reference": "D-2", "dispositif": "ess"})
    if meeting is not None:
        send("activities", {**MEETING, **meeting})
    assert findings(engine).get("rencontre-prealable", (None, ""))[0] == verdict


@pytest.mark.fewer_on_postgresql(4)
@pytest.mark.parametrize(
    ("vote", "verdict"),
    [("01/01/2019", "broken"), ("01/02/2019", None), ("01/02/2020", None), ("01/07/2020", "broken")],
)
def test_the_label_on_the_day_of_the_vote(
    send: Callable[..., None], engine: Engine, vote: str, verdict: str | None
) -> None:
    send("places", *PLACES)
    events = [("candidature", "01/02/2019"), ("labellisé", "01/02/2020"), ("retiré", "01/07/2020")]
    send("labels", *({"id_lieu": "TL-01", "etape": name, "date": day} for name, day in events))
    send("aids", {"id_lieu": "TL-01", **AID, "date_vote": vote})
    assert findings(engine).get("label", (None, ""))[0] == verdict


def test_an_envelope_is_whole_and_its_use_stops_at_the_date(send: Callable[..., None], ask: Ask) -> None:
    send("aids", AID, {**AID, "reference": "D-2", "date_vote": "14/10/2019", "exercice": "2020"})
    rows = [("services-numeriques", "2019", "AP", "10000"), ("services-numeriques", "2020", "CP", "24000")]
    names = ("dispositif", "exercice", "type_credit", "montant")
    send("envelopes", *(dict(zip(names, row, strict=True)) for row in rows))
    assert ask("enveloppe-votee", "").value == pytest.approx(0.8)
    assert ask("enveloppe-votee", "au=2019-03-01").value == 0
    assert ask("cp-mandates", "").value == pytest.approx(0.5)
    for query in ("du=2019-02-01", "dep=61", "porteur=public", "au=2018-12-31"):
        found = ask("enveloppe-votee", query)
        assert found.value is None, query
        assert found.reason


def test_kinds_of_credits_are_never_added(send: Callable[..., None], ask: Ask) -> None:
    send("aids", AID)
    names = ("dispositif", "exercice", "type_credit", "montant")
    rows = [("services-numeriques", "2019", "AP", "10000"), ("emergence", "2019", "AE", "5000")]
    send("envelopes", *(dict(zip(names, row, strict=True)) for row in rows))
    assert ask("enveloppe-votee", "").value is None
    assert ask("enveloppe-votee", "dispositif=services-numeriques").value == pytest.approx(0.8)
    assert ask("enveloppe-votee", "dispositif=emergence").value == 0


def test_the_note_of_the_delay_counts_places_in_process(send: Callable[..., None], ask: Ask) -> None:
    send("aids", AID, {**AID, "reference": "D-2", "date_premier_mandat": "", "montant_mandate": ""})
    found = ask("delai-premier-mandat", "")
    assert (found.value, found.note) == (298, "1 dossier, 1 sans mandat à ce jour")
    assert ask("delai-premier-mandat", "au=2019-12-31").value is None
