"""Which source a file is, by its columns; what is said when it is none, or could be two."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sources import SOURCES, Column, Source, source_named
from etl.files import UnreadableFile
from etl.files.recognition import explain_no_header, recognise, signature_of

BY_NAME = {source.name: source for source in SOURCES}
sources = st.sampled_from(SOURCES)


def _required(source: Source) -> list[str]:
    return [column.header for column in source.columns if column.required]


def _refusal(header: list[str], named: str | None = None) -> str:
    with pytest.raises(UnreadableFile) as refusal:
        recognise(header, named)
    return refusal.value.message.replace("\u202f", " ")


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_source_is_recognised_by_its_own_headers(source: Source) -> None:
    header = [column.header for column in source.columns]
    layout = recognise(header, None)
    assert layout.source is source
    assert [layout.positions[at] for at in range(len(header))] == list(source.columns)
    assert (layout.unknown, layout.remarks()) == ((), [])


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_required_columns_are_enough_when_the_source_is_named(source: Source) -> None:
    assert recognise(_required(source), source.name).source is source


@settings(max_examples=40)
@given(source=sources, data=st.data())
def test_order_case_spaces_and_synonyms_do_not_matter(source: Source, data: st.DataObject) -> None:
    columns = data.draw(st.permutations(source.columns))
    header = [data.draw(st.sampled_from([column.header, *column.synonyms])) for column in columns]
    written = [data.draw(st.sampled_from([text, text.upper(), f" {text} ", text.replace("_", " ")])) for text in header]
    layout = recognise(written, source.name)
    assert [layout.positions[at].name for at in range(len(columns))] == [column.name for column in columns]


@settings(max_examples=40)
@given(header=st.lists(st.text(max_size=12), max_size=6))
def test_any_header_is_recognised_or_refused(header: list[str]) -> None:
    try:
        layout = recognise(header, None)
    except UnreadableFile:
        return
    assert set(_required(layout.source)) <= {column.header for column in layout.positions.values()}


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_spelling_means_two_columns_of_a_source(source: Source) -> None:
    spellings = [spelling for column in source.columns for spelling in column.spellings()]
    assert len(spellings) == len(set(spellings))


def test_columns_for_nothing_are_reported_and_blank_ones_are_not() -> None:
    layout = recognise(["id_lieu", "etape", "date", "humeur", ""], None)
    assert layout.unknown == ("humeur", "")
    [remark] = layout.remarks()
    assert (remark.column, remark.verdict) == ("humeur", "warning")


def test_no_source_names_the_nearest_and_what_they_lack() -> None:
    assert _refusal(["id_lieu", "nom", "code_insee"]) == (
        "Aucune source ne correspond à ces colonnes. La plus proche est places, à qui il manque « porteur » et "
        "« type_porteur »."
    )


REQUIRED = [(source, column) for source in SOURCES for column in source.columns if column.required]


@pytest.mark.parametrize(("source", "lost"), REQUIRED, ids=[f"{one.name}.{column.header}" for one, column in REQUIRED])
def test_a_missing_column_is_named_with_the_name_that_looks_like_it(source: Source, lost: Column) -> None:
    header = [column.header for column in source.columns if column is not lost]
    alone = _refusal(header, source.name)
    assert f"« {lost.header} »" in alone
    renamed = f"{lost.header} 2"
    assert f"« {renamed} » y ressemble : si c’est {lost.header}" in _refusal([*header, renamed], source.name)


@pytest.mark.parametrize("unit", [" (en €)", " en €", "_€", " (€)*", " en euros", "*", " [€]"])
def test_48_a_unit_in_euros_or_a_star_is_no_part_of_a_name(unit: str) -> None:
    for source in SOURCES:
        for column in source.columns:
            assert source.recognise([f"{column.header}{unit}"]) == {0: column}


@pytest.mark.parametrize("unit", [" (k€)", " en k€", " (M€)", " en milliers d’euros"])
def test_48_amounts_in_another_unit_are_not_recognised(unit: str) -> None:
    for source in SOURCES:
        for column in source.columns:
            if column.kind == "amount":
                assert source.recognise([f"{column.header}{unit}"]) == {}


def test_no_header_row_says_the_nearest_source_or_the_names_of_all() -> None:
    near = explain_no_header([["Export du 3 mars"], ["id_lieu", "nom du lieu", "lieu"]], None).replace("\u202f", " ")
    assert "La plus proche est places, à qui il manque « code_insee »" in near
    far = explain_no_header([["humeur", "météo"]], None)
    assert all(source.name in far for source in SOURCES)
    assert len(far) < 400
    assert "etape" in explain_no_header([["humeur"]], "labels")


def test_a_named_source_says_which_columns_are_missing() -> None:
    assert _refusal(["id_lieu", "humeur"], "labels") == (
        "Colonnes obligatoires absentes pour la source labels : « etape » et « date »."
    )


def test_two_columns_that_say_the_same() -> None:
    message = _refusal(["id_lieu", "identifiant", "etape", "date"])
    assert message == "Les colonnes « id_lieu » et « identifiant » disent la même chose (id_lieu). N’en gardez qu’une."


@pytest.mark.parametrize("header", ["NIR", "Date de naissance", "IBAN", "N° d’allocataire", "N° de Sécurité sociale"])
def test_personal_columns_refuse_the_file(header: str) -> None:
    assert "données personnelles" in _refusal(["id_lieu", "etape", "date", header])


def test_a_file_that_could_be_two_asks_for_the_source() -> None:
    """A file with the columns of both `schemes` and `partners`, as many of each."""
    header = ["dispositif", "partenaire", "libelle", "source"]
    assert _refusal(header) == (
        "Ce fichier peut être lu de plusieurs façons (schemes ou partners). Précisez laquelle avec --source."
    )
    assert recognise(header, "partners").source is source_named("partners")


def test_the_source_that_knows_more_columns_wins() -> None:
    header = ["dispositif", "partenaire", "libelle", "source", "statut", "depuis"]
    assert recognise(header, None).source is source_named("partners")


def test_the_header_row_is_found_by_known_names() -> None:
    assert signature_of(None).matches(["Export du 3 mars", "", ""]) == 0
    assert signature_of(None).matches(["ID_LIEU", "Étape", "humeur"]) == 2
    assert signature_of("attendance").matches(["ID_LIEU", "Étape", "humeur"]) == 1


@pytest.mark.parametrize("header", ["Date de vote", "Date du vote", "date_vote"])
def test_the_date_of_the_vote_as_people_write_it(header: str) -> None:
    layout = recognise(["Référence", "Dispositif", "Bénéficiaire", header, "Montant voté (€)"], None)
    assert layout.positions[3].name == "vote"


def test_a_name_that_no_source_or_column_has() -> None:
    with pytest.raises(KeyError, match="no source is called humeurs"):
        source_named("humeurs")
    with pytest.raises(KeyError, match="labels has no column mood"):
        source_named("labels").column("mood")
