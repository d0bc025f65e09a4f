"""The demonstration files: fresh, fictitious, and telling the story that the pages show. Read naively, as text."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from data.demo import DEMO_FILES, DEMO_FOLDER
from data.reference import read_commune_history, read_communes
from data.sources import source_named
from etl.demonstration import write_demonstration
from etl.demonstration.calendar import COMMISSIONS, COMMITTEES
from etl.demonstration.story import STORIES

Rows = list[dict[str, str]]
LEVERS = ("emergence", "services-numeriques")
END = date(2020, 12, 31)


def rows_of(name: str) -> Rows:
    with (DEMO_FOLDER / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def day_of(text: str) -> date | None:
    try:
        day, month, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    except ValueError:
        return None


def amount_of(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def steps_by(day: date) -> dict[str, list[tuple[date, str]]]:
    """Place -> its readable steps on or before the day, in order."""
    steps = defaultdict(list)
    for row in rows_of("labels"):
        when = day_of(row["date"])
        if when is not None and when <= day:
            steps[row["id_lieu"]].append((when, row["etape"]))
    return {place: sorted(kept) for place, kept in steps.items()}


def labelled(day: date) -> set[str]:
    """The rule of the product: the latest of these steps is an award or a renewal, and the place is not closed."""
    decisive = ("labellisé", "renouvelé", "retiré", "expiré")
    closings = {row["id_lieu"]: day_of(row["date_fermeture"]) for row in rows_of("places")}
    found = set()
    for place, steps in steps_by(day).items():
        last = [step for _, step in steps if step in decisive][-1:]
        closed = closings[place]
        if last in (["labellisé"], ["renouvelé"]) and (closed is None or closed > day):
            found.add(place)
    return found


def test_the_committed_files_are_those_the_generator_writes(tmp_path: Path) -> None:
    write_demonstration(tmp_path)
    for path in DEMO_FILES:
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), f"run python -m etl.demonstration ({path})"
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in DEMO_FILES}


def test_the_files_are_small_and_look_like_those_of_a_spreadsheet() -> None:
    assert sum(path.stat().st_size for path in DEMO_FILES) < 600_000
    for path in DEMO_FILES:
        body = path.read_bytes()
        assert body.startswith(b"\xef\xbb\xbf")
        assert body.count(b"\r\n") == body.count(b"\n")
        header = body.decode("utf-8-sig").splitlines()[0].split(";")
        assert header == [column.header for column in source_named(path.stem).columns]


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2016, 12, 31), 3),
        (date(2017, 12, 31), 9),
        (date(2018, 9, 10), 17),
        (date(2019, 12, 31), 27),
        (END, 34),
    ],
)
def test_as_many_places_are_labelled_as_in_the_story(day: date, count: int) -> None:
    assert len(labelled(day)) == count


def test_three_applications_are_ready_and_three_of_the_orne_wait_for_the_opinion() -> None:
    in_force, deps = labelled(END), {row["id_lieu"]: row["code_insee"][:2] for row in rows_of("places")}
    last = {place: steps[-1] for place, steps in steps_by(END).items() if place not in in_force}
    assert sum(step == "avis Aract" for _, step in last.values()) == 3
    waiting = [
        deps[place] for place, (day, step) in last.items() if step == "dossier complet" and day < date(2020, 10, 1)
    ]
    assert Counter(waiting) == {"61": 3, "27": 1}


def test_every_kind_of_step_and_opinion_is_in_the_demonstration() -> None:
    steps = {row["etape"] for row in rows_of("labels")}
    assert steps >= {choice.label for choice in source_named("labels").column("step").choices}
    assert {row["sens"] for row in rows_of("labels")} == {"", "favorable", "réservé", "défavorable"}


def test_places_are_fictitious_and_in_real_communes() -> None:
    names = {commune.code: commune.name for commune in read_communes()}
    former = {past.old_code: past.code for past in read_commune_history()}
    unknown = []
    for number, row in enumerate(sorted(rows_of("places"), key=lambda row: row["id_lieu"]), 1):
        code = former.get(row["code_insee"], row["code_insee"])
        assert row["nom"] == f"Lieu de démonstration {number:02} — {row['commune']}"
        assert row["porteur"] == f"Porteur de démonstration {number:02}"
        if names.get(code) != row["commune"]:
            unknown.append(row["code_insee"])
    assert unknown == ["14000"]  # the one refused row: a postcode
    assert [row["code_insee"] for row in rows_of("places") if row["code_insee"] in former] == ["14730"]


def test_every_departement_and_every_type_of_holder_has_labelled_places() -> None:
    kept = [row for row in rows_of("places") if row["id_lieu"] in labelled(END)]
    assert {row["code_insee"][:2] for row in kept} == {"14", "27", "50", "61", "76"}
    assert set(Counter(row["type_porteur"] for row in kept)) == {"public", "privé", "associatif"}


def test_siret_numbers_pass_the_checksum_and_are_not_allotted() -> None:
    written = [row["siret"] for row in rows_of("places") if row["siret"]]
    destroyed = [siret for siret in written if not siret.isdigit()]
    assert destroyed == ["9,99001E+13"]
    for siret in set(written) - set(destroyed):
        digits = [int(digit) * (1 + position % 2) for position, digit in enumerate(reversed(siret))]
        assert sum(sum(divmod(digit, 10)) for digit in digits) % 10 == 0
        assert siret.startswith("9990")
        assert len(siret) == 14


def voted_rows() -> Rows:
    """The aid files but those that their steps call proposals."""
    waiting = {row["reference"] for row in rows_of("aid-steps") if row["etape"] == "proposition"}
    assert len(waiting) == 2
    return [row for row in rows_of("aids") if row["reference"] not in waiting]


def test_yearly_totals_of_the_levers() -> None:
    totals: dict[int, Decimal] = defaultdict(Decimal)
    for row in voted_rows():
        vote, voted = day_of(row["date_vote"]), amount_of(row["montant_vote"])
        if row["dispositif"] in LEVERS and vote and voted:
            totals[vote.year] += voted
    near = {2017: 40_000, 2018: 160_000, 2019: 218_000, 2020: 225_000}
    assert totals.keys() == near.keys()
    for year, total in near.items():
        assert abs(totals[year] - total) < total / 10


def over(row: dict[str, str], rate: str) -> bool:
    voted, eligible = amount_of(row["montant_vote"]), amount_of(row["depenses_eligibles"])
    return voted is not None and eligible is not None and voted > eligible * Decimal(rate) + Decimal("0.01")


def helped_before_the_label(row: dict[str, str]) -> bool:
    vote = day_of(row["date_vote"])
    return vote is not None and row["dispositif"] == "services-numeriques" and row["id_lieu"] not in steps_by(vote)


def overpaid(row: dict[str, str]) -> bool:
    ordered, paid = amount_of(row["montant_mandate"]), amount_of(row["montant_paye"])
    return ordered is not None and paid is not None and paid > ordered


@pytest.mark.parametrize(
    ("odd", "places"),
    [
        pytest.param(lambda row: over(row, "0.5"), ["DEMO-18", "DEMO-20"], id="over 50 %"),
        pytest.param(lambda row: bool(row["derogation"]), ["DEMO-18"], id="derogation"),
        pytest.param(
            lambda row: row["dispositif"] == "emergence" and (amount_of(row["montant_vote"]) or 0) > 10_000,
            ["DEMO-22"],
            id="over the cap",
        ),
        pytest.param(helped_before_the_label, ["DEMO-60"], id="before the label process"),
        pytest.param(overpaid, ["DEMO-23"], id="more paid than ordered"),
        pytest.param(lambda row: not row["id_lieu"] and not row["code_insee_projet"], [""], id="not located"),
    ],
)
def test_the_files_to_verify(odd: Callable[[dict[str, str]], bool], places: list[str]) -> None:
    readable = [row for row in rows_of("aids") if day_of(row["date_vote"]) and row["dispositif"] in LEVERS]
    assert sorted(row["id_lieu"] for row in readable if odd(row)) == places


def test_votes_are_on_session_days_and_nothing_happens_after_the_end() -> None:
    assert {row["date_vote"] for row in rows_of("aids")} <= {f"{day:%d/%m/%Y}" for day in COMMISSIONS} | {"30/02/2020"}
    assert {day.weekday() for day in (*COMMISSIONS, *COMMITTEES)} == {0, 4}
    lasting = ("date_caducite", "fin", "echeance")
    for path in DEMO_FILES:
        if path.stem == "sessions":  # those to come are called in advance
            continue
        for row in rows_of(path.stem):
            dates = [day_of(text) for header, text in row.items() if header not in lasting]
            assert all(day <= END for day in dates if day), row


def test_attendance_is_about_a_thousand_visits_a_month_and_26_of_34_answer_in_december_2020() -> None:
    visits, places = Counter[str](), defaultdict(set)
    for row in rows_of("attendance"):
        if row["unite"] == "visites" and not row["public"] and row["valeur"].isdigit():
            visits[row["debut"][3:]] += int(row["valeur"])
            places[row["debut"][3:]].add(row["id_lieu"])
    assert len(visits) == 36
    assert 600 < sum(visits.values()) / 36 < 1100
    assert visits["04/2020"] < visits["04/2019"] / 5
    assert 800 < visits["12/2020"] < 900
    assert len(places["12/2020"] & labelled(END)) == 26
    assert any(row["jours_ouverts"] == "0" and row["valeur"] == "0" for row in rows_of("attendance"))


def test_a_breakdown_adds_up_to_its_total() -> None:
    totals, parts = {}, Counter[tuple[str, str]]()
    for row in rows_of("attendance"):
        key = (row["id_lieu"], row["debut"])
        if row["public"]:
            parts[key] += int(row["valeur"])
        elif row["unite"] == "visites" and row["valeur"].isdigit():
            totals[key] = int(row["valeur"])
    assert parts
    assert all(totals[key] == count for key, count in parts.items())


ORDERS = ("avance", "acompte", "solde")


def test_every_kind_of_step_of_an_aid_is_in_the_demonstration() -> None:
    steps = {row["etape"] for row in rows_of("aid-steps")}
    assert steps == {choice.label for choice in source_named("aid-steps").column("step").choices}


def test_steps_add_up_to_the_list_of_files() -> None:
    """But for what is committed, when the rest is cancelled, and what is paid, when some is kept back."""
    told: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows_of("aid-steps"):
        kind = "mandatement" if row["etape"] in ORDERS else row["etape"]
        told[row["reference"], kind] += amount_of(row["montant"]) or Decimal(0)
    listed = {row["reference"]: row for row in voted_rows()}
    for reference in {reference for reference, _ in told} & listed.keys():
        row = listed[reference]
        voted, ordered, paid = (amount_of(row[f"montant_{name}"]) for name in ("vote", "mandate", "paye"))
        assert told[reference, "vote"] == voted
        assert told[reference, "mandatement"] == ordered
        assert told[reference, "paiement"] + told[reference, "titre"] == paid
        assert told[reference, "engagement"] + told[reference, "annulation"] == voted


def years_of_credit() -> dict[tuple[str, str], set[str]]:
    """(scheme, fiscal year) -> kinds of credit that the budget opened."""
    kinds: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows_of("envelopes"):
        if amount_of(row["montant"]) is not None:
            kinds[row["dispositif"], row["exercice"]].add(row["type_credit"])
    return kinds


def test_each_lever_has_its_credits_and_one_year_is_nearly_spent() -> None:
    years = ("2018", "2019", "2020")
    wanted = {("emergence", year): {"AE", "CP"} for year in years}
    assert years_of_credit() == wanted | {("services-numeriques", year): {"AP", "CP"} for year in years}
    voted: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in rows_of("aids"):
        if day_of(row["date_vote"]):
            voted[row["dispositif"], row["exercice"]] += amount_of(row["montant_vote"]) or Decimal(0)
    used = {
        (row["dispositif"], row["exercice"]): voted[row["dispositif"], row["exercice"]]
        / (amount_of(row["montant"]) or 1)
        for row in rows_of("envelopes")
        if row["type_credit"] != "CP" and row["exercice"] in years
    }
    assert [key for key, share in used.items() if share > Decimal("0.95")] == [("services-numeriques", "2019")]
    assert all(share < 1 for share in used.values())


def test_no_objective_of_the_region_is_made_up() -> None:
    """Those of the demonstration are a partner's, and say that they are fictitious."""
    for row in rows_of("targets"):
        assert row["partenaire"]
        assert row["source"].startswith("Objectif de démonstration, fictif")


