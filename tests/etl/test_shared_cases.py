"""Every input that the product once got wrong (../shared/data/cases), end to end, with its expected result.

Inputs of the same kinds made here, for where ../shared is absent, are in tests/catalogue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_files
from etl.loading.report import Report, Status
from tests.catalogue.entries import plain, values
from tests.conftest import SHARED, TODAY
from tests.etl.deliveries import PLACES, write_csv

pytestmark = pytest.mark.without_coverage

CASES = SHARED / "data" / "cases"
there = pytest.mark.skipif(not CASES.is_dir(), reason="../shared/data/cases is not on this machine")


@dataclass(frozen=True)
class Case:
    """What the last of `files` gives: rows accepted, lines refused, a part of what is said, values kept."""

    files: Sequence[str]
    status: Status = "loaded"
    accepted: int = 0
    refused: Sequence[int] = ()
    message: str = ""
    kept: tuple[str, Sequence[object]] | None = None
    confirm: bool = False


AIDS, PLACE, EPN = "aid_version.voted_amount", "place_version.code", "mediation_place.commune"
EXPECTED = (
    Case(["R01/lieux.xlsx"], accepted=2),
    Case(["R03/lieux.xlsx"], accepted=2),
    Case(["R05/lieux.xlsx"], accepted=2),
    Case(["R09/labels.xlsx"], accepted=1),
    Case(["R11/aides.xlsx"], accepted=1, message="date lue comme son année", kept=("aid_version.fiscal_year", [2023])),
    Case(["R12/lieux.xlsx"], accepted=2, message="date(s) nulle(s)"),
    Case(["R13/lieux.xlsx"], accepted=3, message="197 lignes sans donnée"),
    Case(["R15/aides.xlsx"], accepted=2, message="Ligne de total"),
    Case(["R16/aides.xlsx"], accepted=2, message="hors des données"),
    Case(["R18/aides.xlsx"], accepted=1, message="à la place d’un identifiant"),
    Case(["R19/epn.xlsx"], accepted=1, kept=(EPN, ["01022"])),
    Case(["R20/aides.xlsx"], accepted=3),
    Case(["R23/lieux.csv"], accepted=4, message="en-tête répété"),
    Case(["R24/lieux.csv"], accepted=2, message="invisible"),
    Case(["R28/aides.csv"], accepted=2, message="« NULL » lu comme une case vide"),
    Case(["R29/aides.csv"], accepted=10, message="lu comme une case vide"),
    Case(["R30/aides.csv"], accepted=2, message="heure ramenée"),
    Case(["R31/aides.csv"], accepted=1),
    Case(["R32/lieux.csv"], accepted=2, message="hors des données"),
    Case(["R32/lieux2.csv"], accepted=2, message="hors des données"),
    Case(["R38/scdl.csv"], accepted=3, message="mois sans jour"),
    Case(["R42/scdl.csv"], accepted=4, message="apostrophe"),
    Case(["R48/epn_v1.json"], accepted=1),
    Case(["R48/epn_v2.json"], accepted=1),
    Case(["R48/epn_v21.json"], accepted=1),
    Case(["R51/lieux.xlsx"], accepted=2),
    Case(["R51/~$lieux.xlsx"], "refused", refused=[0], message="verrou d’un document ouvert dans Office"),
    Case(["R53/freq.xlsx"], accepted=1, message="arrondi à l’unité", kept=("attendance.value", [12])),
    Case(["R55/aides.csv"], accepted=1),
    Case(["R56/epn.csv"], accepted=3, message="contredit", kept=(EPN, ["14514", "76451", "76540"])),
    Case(["R57/lieux.csv"], accepted=2, kept=("place_version.name", ["La Halle", "Le Préau"])),
    Case(["R58/lieux.csv"], accepted=1, kept=("place_version.name", ["Lieu 1"])),
    Case(["R58/lieux.csv", "R58/labels.csv"], accepted=1),
    Case(["R65/a_aides.xlsx"], accepted=1),
    Case(["R65/a_aides.xlsx", "R65/b_aides.csv"], accepted=1),
    Case(["row_006/cp850_few.csv"], "refused", refused=[2], message="ni UTF-8 ni Windows-1252"),
    Case(["row_015/delim2.csv"], "refused", refused=[17], message="séparateur de colonnes change"),
    Case(["row_026/cutamount.csv"], "refused", refused=[31], message="coupé"),
    Case(["row_027/places_40.csv", "row_027/l20.csv", "row_027/l12.csv"], "held", 12, [0], "8 lignes connues sur 20"),
    Case(["row_057/mt.csv"], accepted=20, message="Ligne de total"),
    Case(["row_057/nolabel.csv"], accepted=20, message="Ligne de total"),
    Case(["row_057/sub2.csv"], "held", 10, [0], "n’est pas la somme"),
    Case(["row_058/opt.xlsx"], "loaded_with_rejects", 17, [4, 5, 6], "cellule fusionnée"),
    Case(["row_081/huge.csv"], "held", 22, [0], "2 montants de plus de 10 millions"),
    Case(["row_093/elsewhere.csv"], accepted=2, message="zéro de tête", kept=(EPN, ["01053", None])),
    Case(["row_108/url.csv"], "loaded_with_rejects", 21, [2, 4], "adresse web interdite"),
    Case(["row_124/overlap_with_db.csv"], accepted=1, message="recouvre une autre, déjà chargée"),
    Case(["row_130/act.csv"], "loaded_with_rejects", 1, [2, 3], "dossier d’aide inconnu"),
)


def _known(engine: Engine, folder: Path) -> None:
    """The places, the aid and the months that the cases suppose."""
    codes = [f"P{number:02}" for number in range(1, 41)] + ["L1", "N1"]
    places = [{**PLACES[0], "id_lieu": code, "nom": "Lieu 1"} for code in codes[:-1]]
    aid = {
        "reference": "A000",
        "dispositif": "emergence",
        "beneficiaire": "A",
        "date_vote": "01/03/2021",
        "montant_vote": "9",
    }
    months = [
        {"id_lieu": "P01", "debut": f"01/{at:02}/2020", "fin": f"28/{at:02}/2020", "unite": "visites", "valeur": "9"}
        for at in range(1, 13)
    ]
    for name, rows in (("connus.csv", places), ("aide.csv", [aid]), ("mois.csv", months)):
        assert _load(engine, write_csv(folder / name, rows)).status == "loaded"


def _load(engine: Engine, path: Path, *, confirm: bool = False) -> Report:
    return load_files(engine, [path], LoadOptions(TODAY, confirm=confirm))[0]


@there
@pytest.mark.fewer_on_postgresql(10)
@pytest.mark.parametrize("case", EXPECTED, ids=lambda case: " + ".join(case.files))
def test_the_case_gets_its_expected_result(engine: Engine, tmp_path: Path, case: Case) -> None:
    _known(engine, tmp_path)
    for name in case.files[:-1]:
        assert _load(engine, CASES / name).status == "loaded"
    report = _load(engine, CASES / case.files[-1])
    shown = [(problem.line, problem.column, plain(problem.message)) for problem in (*report.problems, *report.remarks)]
    assert report.status == case.status, shown
    assert report.accepted == case.accepted, shown
    assert sorted({problem.line for problem in report.problems}) == sorted(case.refused), shown
    assert any(case.message.lower() in message.lower() for _, _, message in shown) or not case.message, shown
    if case.kept:
        assert values(engine, case.kept[0], report.load) == list(case.kept[1])


@there
def test_every_file_of_the_cases_has_an_expected_result() -> None:
    files = {str(path.relative_to(CASES)) for path in CASES.rglob("*") if path.is_file() and "README" not in path.name}
    assert files == {name for case in EXPECTED for name in case.files}
