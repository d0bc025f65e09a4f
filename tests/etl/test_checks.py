"""Rows that cannot be, rows that are odd."""

from dataclasses import replace

from data.sources import source_named
from etl.checks.model import Checked
from etl.sources import check_rows, load_source_of
from etl.typing.cell_problems import FileState
from tests.etl.references import REFERENCE, messages, type_table


def check(source: str, table: str) -> Checked:
    typed = type_table(source, table)
    assert typed.refused == []
    return check_rows(load_source_of(source_named(source)), typed.rows, REFERENCE, FileState())


def attendance(*rows: str) -> Checked:
    return check("attendance", "\n".join(["id_lieu;debut;fin;unite;valeur;capacite;jours_ouverts", *rows]))


def test_122_periods_and_the_life_of_the_place() -> None:
    checked = attendance(
        "TL-1;01/05/2019;31/05/2019;visites;3;;",
        "TL-1;01/01/2022;31/01/2022;visites;3;;",
        "TL-2;01/01/2022;31/01/2022;visites;3;;",
        "TL-1;31/01/2020;01/01/2020;visites;3;;",
    )
    assert messages(checked.refused) == ["Fin avant le début de la période (debut : 31/01/2020)."]
    assert [(p.line, p.column, p.value) for p in checked.refused] == [(5, "fin", "01/01/2020")]
    assert messages(checked.warnings) == [
        "Fréquentation avant l’ouverture du lieu.",
        "Un ou plusieurs mois manquent avant cette période, pour ce lieu et cette unité.",
        "Fréquentation après la fermeture du lieu.",
    ]
    assert checked.rows["line"].to_list() == [2, 3, 4]


def test_124_a_period_across_two_months_is_signalled() -> None:
    checked = attendance("TL-2;15/01/2020;14/02/2020;visites;3;;", "TL-2;01/01/2020;14/01/2020;visites;3;;")
    assert [problem.line for problem in checked.warnings] == [2]
    assert "cheval" in messages(checked.warnings)[0]


def test_123_a_value_far_above_the_median_of_its_place_is_signalled() -> None:
    months = [f"TL-2;01/{month:02d}/2020;28/{month:02d}/2020;visites;{50 + month};;" for month in range(1, 6)]
    checked = attendance(*months, "TL-2;01/06/2020;30/06/2020;visites;520;;", "TL-2;01/06/2020;30/06/2020;heures;520;;")
    assert [(problem.line, problem.value) for problem in checked.warnings] == [(7, "520")]
    assert "médiane" in messages(checked.warnings)[0]
    assert checked.refused == []


def test_123_few_or_small_values_have_no_usual_one() -> None:
    few = [
        f"TL-2;01/{month:02d}/2020;28/{month:02d}/2020;visites;{value};;" for month, value in ((1, 5), (2, 5), (3, 90))
    ]
    small = [f"TL-2;01/{month:02d}/2020;28/{month:02d}/2020;visites;1;;" for month in range(1, 6)]
    closed = [f"TL-2;01/{month:02d}/2020;28/{month:02d}/2020;visites;0;;" for month in range(1, 6)]
    assert attendance(*few).warnings == []
    assert attendance(*small, "TL-2;01/06/2020;30/06/2020;visites;19;;").warnings == []
    assert attendance(*closed, "TL-2;01/06/2020;30/06/2020;visites;60;;").warnings == []


def test_124_overlapping_periods_are_signalled() -> None:
    checked = attendance(
        "TL-2;16/01/2020;31/01/2020;visites;3;;",
        "TL-2;01/01/2020;31/01/2020;visites;5;;",
        "TL-2;01/01/2020;31/01/2020;heures;9;;",
        "TL-1;01/01/2020;15/01/2020;visites;3;;",
        "TL-1;16/01/2020;31/01/2020;visites;3;;",
        "TL-1;01/02/2020;29/02/2020;visites;3;;",
        "TL-1;01/02/2020;29/02/2020;visites;4;;",  # the loader refuses both
    )
    assert [(problem.line, problem.column) for problem in checked.warnings] == [(2, "debut")]
    assert "recouvre" in messages(checked.warnings)[0]


