"""One cell → one value, by the numbers of the catalogue of bad inputs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.i18n import day_long, day_short, number
from data.sources import SOURCES, source_named
from data.types import day_number
from etl.typing import masked, parse
from etl.typing.identifiers import luhn
from tests.etl.references import REFERENCE, read, read_column

SIRET = "20005340300016"


def refusal(text: str, kind: str = "amount", **options: object) -> str:
    """Why the cell is refused, with plain spaces; fails when it isn't."""
    parsed = read(text, kind, **options)
    assert parsed.refusal, parsed
    assert parsed.value is None
    return parsed.refusal.replace("\u202f", " ")


def accepted(text: str, kind: str = "amount", **options: object) -> object:
    parsed = read(text, kind, **options)
    assert parsed.refusal is None, parsed.refusal
    return parsed.value


@pytest.mark.parametrize("kind", ["amount", "text", "day", "choice", "place"])
def test_63_and_64_formulas_without_value_and_errors_of_a_spreadsheet(kind: str) -> None:
    assert "formule sans résultat" in refusal("=…", kind)
    for error in ("#N/A", "#REF!", "#DIV/0!", "#VALEUR!", "#NOM?", "########", "Err:502"):
        assert "erreur de calcul" in refusal(error, kind)


@pytest.mark.parametrize(
    "text",
    [
        "10 000,00 €",
        "10\u00a0000,00 €",
        "10\u202f000,00\u00a0€",
        "10\u2009000",
        "10 000 euros",
        "10000.0",
        "10000",
        "€ 10 000",
    ],
)
def test_68_spaces_and_euros(text: str) -> None:
    assert accepted(text) == 1_000_000


def test_68_a_convention_of_writing_is_noted_once_for_the_column() -> None:
    parsed = read("10 000,00 €")
    assert parsed.once_per_column
    assert parsed.after == "10\u202f000,00\u202f€"
    assert read("10000,5").note is None


def test_69_both_marks_say_which_one_is_decimal() -> None:
    assert accepted("1.500,00") == accepted("1,500.00") == 150_000
    assert accepted("1.500.000") == 150_000_000
    assert "illisible" in refusal("1.50.000")
    assert "illisible" in refusal("1 00")


@pytest.mark.parametrize("text", ["1.500", "1,500", "12,345"])
def test_70_a_lone_mark_before_three_digits_is_ambiguous(text: str) -> None:
    assert "ambigu" in refusal(text)
    assert "ambigu" in refusal(text, "whole")


def test_70_no_other_writing_is_ambiguous() -> None:
    assert accepted("0,500") == 50
    assert accepted("1500,250") == 150_025
    assert accepted("49.183", "lat") == 49.183  # no coordinate groups thousands


@pytest.mark.parametrize("text", ["(120)", "120-", "\u2212120", "-120,00 €"])
def test_71_and_79_negatives_are_understood_and_refused_where_an_amount_is_meant(text: str) -> None:
    assert "négatif" in refusal(text)
    bare = text.removesuffix(" €")
    assert accepted(bare, "number", signed=True) == -120
    assert "négatif" in refusal(bare, "number")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12,30 k€", "k€"),
        ("1,2 M€", "M€"),
        ("2 millions", "M€"),
        ("environ 500", "approximative"),
        ("~500", "approximative"),
        ("500/an", "par an"),
        ("500 € par an", "par an"),
        ("500 € TTC", "illisible"),
    ],
)
def test_72_approximate_or_scaled_amounts(text: str, why: str) -> None:
    assert why in refusal(text)


@pytest.mark.parametrize("text", ["1e5", "7,32829E+13", "2.43E+16"])
def test_73_scientific_notation(text: str) -> None:
    assert "scientifique" in refusal(text)


@pytest.mark.parametrize("text", ["１５００", "١٢٣"])
def test_74_digits_of_another_script(text: str) -> None:
    assert "alphabet" in refusal(text)
    assert refusal(text, "year")
    assert refusal(text, "share")
    assert refusal(text, "commune")
    assert read(text, "siret").value is None


@pytest.mark.parametrize("text", ["-", "n.c.", "NC", "N/A", "Néant", "NE RIEN INDIQUER", "NaN", "inf", "∞"])
def test_75_words_that_mean_nothing(text: str) -> None:
    parsed = read(text)
    assert parsed.value is None
    assert parsed.refusal is None
    assert parsed.note


def test_75_only_the_listed_ones() -> None:
    assert "illisible" in refusal("rien")
    assert "illisible" in refusal("-", empty=())


@pytest.mark.parametrize("text", ["NA", "Null", "None", "True", "nan"])
def test_76_names_that_programs_take_for_nothing(text: str) -> None:
    assert accepted(text, "text") == text