def test_the_next_sessions_are_called() -> None:
    ahead = {row["libelle"] for row in rows_of("sessions") if (day_of(row["date"]) or END) > END}
    assert ahead == {"Commission permanente", "Comité de labellisation"}


def met_before(aid: dict[str, str]) -> bool:
    """A meeting of the Aract on or before the request, of the same aid file, place or holder."""
    same = (("reference", "reference_aide"), ("id_lieu", "id_lieu"), ("beneficiaire", "porteur"))
    meetings = [row for row in rows_of("activities") if row["type"] == "rencontre préalable" and day_of(row["date"])]
    return any(
        aid[mine] and aid[mine].casefold() == row[theirs].casefold() and when <= (day_of(aid["date_demande"]) or END)
        for row in meetings
        for when in [day_of(row["date"]) or END]
        for mine, theirs in same
    )


def test_most_studies_had_their_meeting_before() -> None:
    studies = [row for row in rows_of("aids") if row["dispositif"] == "emergence" and day_of(row["date_vote"])]
    without = [row["id_lieu"] for row in studies if not met_before(row)]
    assert without == ["DEMO-53", "DEMO-42", "DEMO-59"]


def test_partners_did_things_of_every_kind_and_some_did_few() -> None:
    rows = [row for row in rows_of("activities") if not row["id_action"].startswith("ACT-X")]
    assert {row["type"] for row in rows} == {
        choice.label for choice in source_named("activities").column("kind").choices
    }
    partners = Counter(row["partenaire"] for row in rows)
    assert partners["aract"] > partners["aten"] > 10 > partners["tes"] > partners["universites"] == 1
    workshops = [row for row in rows if row["type"] in ("atelier", "temps d’échange QVT", "réunion de gérants")]
    assert 0 < sum(not row["participants"] for row in workshops) < len(workshops) / 3


