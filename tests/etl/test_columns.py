"""Batches of text → typed frames: which rows stay, the problems of the others."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.sources import SOURCES, source_named
from etl.typing.cell_problems import MAX_WARNINGS_PER_CAUSE, FileState
from etl.typing.columns import describe_rejected, dtype_of, type_batch
from tests.etl.references import REFERENCE, batch, messages, type_table

ATTENDANCE = """id_lieu;debut;fin;unite;public;valeur
TL-1;01/01/2020;31/01/2020;visites;;25
TL-2;01/01/2020;31/01/2020;Visites;artisans;1 200
"""


def test_rows_have_one_typed_column_for_each_column_of_the_source() -> None:
    typed = type_table("attendance", ATTENDANCE)
    source = source_named("attendance")
    assert typed.rows.columns == ["line", *(column.name for column in source.columns)]
    assert typed.rows.schema == {"line": pl.Int64(), **{column.name: dtype_of(column)() for column in source.columns}}
    assert typed.rows.rows() == [
        (2, 1, 20200101, 20200131, "visits", "", 25, None, None),
        (3, 2, 20200101, 20200131, "visits", "craftspeople", 1200, None, None),
    ]
    assert (len(typed.texts), typed.refused) == (2, [])


def test_54_a_row_of_the_wrong_length_is_refused_once() -> None:
    typed = type_table("attendance", ATTENDANCE + "TL-1;01/02/2020;29/02/2020;visites;12\nTL-1;a;b;c;d;e;f\n")
    assert typed.rows["line"].to_list() == [2, 3]
    assert [problem.line for problem in typed.refused] == [4, 5]
    assert messages(typed.refused)[0].startswith("5 cellules pour 6 intitulés : un séparateur")


def test_a_refused_row_says_all_its_problems_with_header_and_value() -> None:
    typed = type_table("attendance", ATTENDANCE + "TL-9;31/02/2020;;visites;;-4\n")
    assert typed.rows["line"].to_list() == [2, 3]
    assert [(p.line, p.column, p.value) for p in typed.refused] == [
        (4, "id_lieu", "TL-9"),
        (4, "debut", "31/02/2020"),
        (4, "fin", None),
        (4, "valeur", "-4"),
    ]
    assert messages(typed.refused)[2] == "Colonne obligatoire vide."
    assert all(problem.verdict == "refused" for problem in typed.refused)


def test_75_a_required_cell_that_says_nothing_is_blank() -> None:
    typed = type_table("attendance", "id_lieu;debut;fin;unite;valeur\nTL-1;01/01/2020;31/01/2020;visites;n.c.")
    assert messages(typed.refused) == ["« n.c. » veut dire vide, et la colonne est obligatoire."]


def test_absent_and_blank_optional_cells_take_the_default() -> None:
    table = "reference;dispositif;beneficiaire;date_vote;montant_vote"
    typed = type_table("aids", f"{table}\nA;emergence;Asso;01/02/2020;10")
    assert typed.rows["funder"].to_list() == ["200053403"]
    typed = type_table("aids", f"{table};financeur\nA;emergence;Asso;01/02/2020;10;\nB;emergence;Asso;01/02/2020;10;UE")
    assert typed.rows["funder"].to_list() == ["200053403", "UE"]


def test_77_the_default_share_of_scdl_is_read_apart_from_the_column() -> None:
    head = "idAttribuant;dateConvention;nomBeneficiaire;montant;pourcentageSubvention"
    rows = "200053403;01/01/2020;A;10;50 %\n200053403;01/01/2020;B;10;"
    assert type_table("aids-scdl", f"{head}\n{rows}").rows["portion"].to_list() == [0.5, 1.0]


def test_69_and_70_the_whole_column_decides() -> None:
    head = "dispositif;libelle;plafond;source\n"
    consistent = type_table("schemes", f"{head}a;A;1.500;x\nb;B;2.000,50;x\nc;C;300,5;x")
    assert consistent.rows["cap"].to_list() == [150_000, 200_050, 30_050]
    mixed = type_table("schemes", f"{head}a;A;1.500;x\nb;B;2.000,50;x\nc;C;2,000.50;x\nd;D;12.30;x")
    assert mixed.rows["cap"].to_list() == [None, None, None, 1230]
    assert "ambigu" in messages(mixed.warnings)[0]
    assert "mêle" in messages(mixed.warnings)[1]
    alone = type_table("schemes", f"{head}a;A;1.500;x")
    assert alone.rows["cap"].to_list() == [None]
    required = type_table("aid-steps", "reference;etape;date;montant\nD-1;vote;01/01/2020;1.500")
    assert "ambigu" in " ".join(messages(required.refused))


def test_69_what_one_batch_proved_holds_for_the_next() -> None:
    head = "dispositif;libelle;plafond;source\n"
    state = FileState()
    type_table("schemes", f"{head}a;A;12,30;x", state=state)
    assert type_table("schemes", f"{head}b;B;1.500;x", state=state).rows["cap"].to_list() == [150_000]


def test_77_a_bare_share_among_percentages_is_not_guessed() -> None:
    head = "dispositif;libelle;taux_max;source\n"
    mixed = type_table("schemes", f"{head}a;A;50 %;x\nb;B;1;x\nc;C;0;x")
    assert mixed.rows["rate_max"].to_list() == [0.5, None, 0.0]
    assert "mêle" in messages(mixed.warnings)[0]


def test_86_in_a_column_of_american_dates_none_is_sure() -> None:
    head = "partenaire;libelle;depuis\n"
    american = type_table("partners", f"{head}a;A;12/31/2020;\nb;B;03/04/2020\nc;C;01/15/2020".replace(";\n", "\n"))
    assert american.rows["since"].to_list() == [None, None, None]
    french = type_table("partners", f"{head}a;A;12/31/2020\nb;B;03/04/2020\nc;C;15/01/2020")
    assert french.rows["since"].to_list() == [None, 20200403, 20200115]


def test_a_convention_is_reported_once_for_the_column_and_the_file() -> None:
    head = "dispositif;libelle;plafond;source\n"
    state = FileState()
    first = type_table("schemes", f"{head}a;A;1 500 €;x\nb;B;2 500 €;x", state=state)
    again = type_table("schemes", f"{head}c;C;3 500 €;x", state=state)
    assert (first.warned, len(first.warnings), again.warned, again.warnings) == (1, 1, 0, [])
    assert "dit une fois" in messages(first.warnings)[0]


def test_every_warning_is_counted_and_the_first_hundred_are_reported() -> None:
    rows = "\n".join(f"p{n};P;mars 2020" for n in range(MAX_WARNINGS_PER_CAUSE + 50))
    typed = type_table("partners", f"partenaire;libelle;depuis\n{rows}")
    assert typed.warned == MAX_WARNINGS_PER_CAUSE + 50
    assert len(typed.warnings) == MAX_WARNINGS_PER_CAUSE
    assert messages(typed.warnings)[0] == "Mois sans jour, lu comme le premier du mois (lu : 01/03/2020)."


def test_warnings_of_refused_rows_are_not_reported() -> None:
    typed = type_table("partners", "partenaire;libelle;depuis\na;;mars 2020")
    assert (len(typed.refused), typed.warnings, typed.warned) == (1, [], 0)


def test_107_144_personal_data_is_neither_kept_nor_shown() -> None:
    typed = type_table("partners", "partenaire;libelle;source\na;A;appeler le 06 12 34 56 78")
    assert typed.warnings[0].value == "appeler le •••"
    assert typed.rows["origin"].to_list() == ["appeler le •••"]
    unread = type_table("partners", "partenaire;libelle;depuis\na;A;jean@exemple.fr")
    assert unread.warnings[0].value == "•••"


def test_lists_and_keys_are_never_null() -> None:
    typed = type_table("places", "id_lieu;nom;code_insee;porteur;type_porteur\nTL-1;Le Lieu;14118;Asso;associatif")
    assert typed.rows["typologies"].to_list() == [""]
    typed = type_table("targets", "indicateur;echeance;valeur;source\nlieux-labellises;31/12/2021;50;x")
    assert typed.rows.select("territory", "partner", "scheme").rows() == [("", "", "")]
    assert typed.rows["value"].to_list() == [50.0]


def test_the_key_and_the_money_of_refused_rows() -> None:
    header, rows = batch("reference;date_vote;montant_vote\nD1;x;1 000,50\nD2;01/01/2020;abc")
    source = source_named("aids")
    found = describe_rejected(rows, source.recognise(header), source, REFERENCE, FileState())
    kept = ("line", "row_key", "amount", "owner")
    assert found.select(kept).rows() == [(2, "D1", 100_050, None), (3, "D2", None, None)]
    header, rows = batch("idAttribuant;nomBeneficiaire;montant\n200053403;Asso;10")
    source = source_named("aids-scdl")
    found = describe_rejected(rows, source.recognise(header), source, REFERENCE, FileState())
    assert found.select(kept).rows() == [(2, "200053403 | Asso | 10", 1_000, None)]


def test_whose_row_was_refused() -> None:
    header, rows = batch("id_lieu;etape;date\nTL-2;labellisé;31/02/2020\nTL-9;labellisé;01/01/2020")
    source = source_named("labels")
    found = describe_rejected(rows, source.recognise(header), source, REFERENCE, FileState())
    assert found["owner"].to_list() == [2, None]


def test_columns_are_added_up_over_refused_rows_too() -> None:
    header = "id_lieu;debut;fin;unite;valeur;capacite\n"

    def sums(rows: str) -> dict[str, int | None]:
        state = FileState()
        type_table("attendance", header + rows, state=state)
        return state.totals.sums

    assert sums("TL-1;01/01/2020;31/01/2020;visites;10;5\nTL-9;x;y;visites;20;6") == {
        "value": 30,
        "capacity": 11,
        "open_days": 0,
    }
    assert sums("TL-1;01/01/2020;31/01/2020;visites;dix;5") == {"value": None, "capacity": 5, "open_days": 0}
    assert sums("TL-1;01/01/2020;31/01/2020;visites;1;cinq") == {"value": 1, "capacity": None, "open_days": 0}
    assert set(sums("TL-1;01/01/2020;31/01/2020;visites;10").values()) == {None}


def test_140_an_optional_value_that_cannot_be_read_is_left_empty_and_reported() -> None:
    typed = type_table(
        "attendance", "id_lieu;debut;fin;unite;valeur;capacite\nTL-1;01/01/2020;31/01/2020;visites;1;cinq"
    )
    assert typed.rows["capacity"].to_list() == [None]
    assert messages(typed.warnings)[0].endswith("— case laissée vide.")


cells = st.lists(
    st.sampled_from(("", "TL-1", "01/01/2020", "50 %", "x", "12", "1.500", "�", "(3)")), min_size=6, max_size=6
)


@given(st.sampled_from(SOURCES), st.lists(cells, max_size=8))
def test_every_row_is_either_typed_or_refused(source: object, table: list[list[str]]) -> None:
    headers = [column.header for column in source.columns][:6]  # type: ignore[attr-defined]
    header, frame = batch("\n".join(";".join(row) for row in [headers, *table]) + "\n")
    typed = type_batch(frame, source.recognise(header), source, REFERENCE, FileState())  # type: ignore[attr-defined, arg-type]
    kept, refused = set(typed.rows["line"]), {problem.line for problem in typed.refused}
    assert kept | refused == set(typed.texts["line"])
    assert not kept & refused
    assert {problem.line for problem in typed.warnings} <= kept | (set(frame["line"]) - set(typed.texts["line"]))