def test_125_occupation_beyond_capacity_and_of_closed_places() -> None:
    checked = attendance(
        "TL-2;01/01/2020;31/01/2020;journées;101;10;10",
        "TL-2;01/02/2020;29/02/2020;demi-journées;200;10;10",
        "TL-2;01/03/2020;31/03/2020;demi-journées;201;10;10",
        "TL-2;01/03/2020;31/03/2020;visites;500;10;10",
        "TL-2;01/04/2020;30/04/2020;visites;1;;0",
        "TL-2;01/05/2020;31/05/2020;visites;0;;0",
    )
    assert [problem.line for problem in checked.warnings] == [2, 4, 6]
    assert "capacité" in messages(checked.warnings)[0]
    assert "aucun jour" in messages(checked.warnings)[2]


PLACES = "id_lieu;nom;code_insee;commune;porteur;type_porteur;date_ouverture;date_fermeture;longitude;latitude\n"


def place(rest: str, code: str = "14118", name: str = "Caen") -> Checked:
    return check("places", f"{PLACES}TL-1;Le Lieu;{code};{name};Asso;associatif;{rest}")


def test_109_coordinates_swapped_elsewhere_missing_or_far() -> None:
    good = place(";;-0,35;49,18")
    assert (good.warnings, good.rows.select("lon", "lat").row(0)) == ([], (-0.35, 49.18))
    swapped = place(";;49,18;-0,35")
    assert swapped.rows.select("lon", "lat").row(0) == (-0.35, 49.18)
    assert "inversées" in messages(swapped.warnings)[0]
    paris = place(";;2,35;48,85")
    assert paris.rows.select("lon", "lat").row(0) == (None, None)
    assert "hors de Normandie" in messages(paris.warnings)[0]
    for half in (";;-0,35;", ";;;49,18"):
        assert place(half).rows.select("lon", "lat").row(0) == (None, None)
        assert len(place(half).warnings) == 1
    far = place(";;0,09;48,43")
    assert far.rows["lon"].item() == 0.09
    assert "25 km" in messages(far.warnings)[0]
    nowhere = place(";;0;0")
    assert nowhere.rows.is_empty()
    assert len(nowhere.refused) == 1


def test_places_close_after_they_open() -> None:
    assert messages(place("02/01/2020;01/01/2020;;").refused) == [
        "Fermeture avant l’ouverture (date_ouverture : 02/01/2020)."
    ]
    assert place("01/01/2020;01/01/2020;;").refused == []


def test_the_name_of_the_commune_is_only_checked() -> None:
    assert place(";;;", code="50502", name="ST-LO").warnings == []
    assert place(";;;", name="").warnings == []
    assert "code INSEE" in messages(place(";;;", name="Bayeux").warnings)[0]


def labels(*steps: str) -> Checked:
    return check("labels", "\n".join(["id_lieu;etape;date", *steps]))


def test_120_no_exit_before_an_award() -> None:
    checked = labels("TL-1;retiré;01/01/2020", "TL-2;labellisé;01/01/2019", "TL-1;labellisé;01/02/2020")
    assert [problem.line for problem in checked.refused] == [2]
    assert checked.rows["line"].to_list() == [3, 4]
    assert [p.line for p in labels("TL-1;expiré;01/01/2020", "TL-1;renouvelé;01/02/2020").refused] == [2, 3]


def test_120_no_second_award_while_the_first_one_holds() -> None:
    twice = labels("TL-1;labellisé;01/02/2020", "TL-1;labellisé;01/01/2019", "TL-2;labellisé;01/02/2020")
    assert [problem.line for problem in twice.refused] == [2]
    again = labels("TL-1;labellisé;01/01/2019", "TL-1;retiré;01/06/2019", "TL-1;labellisé;01/02/2020")
    assert (again.refused, again.warnings) == ([], [])
    same = labels("TL-1;labellisé;01/01/2019", "TL-1;labellisé;01/01/2019")  # 111: the loader keeps one
    assert same.refused == []