def test_epn_are_fictitious_in_real_communes_without_contacts() -> None:
    names = {commune.code: commune.name for commune in read_communes()}
    rows = [row for row in rows_of("mediation-places") if row["nom"]]
    assert [row["commune"] for row in rows if names.get(row["code_insee"]) != row["commune"]] == ["Mayenne"]
    assert all(row["nom"].startswith("EPN de démonstration ") for row in rows)
    assert not any(row["adresse"] or row["site_web"] for row in rows)


def test_the_defects_are_few_and_as_many_as_declared() -> None:
    """Rows that no loader can accept: at most ten a file and fewer than one in twenty."""
    known = {story.code for story in STORIES}
    schemes = {*LEVERS, "ess", "culture-patrimoine", "adn", "amenagement-territoire", "feder"}
    steps = {choice.label for choice in source_named("labels").column("step").choices}
    refused = {
        "places": [row for row in rows_of("places") if row["code_insee"] == "14000"],
        "labels": [row for row in rows_of("labels") if not day_of(row["date"]) or row["etape"] not in steps],
        "aids": [
            row
            for row in rows_of("aids")
            if not day_of(row["date_vote"])
            or amount_of(row["montant_vote"]) is None
            or row["dispositif"] not in schemes
        ],
        "attendance": [
            row
            for row in rows_of("attendance")
            if row["id_lieu"] not in known or not day_of(row["fin"]) or not row["valeur"].isdigit()
        ],
    }
    refused |= {
        "envelopes": [row for row in rows_of("envelopes") if amount_of(row["montant"]) is None],
        "sessions": [row for row in rows_of("sessions") if not day_of(row["date"])],
        "activities": [row for row in rows_of("activities") if row["id_action"].startswith("ACT-X")],
        "mediation-places": [row for row in rows_of("mediation-places") if not row["nom"]],
        "aid-steps": [
            row
            for row in rows_of("aid-steps")
            if amount_of(row["montant"]) is None
            or row["reference"] not in {aid["reference"] for aid in rows_of("aids")}
        ],
    }
    assert {name: len(rows) for name, rows in refused.items()} == {
        "places": 1,
        "labels": 2,
        "aids": 3,
        "attendance": 5,
        "envelopes": 1,
        "sessions": 1,
        "activities": 4,
        "mediation-places": 1,
        "aid-steps": 2,
    }
    small = ("envelopes",)
    assert all(len(rows) * 20 < len(rows_of(name)) for name, rows in refused.items() if name not in small)
    lines = Counter(tuple(row.values()) for row in rows_of("attendance"))
    assert sum(count - 1 for count in lines.values()) == 1  # pasted twice
