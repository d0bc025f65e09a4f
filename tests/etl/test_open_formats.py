"""Open formats and senders' own columns: SCDL, OpenAgenda, Opendatasoft, LaMednum with a mapping."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from data.schema import live, mediation_place
from data.sources import fold_header, source_named
from etl.files import UnreadableFile
from etl.files.mapping import MappingError, read_mapping
from etl.loading.apply import LoadOptions
from etl.loading.pipeline import load_file
from etl.loading.report import Report
from tests.conftest import SHARED, TODAY

SCHEMAS = SHARED / "data" / "schemas"
SYNONYMS = SCHEMAS / "eclaireur_public_subventions_header_synonyms.csv"
# What that dictionary gives to a column of SCDL, and that would be read wrongly there.
NOT_OURS = {
    "two meanings in the same dictionary: funder or beneficiary": {"N° Siret", "SIRET", "N° SIRET"},
    "a year, and no day": {"annze", "exercice", "annee_subv", "anne"},
    "the year is in the header, not in the file": {
        "attribution_nouvelles 2019",
        "somme des subventions versees en 2013",
    },
    "advantages in kind beside the amount": {"montant_des_avantages_en_nature", "montant des avantages en nature"},
    "names of many other columns": {
        "nom",
        "gestion",
        "objet",
        "Raison sociale (SIRENE)",
        "codarticle",
        "libelle cdpaie",
    },
    "no column of ours (categoryUsage)": {
        "section",
        "type_de_subvention",
        "type de subvention",
        "type",
        "section_nature",
    },
}
SCDL = {
    "1.1.0": "nomAttribuant;idAttribuant;dateConvention;referenceDecision;nomBeneficiaire;idBeneficiaire;objet;montant;"
    "nature;conditionsVersement;datesPeriodeVersement;idRAE;notificationUE;pourcentageSubvention",
    "2.1.1": "nomAttribuant;idAttribuant;dateConvention;referenceDecision;nomBeneficiaire;idBeneficiaire;"
    "rnaBeneficiaire;objet;montant;nature;conditionsVersement;datesPeriodeVersement;idRAE;notificationUE;"
    "pourcentageSubvention;dispositifAide",
}
CELLS = {
    "nomAttribuant": "Région",
    "idAttribuant": "20005340300016",
    "dateConvention": "2021-03-01",
    "nomBeneficiaire": "Asso",
    "montant": "1000",
    "nature": "aide en numéraire",
    "rnaBeneficiaire": "W143001234",
    "pourcentageSubvention": "1",
}
HUB = (
    "Lieu;Voie;N°;Ville;CP;Type;Infos;Téléphone\n"
    "Espace A;rue du Port;3;Caen;14000;Association;accès libre, gratuit;0231000000\n"
    "Espace B;quai;;Rouen;76000;MSA;payant;\n"
)
MAPPING = {
    "id": {"joindre": {"colonnes": ["Lieu", "Ville"], "séparateur": "-"}},
    "nom": {"colonne": "lieu"},
    "commune": {"colonne": "Ville"},
    "code_postal": {"colonne": "CP"},
    "adresse": {"joindre": {"colonnes": ["N°", "Voie"]}},
    "typologie": [
        {"colonnes": ["Type"], "termes": ["Association"], "cible": "ASSO"},
        {"colonnes": ["Type"], "termes": ["MSA"], "cible": "MSA"},
    ],
    "frais_a_charge": [{"colonnes": ["Infos"], "termes": ["gratuit", "libre"], "sauf": ["payant"], "cible": "Gratuit"}],
    "source": {"valeur": "Hub"},
    "telephone": {"colonne": "Téléphone"},
}


def _load(engine: Engine, path: Path, mapping: Path | None = None) -> Report:
    return load_file(engine, path, LoadOptions(TODAY, mapping=read_mapping(mapping) if mapping else None))


def _written(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.skipif(not SYNONYMS.is_file(), reason="../shared is not on this machine")
def test_every_spelling_met_in_real_files_is_the_column_that_it_means() -> None:
    columns = source_named("aids-scdl").columns
    known = {spelling: column.header for column in columns for spelling in column.spellings()}
    left_out = set().union(*NOT_OURS.values())
    with SYNONYMS.open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    assert len(rows) == 141
    official = {column.header for column in columns}
    wrong = [
        row
        for row in rows
        if row["official_name"] in official
        and row["original_name"] not in left_out
        and known.get(fold_header(row["original_name"])) != row["official_name"]
    ]
    assert wrong == []


@pytest.mark.parametrize("version", SCDL)
def test_each_version_of_scdl_loads(engine: Engine, tmp_path: Path, version: str) -> None:
    header = SCDL[version].split(";")
    row = ";".join(CELLS.get(name, "") for name in header)
    report = _load(engine, _written(tmp_path / "scdl.csv", f"{SCDL[version]}\n{row}\n"))
    assert (report.source, report.status, report.accepted) == ("aids-scdl", "loaded", 1)
    assert not [remark for remark in report.remarks if "inconnue" in remark.message]


def test_a_mapping_gives_our_columns_from_those_of_a_sender(engine: Engine, tmp_path: Path) -> None:
    mapping = _written(tmp_path / "hub.json", json.dumps(MAPPING))
    report = _load(engine, _written(tmp_path / "hub.csv", HUB), mapping)
    assert (report.source, report.status, report.accepted) == ("mediation-places", "loaded", 2)
    with engine.connect() as connection:
        rows = connection.execute(select(mediation_place).where(live(mediation_place))).mappings().all()
    found = {row["code"]: dict(row) for row in rows}
    assert set(found) == {"Espace A-Caen", "Espace B-Rouen"}
    assert (found["Espace A-Caen"]["commune"], found["Espace B-Rouen"]["commune"]) == ("14118", "76540")
    kept = {code: str(row) for code, row in found.items()}
    assert all(text in kept["Espace A-Caen"] for text in ("ASSO", "Gratuit", "3 rue du Port", "Hub"))
    assert "MSA" in kept["Espace B-Rouen"]
    assert "Gratuit" not in kept["Espace B-Rouen"]
    assert "0231000000" not in kept["Espace A-Caen"]
    assert _load(engine, tmp_path / "hub.csv", mapping).status == "already_loaded"


def test_a_mapped_row_of_the_wrong_length_is_refused(engine: Engine, tmp_path: Path) -> None:
    mapping = _written(tmp_path / "hub.json", json.dumps(MAPPING))
    report = _load(engine, _written(tmp_path / "hub.csv", HUB + "Espace C;rue\n"), mapping)
    assert (report.accepted, [problem.line for problem in report.problems]) == (2, [4])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("{", "JSON lisible"),
        ("[]", "objet JSON"),
        ('{"humeur": {"colonne": "x"}}', "aucune colonne connue"),
        ('{"nom": {"osm": "x"}}', "est attendu"),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_in_words(tmp_path: Path, content: str, why: str) -> None:
    with pytest.raises(MappingError, match=why):
        read_mapping(_written(tmp_path / "hub.json", content))


def test_a_file_without_the_columns_of_the_mapping_is_refused(engine: Engine, tmp_path: Path) -> None:
    mapping = _written(
        tmp_path / "hub.json", json.dumps({"nom": {"colonne": "Humeur"}, "commune": {"colonne": "Météo"}})
    )
    report = _load(engine, _written(tmp_path / "hub.csv", HUB), mapping)
    assert report.status == "refused"
    with pytest.raises(UnreadableFile):
        read_mapping(mapping).apply(type("Sheet", (), {"header": ("a",), "batches": iter(())})())  # type: ignore[arg-type]


@pytest.mark.skipif(not SCHEMAS.is_dir(), reason="../shared is not on this machine")
def test_the_configurations_of_mednum_cli_are_mappings() -> None:
    paths = sorted(SCHEMAS.glob("*mednum-cli*.json"))
    assert len(paths) >= 4
    for path in paths:
        if isinstance(json.loads(path.read_text("utf-8")), dict):
            assert read_mapping(path).targets