def test_77_and_78_shares() -> None:
    assert accepted("50 %", "share") == accepted("0.5", "share") == accepted("0,5", "share") == 0.5
    assert accepted("33,33\u202f%", "share") == 0.3333
    assert "50 %" in refusal("50", "share")
    assert "100 %" in refusal("150 %", "share")
    assert "négative" in refusal("-0,1", "share")


def test_80_zero_is_odd_only_where_the_amount_is_the_point() -> None:
    assert read_column("aids", "montant_vote", "0").note == "montant nul, à vérifier"
    assert read_column("aids", "montant_paye", "0,00").note is None
    assert read_column("aids", "montant_paye", "0,00").value == 0


def test_81_and_82_huge_noisy_and_too_precise_amounts() -> None:
    assert read("10 000 000,01").note == "montant de plus de 10 millions d’euros, à vérifier"
    assert "milliards" in refusal("99999999999")
    noisy = read("0.30000000000000004")
    assert (noisy.value, noisy.note) == (30, "plus de deux décimales, arrondi au centime")
    assert accepted("1000,125") == 100_012  # half to even
    assert accepted("1000,135") == 100_014


def test_123_counts_are_whole_and_not_negative() -> None:
    assert accepted("1 200", "whole") == 1200
    assert accepted("12,0", "whole") == 12
    assert "entier" in refusal("12,5", "whole")
    assert "négatif" in refusal("-3", "whole")
    assert "impossible" in refusal("5000000000", "whole")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2020", 20201231),  # 83
        ("31.12.2020", 20201231),
        ("2020-12-31", 20201231),  # 84
        ("2020/12/31", 20201231),
        ("2020-12-31T10:00:00Z", 20201231),
        ("2020-12-31T23:30:00Z", 20210101),
        ("2020-12-31 23:30:00+01:00", 20201231),
        ("03/04/2020", 20200403),  # 85
        ("29/02/20", 20200229),  # 88
        ("43924", 20200403),  # 89
        ("janv.-21", 20210101),  # 90
        ("1er mars 2020", 20200301),
        ("lundi 2 mars 2020", 20200302),
        ("Août 2020", 20200801),
        ("2018-05", 20180501),  # 137
        ("05/2018", 20180501),
        ("20230227", 20230227),
        ("16 avril 2024, 06:00", 20240416),
        ("lundi 2 mars 2020 à 14h30", 20200302),
        ("avril 16, 2024", 20240416),
        ("2023-02-27 10:00:00+01", 20230227),
        ("2023-02-27 23:30:00.123456+00", 20230228),
        ("2020-03-29T23:30:00", 20200329),  # 92
        ("25/10/2020 00:00", 20201025),
        ("2020-03-29T00:30:00Z", 20200329),
    ],
)
def test_83_to_92_dates(text: str, day: int) -> None:
    assert accepted(text, "day") == day


@pytest.mark.parametrize("text", ["2020-12-31T23:30:00Z", "29/02/20", "43924", "mars 2020"])
def test_84_to_90_what_was_understood_is_reported(text: str) -> None:
    parsed = read(text, "day")
    assert parsed.note
    assert parsed.after


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("12/31/2020", "américain"),  # 86
        ("12/31/20", "américain"),
        ("29/02/2021", "n’existe pas"),  # 87
        ("31/04/2020", "n’existe pas"),
        ("00/00/0000", "n’existe pas"),
        ("2020-02-30T10:00:00Z", "n’existe pas"),
        ("31/12/2020 25:00", "n’existe pas"),
        ("01/01/68", "trop lointaine"),  # 88
        ("mars-68", "trop lointaine"),
        ("12345", "illisible"),  # 89
        ("01/01/1900", "année impossible"),  # 91
        ("01/01/2999", "année impossible"),
        ("0001-01-01", "année impossible"),
        ("20201301", "n’existe pas"),
        ("31-12/2020", "illisible"),
        ("3 brumaire 2020", "illisible"),
    ],
)
def test_86_to_91_dates_that_cannot_be(text: str, why: str) -> None:
    assert why in refusal(text, "day")


def test_93_to_99_communes() -> None:
    assert accepted("14118", "commune") == accepted("14118.0", "commune") == accepted("14118,0", "commune") == "14118"
    assert "4 chiffres" in refusal("1400", "commune")
    assert "postal" in refusal("14000", "commune")
    assert "hors de Normandie" in refusal("75056", "commune")
    assert "hors de Normandie" in refusal("2a004", "commune")
    assert "inconnu" in refusal("14999", "commune")
    assert "illisible" in refusal("Caen", "commune")
    former = read("14002", "commune")
    assert (former.value, former.after) == ("14150", "14150 (Cesny-les-Sources)")


