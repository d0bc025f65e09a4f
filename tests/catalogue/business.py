"""Rows 111 to 130: what rows say together, and beside what is already known."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, select

from data.schema import aid_file, aid_finding, is_live, place_version
from tests.catalogue.entries import Entry, Verdict, load, loads, refuses_rows
from tests.catalogue.inputs import ACTIVITY, AID, EPN, MONEY, PLACE, STEP, VISITS, many, one, rows_of

VOTED, NAME, VALUE = "aid_version.voted_amount", "place_version.name", "attendance.value"
NEW_STEPS = (
    {"etape": "candidature", "date": "01/02/2018"},
    {"etape": "labellisé", "date": "15/05/2018"},
)


def months(*values: int, year: int = 2021, place: str = "TL-02") -> list[dict[str, object]]:
    """Declarations of visits, month after month."""
    return [
        {"id_lieu": place, "debut": f"01/{at:02}/{year}", "fin": f"28/{at:02}/{year}", "valeur": value}
        for at, value in enumerate(values, 1)
    ]


def _findings(engine: Engine, folder: Path, rule: str, **cells: object) -> None:
    """The aid loads, counts, and the rule checker names it."""
    meeting = one(ACTIVITY, type="rencontre préalable", porteur="Autre", code_insee="14118")
    assert load(engine, meeting(folder))[0].status == "loaded"
    [report] = load(engine, one(AID, **cells)(folder))
    assert (report.status, report.accepted) == ("loaded", 1), report.problems
    with engine.connect() as connection:
        found = connection.execute(
            select(aid_finding.c.rule)
            .join(aid_file, aid_file.c.aid_id == aid_finding.c.aid_id)
            .where(aid_file.c.reference == "D-1", aid_finding.c.verdict == "broken")
        )
        assert rule in set(found.scalars()), rule


def _kept_when_absent(engine: Engine, folder: Path) -> None:
    """A place that a new delivery lacks stays as it was."""
    [report] = load(engine, one(PLACE)(folder))
    assert report.status == "loaded"
    with engine.connect() as connection:
        names = set(connection.scalars(select(place_version.c.name).where(is_live(place_version))))
    assert names == {"La Filature", "Le Zéphyr", "Elabo", "Le Lieu"}


def _new_value(engine: Engine, folder: Path) -> None:
    """The new value is current, and the old one is kept with the load that ended it."""
    [report] = load(engine, one(PLACE, id_lieu="TL-01", nom="Autre nom", date_ouverture="01/01/2018")(folder))
    assert (report.status, report.replaced) == ("loaded", 1)
    with engine.connect() as connection:
        rows = connection.execute(select(place_version.c.name, place_version.c.ended_by)).all()
    assert ("La Filature", report.load) in [tuple(row) for row in rows]
    assert ("Autre nom", None) in [tuple(row) for row in rows]


def _corrected_month(engine: Engine, folder: Path) -> None:
    """A month given again with another figure is a correction."""
    [report] = load(
        engine,
        rows_of(VISITS, {"id_lieu": "TL-01", "debut": "01/01/2020", "fin": "28/01/2020", "valeur": "90"})(folder),
    )
    assert (report.status, report.replaced) == ("loaded", 1)


def _total_signalled(engine: Engine, folder: Path) -> None:
    """A total that somebody confirms although it differs is signalled with the load."""
    path = many(
        AID, 3, {"reference": "Total", "dispositif": "", "beneficiaire": "", "date_vote": "", "montant_vote": "9"}
    )(folder)
    assert load(engine, path)[0].status == "held"
    [report] = load(engine, path, confirm=True)
    assert report.status == "loaded"
    assert any("n’est pas la somme" in remark.message for remark in report.remarks)


BUSINESS = (
    Entry(111, "the same row twice", rows_of(AID, {}, {}), loads(2, "ligne identique", kept={VOTED: [1000]})),
    Entry(
        112,
        "one key, two values",
        rows_of(AID, {"reference": "D-5"}, {}, {"montant_vote": "20,50"}),
        refuses_rows({3: "valeurs différentes", 4: "valeurs différentes"}, kept={VOTED: [1000]}),
    ),
    Entry(113, "a new value", run=_new_value),
    Entry(114, "absent from a new delivery", run=_kept_when_absent),
    Entry(
        114,
        "absent from a new delivery, flagged",
        one(PLACE),
        loads(1, "3 lignes connues absentes", "non confirmée", "TL-01 ; TL-02 ; TL-03"),
    ),
    Entry(
        114,
        "an aid file absent, flagged",
        one(AID),
        loads(1, "1 ligne connue absente de cette livraison", "non confirmée(s) : D-0"),
    ),
    Entry(
        114,
        "an EPN absent, flagged",
        one(EPN, id="M-2"),
        loads(1, "non confirmée(s) : M-1"),
        before=(rows_of(EPN, {}, {"id": "M-2", "nom": "Autre"}, name="avant.csv"),),
    ),
    Entry(
        114,
        "a row that was refused is not absent",
        rows_of(PLACE, {"id_lieu": "TL-01"}, {"id_lieu": "TL-02", "code_insee": "x"}, {"id_lieu": "TL-03"}),
        Verdict("loaded_with_rejects", 2, 1, {3: "illisible"}, unsaid=("non confirmée",)),
    ),
    Entry(
        115,
        "aid above the cap",
        run=lambda engine, folder: _findings(
            engine, folder, "plafond", montant_vote="10000,01", depenses_eligibles="50000", id_lieu="TL-01"
        ),
    ),
    Entry(
        116,
        "rate above that of the scheme",
        run=lambda engine, folder: _findings(
            engine, folder, "taux", montant_vote="6000", depenses_eligibles="10000", id_lieu="TL-01"
        ),
    ),
    Entry(
        116,
        "above 50 % of the eligible expenses",
        one(AID, depenses_eligibles="1500"),
        loads(1, "plus de 50 % des dépenses éligibles", kept={VOTED: [1000]}),
    ),
    Entry(
        116,
        "aid above the expenses",
        one(AID, depenses_eligibles="900"),
        loads(1, "supérieure aux dépenses éligibles", kept={VOTED: [1000]}),
    ),
    Entry(
        116,
        "funders above 100 %",
        one(AID, depenses_eligibles="2500", cout_total="2500", cofinancements_publics="1600"),
        loads(1, "dépassent ensemble 100 %", kept={VOTED: [1000]}),
    ),
    *(
        Entry(
            117,
            f"{larger} below the next",
            one(AID, **{larger: "900", name: "950", **days}),
            loads(1, why, kept={VOTED: [1000]}),
        )
        for larger, name, days, why in (
            (
                "montant_engage",
                "montant_mandate",
                {"date_engagement": "01/04/2021", "date_premier_mandat": "01/05/2021"},
                "mandaté supérieur au montant engagé",
            ),
            (
                "montant_mandate",
                "montant_paye",
                {"date_premier_mandat": "01/05/2021", "date_paiement": "01/06/2021"},
                "payé supérieur au montant mandaté",
            ),
        )
    ),
    Entry(
        117,
        "committed above voted",
        one(AID, montant_engage="1001", date_engagement="01/04/2021"),
        loads(1, "engagé supérieur au montant voté"),
    ),
    Entry(
        118,
        "place without label",
        run=lambda engine, folder: _findings(
            engine, folder, "label", id_lieu="TL-03", dispositif="services-numeriques"
        ),
    ),
    Entry(
        119,
        "Emergence without the meeting",
        run=lambda engine, folder: _findings(engine, folder, "rencontre-prealable", id_lieu="TL-01"),
    ),
    Entry(
        120,
        "withdrawn before granted",
        rows_of(STEP, {"etape": "retiré", "date": "01/01/2018"}, {}),
        refuses_rows({2: "aucune labellisation ne la précède"}),
    ),
    Entry(120, "two open labels", rows_of(STEP, {}, {"date": "01/01/2020"}), refuses_rows({3: "déjà labellisé"})),
    Entry(
        120,
        "renewed after its end",
        rows_of(STEP, {}, {"etape": "retiré", "date": "01/01/2019"}, {"etape": "renouvelé", "date": "01/01/2020"}),
        loads(3, "renouvellement d’un label déjà sorti"),
    ),
    Entry(121, "vote to come", one(AID, date_vote="01/03/2027"), loads(1, "proposition, non comptée comme votée")),
    Entry(
        121,
        "payment before the vote",
        one(AID, montant_paye="10", date_paiement="01/01/2020"),
        loads(1, "paiement avant le vote"),
    ),
    Entry(121, "before 2016", one(AID, date_vote="01/03/2015"), loads(1, "avant 2016")),
    Entry(122, "unknown place", rows_of(VISITS, {"id_lieu": "TL-77"}, {}), refuses_rows({2: "tiers-lieu inconnu"})),
    Entry(122, "before the opening", one(VISITS, debut="01/01/2017", fin="31/01/2017"), loads(1, "avant l’ouverture")),
    Entry(122, "after the closing", one(VISITS, debut="01/08/2024", fin="31/08/2024"), loads(1, "après la fermeture")),
    Entry(123, "×10 in the file", rows_of(VISITS, *months(100, 110, 95, 105, 1000)), loads(5, "un zéro de trop")),
    Entry(123, "×10 of what is known", one(VISITS, id_lieu="TL-01", valeur="1000"), loads(1, "médiane connue du lieu")),
    Entry(123, "negative", rows_of(VISITS, {"valeur": "-5"}, *months(1, year=2022)), refuses_rows({2: "négatif"})),
    Entry(123, "not whole", rows_of(VISITS, {"valeur": "12,5"}, *months(1, year=2022)), refuses_rows({2: "à virgule"})),
    Entry(
        124,
        "overlap in the file",
        rows_of(VISITS, *months(100, 100), {"debut": "15/02/2021", "fin": "28/02/2021"}),
        loads(3, "recouvre une autre du même lieu"),
    ),
    Entry(
        124,
        "overlap with what is known",
        one(VISITS, id_lieu="TL-01", debut="01/01/2020", fin="31/12/2020"),
        loads(1, "recouvre une autre, déjà chargée"),
    ),
    Entry(
        124,
        "a month is missing",
        rows_of(VISITS, *months(100, 100), {"debut": "01/05/2021", "fin": "31/05/2021"}),
        loads(3, "mois manquent"),
    ),
    Entry(124, "a month given again", run=_corrected_month),
    Entry(
        125,
        "more than the desks allow",
        one(VISITS, unite="journées", valeur="101", capacite="5", jours_ouverts="20"),
        loads(1, "que la capacité ne le permet"),
    ),
    Entry(
        126,
        "one place under two names",
        rows_of(
            PLACE,
            {"nom": "La Filature", "siret": "20005340300016"},
            {"id_lieu": "TL-8", "nom": "Filature des possibles", "siret": "20005340300016"},
        ),
        loads(2, kept={NAME: ["La Filature", "Filature des possibles"]}),
    ),
    Entry(127, "total of another sum, confirmed", run=_total_signalled),
    Entry(
        128,
        "unknown scheme",
        rows_of(AID, {"dispositif": "Lune"}, {"reference": "D-2"}),
        refuses_rows({2: "dispositif inconnu"}),
    ),
    Entry(
        128,
        "unknown type of holder",
        rows_of(PLACE, {"type_porteur": "mixte"}, {"id_lieu": "TL-8"}),
        refuses_rows({2: "« public », « privé » ou « associatif » est attendu"}),
    ),
    Entry(
        128,
        "unknown type of holder, optional",
        rows_of(AID, {"type_porteur": "mixte"}, {"reference": "D-2"}),
        refuses_rows({2: "« public », « privé » ou « associatif » est attendu"}),
    ),
    Entry(128, "unknown step", rows_of(STEP, {"etape": "rêvé"}, {}), refuses_rows({2: "valeur inconnue"})),
    Entry(
        129,
        "thousands of euros",
        many(AID, 6, montant_vote="1,5"),
        loads(6, "mille fois plus petits"),
        before=(
            rows_of(AID, *({"reference": f"E-{at}", "montant_vote": "1500"} for at in range(6)), name="avant.csv"),
        ),
    ),
    *(
        Entry(
            129,
            f"{header} {how} by {factor}",
            rows_of(
                AID,
                *(
                    {"reference": f"E-{at}", "montant_vote": "100", header: f"{(1000 + 111 * at) * factor:.2f}"}
                    for at in range(6)
                ),
            ),
            loads(6, f"{how}(s) par {shown}"),
            before=(
                rows_of(
                    AID,
                    *({"reference": f"E-{at}", "montant_vote": "100", header: 1000 + 111 * at} for at in range(6)),
                    name="avant.csv",
                ),
            ),
        )
        for header, how, factor, shown in (
            ("montant_vote", "multiplié", 1.2, "1,2"),
            ("depenses_eligibles", "divisé", 1 / 1.2, "1,2"),
            ("cout_total", "multiplié", 1.055, "1,055"),
        )
    ),
    Entry(
        129,
        "another amount in thousands of euros",
        many(AID, 6, montant_vote="1500", cout_total="4,5"),
        loads(6, "mille fois plus petits"),
        before=(
            rows_of(
                AID,
                *({"reference": f"E-{at}", "montant_vote": "1500", "cout_total": "4500"} for at in range(6)),
                name="avant.csv",
            ),
        ),
    ),
    Entry(
        129,
        "steps in thousands of euros",
        rows_of(MONEY, *({"date": f"{day:02}/06/2020", "montant": "0,1"} for day in range(1, 7))),
        loads(6, "mille fois plus petits"),
        before=(rows_of(MONEY, *({"date": f"{day:02}/05/2020"} for day in range(1, 7)), name="avant.csv"),),
    ),
    Entry(
        129,
        "amounts that were simply corrected",
        many(AID, 6, montant_vote="1300"),
        Verdict("loaded", 6, unsaid=("taxes", "mille fois")),
        before=(many(AID, 6, montant_vote="1000", name="avant.csv"),),
    ),
    Entry(
        130,
        "unknown aid of an activity",
        rows_of(ACTIVITY, {"reference_aide": "D-77"}, {"id_action": "X-2"}),
        refuses_rows({2: "dossier d’aide inconnu"}),
    ),
    Entry(
        130,
        "known aid of an activity",
        one(ACTIVITY, reference_aide="D-0"),
        loads(kept={"activity.aid_reference": ["D-0"]}),
    ),
    Entry(
        130,
        "unknown place of an aid",
        rows_of(AID, {"id_lieu": "TL-77"}, {"reference": "D-2"}),
        refuses_rows({2: "tiers-lieu inconnu"}),
    ),
    Entry(
        130,
        "unknown partner",
        rows_of(ACTIVITY, {"partenaire": "inconnu"}, {"id_action": "X-2"}),
        refuses_rows({2: "partenaire inconnu"}),
    ),
    Entry(
        130,
        "unknown aid of a step",
        rows_of(MONEY, {"reference": "D-77"}, {}),
        refuses_rows({2: "dossier d’aide inconnu"}),
    ),
)
