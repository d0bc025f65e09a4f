"""What only one source needs: the steps of aid files, aid files out of SCDL lines."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.schema import aid_version
from data.schema.base import derived_columns
from data.sources import source_named
from etl.sources import aids, aids_scdl
from tests.etl.references import REFERENCE, type_table

AIDS = (
    "reference;dispositif;beneficiaire;date_vote;montant_vote;date_engagement;montant_engage;"
    "date_premier_mandat;montant_mandate;date_paiement;montant_paye;exercice\n"
)
SCDL = (
    "idAttribuant;dateConvention;referenceDecision;nomBeneficiaire;idBeneficiaire;objet;montant;pourcentageSubvention"
)


def steps(row: str) -> list[tuple[object, ...]]:
    rows = type_table("aids", f"{AIDS}D1;emergence;Asso;{row}").rows
    found = aids.steps(rows)
    assert found.columns == ["reference", "step", "day", "number", "origin", "amount", "fiscal_year", "line"]
    assert set(found["origin"]) <= {"aids"}
    return found.select("step", "day", "amount", "fiscal_year").rows()


def scdl(*rows: str, head: str = SCDL) -> pl.DataFrame:
    typed = type_table("aids-scdl", "\n".join([head, *rows]))
    assert typed.refused == []
    return aids_scdl.aids(typed.rows, REFERENCE)


def test_each_amount_is_a_step_at_its_date() -> None:
    assert steps("01/01/2020;100;01/02/2020;90;01/03/2020;80;01/04/2021;70;2020") == [
        ("vote", 20200101, 10_000, 2020),
        ("commitment", 20200201, 9_000, 2020),
        ("payment_order", 20200301, 8_000, None),
        ("payment", 20210401, 7_000, None),
    ]


def test_no_amount_no_step_and_no_date_the_day_of_the_vote() -> None:
    assert steps("01/01/2020;0;;;01/03/2020;;;70;") == [("vote", 20200101, 0, None), ("payment", 20200101, 7_000, None)]
    assert steps("01/01/2020;100;;0;;;;;") == [("vote", 20200101, 10_000, None)]


def test_an_scdl_line_counts_for_the_part_of_its_beneficiary() -> None:
    found = scdl(
        "200053403;2020-01-15;CP 1;Asso;35600000009075;Étude;1 000,01;50 %", "200053403;2020-01-15;;B;;;10;100 %"
    )
    assert found["voted_amount"].to_list() == [50_000, 1_000]  # half to even
    assert found["place_id"].to_list() == [None, None]  # located when they are read
    assert found["origin"].to_list() == ["aids-scdl"] * 2
    assert found["scheme"].to_list() == ["non-renseigne"] * 2
    stored = {column.name for column in aid_version.c} - {"aid_id", "load_id", "sheet", "ended_by", "extra", "siren"}
    stored -= {name for name, _derivation in derived_columns(aid_version)}  # come when rows are staged
    beside = {"funder_name", "rna", "grant_amount", "nature", "conditions", "period", "rae", "notified", "portion"}
    assert set(found.columns) == stored | beside | {"reference", "scheme_name"}
    found_steps = aids.steps(found).select("step", "day", "amount", "origin").rows()
    assert found_steps == [("vote", 20200115, 50_000, "aids-scdl"), ("vote", 20200115, 1_000, "aids-scdl")]


def test_the_scheme_of_an_scdl_line_is_known_by_code_or_label() -> None:
    head = "idAttribuant;dateConvention;nomBeneficiaire;montant;dispositifAide"
    found = scdl(*(f"200053403;2020-01-15;A;1;{name}" for name in ("EMERGENCE", "Émergence", "Autre", "")), head=head)
    assert found["scheme"].to_list() == ["emergence", "emergence", "non-renseigne", "non-renseigne"]


def test_the_reference_is_the_natural_key_whatever_its_case_and_the_rest_of_the_line() -> None:
    one, same, other = scdl(
        "200053403;2020-01-15;CP 1;Asso Été;;Étude;10;1",
        "200053403;2020-01-15;cp  1;ASSO ETE;;étude;12;1",
        "200053403;2020-01-15;CP 1;Asso Été;;Autre étude;10;1",
    )["reference"]
    assert one == same != other
    assert one.startswith("SCDL-")
    assert len(one) == 21


@given(st.integers(0, 10**11), st.integers(0, 10_000))
def test_the_parts_of_a_grant_add_up_to_it(cents: int, share: int) -> None:
    source = source_named("aids-scdl")
    shares = [share / 10_000, 1 - share / 10_000]
    rows = type_table("aids-scdl", f"{SCDL}\n200053403;2020-01-15;a;A;;x;1;1\n200053403;2020-01-15;b;B;;x;1;1").rows
    rows = rows.with_columns(pl.lit(cents).alias("grant_amount"), pl.Series("portion", shares))
    assert source.amount == "grant_amount"
    assert abs(aids_scdl.aids(rows, REFERENCE)["voted_amount"].sum() - cents) <= 1