def test_100_territories() -> None:
    assert [accepted(text, "territory") for text in ("14", "Calvados", "14 - Calvados", "200065597", "Normandie")] == [
        "14",
        "14",
        "14",
        "200065597",
        "",
    ]
    for text in ("014", "61 - Calvados", "Bretagne", "75", "200000000"):
        assert "territoire inconnu" in refusal(text, "territory")


def test_101_to_104_sirets() -> None:
    assert luhn(SIRET)
    assert accepted("200 053 403 00016", "siret") == SIRET
    assert read("200 053 403 00016", "siret").once_per_column
    assert accepted("20005340300016.0", "siret") == SIRET
    assert accepted("356 000 000 09075", "siret") == "35600000009075"  # 103
    assert accepted("35600000000048", "siret") == "35600000000048"
    assert accepted("200 053 403", "siret") == "200053403"  # 104: `rows_by_table` makes it the SIREN


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("20005340300017", "clé"),
        ("45032466000000.0", "arrondi"),
        ("30053625700300.0", "arrondi"),  # the checksum is right by chance
        ("2,43E+13", "scientifique"),
        ("200053404", "SIREN"),
        ("00000000000000", "zéros"),
        ("5410220700012", "13 chiffres"),
        ("W141000000", "14 chiffres"),
    ],
)
def test_102_and_104_a_destroyed_siret_is_blanked_never_refused(text: str, why: str) -> None:
    parsed = read(text, "siret")
    assert (parsed.value, parsed.refusal) == (None, None)
    assert parsed.note is not None
    assert why in parsed.note


def test_104_a_lost_zero_is_put_back_only_when_both_checksums_agree() -> None:
    siren = next(f"0052000{n:02}" for n in range(100) if luhn(f"0052000{n:02}"))
    siret = next(f"{siren}000{n:02}" for n in range(10, 100) if luhn(f"{siren}000{n:02}"))
    parsed = read(siret[1:], "siret")
    assert (parsed.value, parsed.note is None) == (siret, False)
    assert accepted(siret[1:], "funder") == siren


def test_funders_are_known_by_their_siren_or_their_name() -> None:
    assert accepted("200053403", "funder") == accepted(SIRET, "funder") == "200053403"
    assert accepted("Union européenne", "funder") == "Union européenne"
    rounded = read("21860194600000.0", "funder")
    assert rounded.value == "218601946"
    assert rounded.note is not None
    assert "arrondi" in rounded.note
    assert "faux" in refusal("200053404", "funder")
    assert "illisible" in refusal("2,43E+13", "funder")
    assert "illisible" in refusal("12/34", "funder")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("écrire à jeanne.martin@exemple.fr", "adresse électronique"),
        ("appeler le 06 12 34 56 78", "téléphone"),
        ("+33 6 12 34 56 78", "téléphone"),
        ("NIR 2 85 05 78 006 084 36", "sécurité sociale"),
        ("FR76 3000 6000 0112 3456 7890 189", "IBAN"),
    ],
)
def test_107_144_personal_data_is_struck_out_and_reported(text: str, what: str) -> None:
    parsed = read(text, "text")
    assert parsed.value == masked(text)
    assert parsed.note is not None
    assert what in parsed.note
    assert "•••" in masked(text)
    assert not any(word in masked(text) for word in ("jeanne", "34 56", "006 084", "3456"))


@pytest.mark.parametrize("text", ["CP 2018-11-13", "Siret 20005340300016", "CP21DELIB0012345678", "12 000 € en 2018"])
def test_107_references_are_no_personal_data(text: str) -> None:
    assert read(text, "text").note is None
    assert masked(text) == text


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "@SUM(A1)", "<script>alert(1)</script>", "javascript:alert(1)"])
def test_108_active_text_is_only_text(text: str) -> None:
    assert accepted(text, "text") == text


def test_109_coordinates() -> None:
    assert accepted("-0,37", "lon") == accepted("−0.37", "lon") == -0.37
    assert accepted("49.18", "lon") == 49.18  # a swap is seen on the whole row
    assert read("452000", "lon").value == 452_000  # metres, converted on the whole row
    assert "hors limites" in refusal("2000000", "lon")
    assert "hors limites" in refusal("95", "lat")
    assert "illisible" in refusal("49°10'", "lat")


def test_110_texts_are_composed_cleaned_and_cut() -> None:
    assert accepted("e\u0301te\u0301\u200b", "text") == "été"
    assert accepted("\u200b", "text") is None
    long = read("é" * 2001, "text")
    assert long.value == "é" * 2000
    assert long.note is not None
    assert "accents détruits" in refusal("�vreux", "text")


def test_128_unknown_values_are_refused_with_the_list() -> None:
    parsed = read_column("attendance", "unite", "bises")
    assert parsed.refusal is not None
    assert "«\u202fvisites\u202f»" in parsed.refusal
    assert "emergence" in refusal("fonds perdu", "scheme")
    assert "aract" in refusal("inconnu", "partner")
    assert "chargez d’abord" in refusal("TL-9", "place")