def test_120_steps_of_a_label_that_has_already_gone_are_signalled() -> None:
    checked = labels(
        "TL-1;labellisé;01/01/2019", "TL-1;retiré;01/06/2019", "TL-1;expiré;01/07/2019", "TL-1;renouvelé;01/08/2019"
    )
    assert [problem.line for problem in checked.warnings] == [4, 5]
    assert checked.refused == []


def test_steps_of_one_day_follow_the_declared_order() -> None:
    assert labels("TL-1;retiré;01/01/2019", "TL-1;labellisé;01/01/2019").refused == []


def test_steps_in_the_future_are_signalled() -> None:
    assert "futur" in messages(labels("TL-1;candidature;01/07/2021").warnings)[0]
    assert labels("TL-1;candidature;30/06/2021").warnings == []


AIDS = (
    "reference;dispositif;beneficiaire;date_vote;montant_vote;date_engagement;montant_engage;"
    "date_premier_mandat;montant_mandate;date_paiement;montant_paye\n"
)


def aid(rest: str) -> list[str]:
    checked = check("aids", f"{AIDS}D1;emergence;Asso;{rest}")
    assert len(checked.rows) == 1
    return messages(checked.warnings)


def test_121_dates_of_votes() -> None:
    assert aid("01/07/2021;100;;;;;;") == ["Vote dans le futur : proposition, non comptée comme votée."]
    assert aid("31/12/2015;100;;;;;;") == ["Vote avant 2016, à vérifier."]
    assert aid("01/01/2020;100;;;;;31/12/2019;") == ["Paiement avant le vote (date_vote : 01/01/2020)."]


def test_117_amounts_shrink_from_one_step_to_the_next() -> None:
    assert aid("01/01/2020;100;01/02/2020;100;01/03/2020;100;01/04/2020;100") == []
    assert aid("01/01/2020;100;01/02/2020;90;01/03/2020;95;01/04/2020;10") == [
        "Montant mandaté supérieur au montant engagé (montant_engage : 90,00 €)."
    ]


def test_an_amount_without_its_date_takes_the_day_of_the_vote() -> None:
    assert aid("01/01/2020;100;;50;;0;;") == ["Montant sans date, compté à la date du vote (date_vote : 01/01/2020)."]


def test_schemes_and_targets() -> None:
    scheme = check("schemes", "dispositif;libelle;debut;fin;source\na;A;02/01/2020;01/01/2020;x")
    assert len(scheme.refused) == 1
    target = check(
        "targets",
        "indicateur;echeance;valeur;date_reference;source\nlieux-labellises;31/12/2017;50;10/09/2018;x",
    )
    assert len(target.warnings) == 1


def test_a_source_without_checks_keeps_its_rows() -> None:
    assert len(check("partners", "partenaire;libelle\na;A").rows) == 1


def test_an_empty_world_refuses_nothing_by_itself() -> None:
    typed = type_table("places", f"{PLACES}TL-1;Le Lieu;14118;Caen;Asso;associatif;;;-0,35;49,18")
    checked = check_rows(
        load_source_of(source_named("places")), typed.rows, replace(REFERENCE, communes={}), FileState()
    )
    assert len(checked.rows) == 1


AIDED = replace(REFERENCE, aids={"D-1": 20190318})


def steps(*rows: str) -> Checked:
    typed = type_table("aid-steps", "\n".join(["reference;etape;date;montant;numero", *rows]), reference=AIDED)
    assert typed.refused == []
    return check_rows(load_source_of(source_named("aid-steps")), typed.rows, AIDED, FileState())