def test_schemes_partners_and_places_are_found_by_code_or_label() -> None:
    for text in ("emergence", "EMERGENCE", "Émergence", "émergence "):
        assert accepted(text, "scheme") == "emergence"
    assert accepted("ARACT normandie", "partner") == "aract"
    assert accepted("TL-2", "place") == 2


def test_typologies_are_folded_sorted_and_open() -> None:
    assert read_column("places", "typologie", "Fab Lab | COWORKING").value == "|coworking|fablab|"
    unknown = read_column("places", "typologie", "Épicerie|coworking")
    assert unknown.value == "|coworking|epicerie|"
    assert unknown.note
    assert "coworking" in refusal("x", "choices", choices=source_choices())
    assert accepted("coworking", "choices", choices=source_choices()) == "|coworking|"


def source_choices() -> object:
    return source_named("places").column("typologies").choices


def test_yes_no_and_years() -> None:
    assert [accepted(text, "yes_no") for text in ("Oui", "NON", "1", "faux")] == [True, False, True, False]
    assert "oui" in refusal("peut-être", "yes_no")
    assert accepted("2021", "year") == accepted("2021,0", "year") == 2021
    assert refusal("21", "year")
    assert refusal("1890", "year")


COLUMNS = [column for source in SOURCES for column in source.columns]
texts = st.text() | st.text("0123456789.,-+eE €/:TZ%()|'\u202f\u2212", max_size=24)


@given(texts, st.sampled_from(COLUMNS))
def test_any_text_gives_a_value_or_a_reason(text: str, column: object) -> None:
    parsed = parse(text, column, REFERENCE)  # type: ignore[arg-type]
    assert parsed.refusal is None or (parsed.value is None and parsed.refusal)
    masked(text)


@given(st.decimals(0, 9_999_999, places=2))
def test_amounts_written_in_french_read_back(amount: Decimal) -> None:
    assert accepted(f"{number(amount, 2)} €") == int(amount * 100)
    assert accepted(str(amount)) == accepted(str(amount).replace(".", ",")) == int(amount * 100)


@given(st.integers(0, 2_000_000_000))
def test_counts_written_in_french_read_back(count: int) -> None:
    assert accepted(number(count), "whole") == accepted(str(count), "whole") == count


@given(st.integers(0, 70_000))
def test_dates_written_in_french_read_back(days: int) -> None:
    day = date(1905, 1, 1) + timedelta(days)
    written = [
        day_short(day),
        day_long(day),
        day_long(day).upper(),
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day}T12:00:00",
    ]
    assert {accepted(text, "day") for text in written} == {day_number(day)}


@given(st.sampled_from([c for c in COLUMNS if c.choices]), st.data())
def test_any_declared_choice_reads_whatever_its_case_and_accents(column: object, data: st.DataObject) -> None:
    choice = data.draw(st.sampled_from(column.choices))  # type: ignore[attr-defined]
    label = data.draw(st.sampled_from((choice.label, *choice.synonyms)))
    changed = data.draw(st.sampled_from((str.upper, str.lower, str.title, plain)))(label)
    value = parse(f" {changed}  ", column, REFERENCE).value  # type: ignore[arg-type]
    assert value in (choice.code, f"|{choice.code}|")


def plain(text: str) -> str:
    """Without accents."""
    return text.translate(str.maketrans("éèêâîôûç’", "eeeaiouc'"))


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("14118", "14118", None),
        ("14002", "14150", "ancien code"),
        ("75056", "75056", "hors de Normandie"),
        ("2a004", "2A004", "hors de Normandie"),
        ("14999", None, "code laissé vide"),
        ("14000", None, "code postal"),
        ("1400", "1400", None),  # the commune beside it decides on its zero
        ("Caen", None, "code laissé vide"),
    ],
)
def test_99_a_commune_elsewhere_is_kept_and_reported(text: str, value: str | None, note: str | None) -> None:
    found = read(text, "insee")
    assert (found.value, found.refusal) == (value, None)
    assert note is None or note in str(found.note)


def test_a_signed_amount_may_be_negative() -> None:
    assert read("-12,50", signed=True).value == -1_250
    assert read("−1 500 €", signed=True).value == -150_000
    assert read("-12,50").refusal


def test_130_the_reference_of_an_unknown_aid_file_is_refused() -> None:
    assert "chargez d’abord" in str(read("D-1", "aid").refusal)


def test_84_an_hour_of_paris_is_not_reported() -> None:
    assert read("2026-07-01T18:00:00+02:00", "day").note is None
    assert read("2026-12-01T18:00:00+02:00", "day").note == "heure ramenée à celle de Paris"