def test_79_a_negative_step_is_refused_unless_its_kind_takes_money_back() -> None:
    checked = steps(
        "D-1;paiement;01/05/2019;-10;",
        "D-1;annulation;02/05/2019;-20;",
        "D-1;titre;03/05/2019;30;",
        "D-1;avenant;04/05/2019;-40;",
    )
    assert [(one.line, one.column, one.value) for one in checked.refused] == [(2, "montant", "−10,00\u202f€")]
    assert checked.rows["amount"].to_list() == [2_000, 3_000, -4_000]
    assert [one.line for one in checked.warnings] == [3]
    assert "lu comme la somme annulée ou reversée" in messages(checked.warnings)[0]


def test_117_121_steps_before_the_vote_and_proposals_are_signalled() -> None:
    checked = steps(
        "D-1;engagement;01/03/2019;10;",
        "D-1;proposition;01/03/2019;10;",
        "D-1;solde;01/05/2029;10;1",
        "D-1;vote;01/05/2015;10;",
    )
    assert checked.refused == []
    assert messages(checked.warnings) == [
        "Étape avant le vote du dossier (etape : engagement).",
        "Proposition : montrée, non comptée comme votée.",
        "Étape dans le futur : elle comptera à sa date.",
        "Étape avant 2016, à vérifier.",
    ]


def test_activities_to_come_without_a_place_or_out_of_proportion() -> None:
    checked = check(
        "activities",
        "id_action;partenaire;type;date;id_lieu;code_insee;porteur;participants;duree_heures\n"
        "A1;aract;rencontre préalable;01/02/2020;TL-1;;Asso;3;2\n"
        "A2;aract;rencontre préalable;01/02/2020;;14118;;;\n"
        "A3;aract;atelier;01/02/2029;;14118;;;\n"
        "A4;aract;atelier;01/02/2010;;;;5 000;30\n"
        "A5;aract;atelier;01/02/2020;TL-1;;;;-1\n",
    )
    assert checked.refused == []
    assert checked.rows["hours"].to_list()[-1] is None  # a negative one is left empty
    assert [(one.line, one.column) for one in checked.warnings] == [
        (3, "porteur"), (4, "date"), (5, "date"), (5, "id_lieu"), (5, "duree_heures"), (5, "participants")
    ]  # fmt: skip
    assert "non localisée" in messages(checked.warnings)[3]


NETWORK = "id;nom;commune;code_postal;code_insee;longitude;latitude\n"


def test_mediation_places_are_located_and_mended() -> None:
    checked = check(
        "mediation-places",
        NETWORK + "1;A;CAEN;14000;;-0,37;49,18\n"
        "2;B;Caen;14000;14118;49,18;-0,37\n"
        "3;C;Saint Lo;50000;;0;0\n"
        "4;D;Bourges;18000;;2,4;47,1\n"
        "5;E;Inconnue;14000;;-0,37;49,18\n"
        "6;F;Bourges;18000;18033;2,4;\n"
        "7;G;Caen;14000;1400;2,4;47,1\n",
    )
    assert checked.refused == []
    assert checked.rows.select("commune", "lon", "lat").rows() == [
        ("14118", -0.37, 49.18),
        ("14118", -0.37, 49.18),
        ("50502", None, None),
        (None, 2.4, 47.1),
        (None, -0.37, 49.18),
        ("18033", None, None),
        ("14118", None, None),
    ]
    assert [(one.line, one.column) for one in checked.warnings] == [
        (3, "longitude"), (4, "longitude"), (5, "code_postal"), (6, "commune"), (7, "longitude"), (8, "code_insee"),
        (8, "longitude"),
    ]  # fmt: skip


def test_an_old_session_and_an_empty_envelope_are_signalled() -> None:
    assert messages(check("sessions", "date;libelle\n01/02/2010;Commission\n").warnings) == [
        "Séance avant 2016, à vérifier."
    ]
    typed = type_table("envelopes", "dispositif;exercice;type_credit;montant\nemergence;2020;AE;0\n")
    assert "nul" in messages(typed.warnings)[0]
