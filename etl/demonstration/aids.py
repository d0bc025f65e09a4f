"""aids.csv: the aid files of the two levers and of the aids that complete them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from etl.demonstration.aid_cases import (
    ADJOURNED,
    CHANGED,
    COMPLEMENTARY,
    EMERGENCE,
    NUMERIQUE,
    NUMERIQUE_TOTALS,
    UNLOCATED_VOTE,
    Complement,
    refused_rows,
)
from etl.demonstration.calendar import COMMISSIONS, END
from etl.demonstration.dice import Dice
from etl.demonstration.files import CellTexts, day_text, money_text, write_rows
from etl.demonstration.labels import applied_on
from etl.demonstration.places import holder_type_of, siret_of
from etl.demonstration.story import CLOSED, Story, story_of

CAP = Decimal(10_000)
_STUDIES = ("Étude de faisabilité d’un tiers-lieu", "Étude de programmation et modèle économique", "Conseil en montage")
_EQUIPMENT = (
    "Équipements de visioconférence et d’impression 3D",
    "Réseau, poste de travail partagé et contrôle d’accès",
    "Plateforme de réservation et services en ligne",
    "Machines de fabrication numérique",
)


@dataclass(frozen=True)
class Aid:
    """One aid file as it was voted; amounts in euros."""

    scheme: str
    story: Story | None  # None: no place and no commune, « non localisé »
    beneficiary: str
    purpose: str
    vote: date
    eligible: Decimal
    voted: Decimal
    funder: str = ""
    cofunding: Decimal | None = None
    derogation: str = ""
    overpaid: bool = False


@dataclass(frozen=True)
class AidFile:
    """An aid and what became of it by the last day of the story; None or 0 for what had not happened."""

    reference: str
    aid: Aid
    requested: date
    cost: Decimal
    decision: str
    fiscal_year: int
    committed: date | None = None
    ordered: date | None = None
    ordered_amount: Decimal = Decimal(0)
    justified: Decimal | None = None
    paid: date | None = None
    adjourned: bool = False


def write_aids(folder: Path) -> None:
    """One row per aid file, by date of the vote, and three refused."""
    rows = [_row(file) for file in aid_files()]
    for position, row in refused_rows():
        rows.insert(position, row)
    write_rows("aids", rows, folder)


@cache
def aid_files() -> tuple[AidFile, ...]:
    """Every aid file, by date of the vote, then those put off; the same at every call."""
    dice = Dice("aids")
    aids = [*_emergence(dice), *_digital(dice), *_complements(dice)]
    aids.sort(key=lambda aid: (aid.vote, aid.scheme, aid.beneficiary))
    voted = [_file(number, aid, Dice(f"aid-{number}")) for number, aid in enumerate(aids, 1)]
    return (*voted, *_adjourned(len(voted) + 1))


def _adjourned(first: int) -> Iterator[AidFile]:
    """The list of files still gives the session at which they were put off; their steps show that they wait."""
    for number, case in enumerate(ADJOURNED, first):
        story, eligible = story_of(case.number), Decimal(case.eligible)
        vote = COMMISSIONS[-1]
        aid = Aid(case.scheme, story, story.holder, case.purpose, vote, eligible, eligible / 2)
        yield AidFile(f"TL{vote:%y}-{number:03}", aid, case.requested, eligible, "", vote.year + 1, adjourned=True)


def _emergence(dice: Dice) -> list[Aid]:
    """Feasibility studies: half of the eligible expenses, 10 000 € at most."""
    aids = []
    for year, numbers in EMERGENCE.items():
        for number in numbers:
            eligible = Decimal(dice.whole(90, 235) * 100)
            voted = min(CAP, eligible / 2)
            story = story_of(number)
            vote = dice.pick([day for day in COMMISSIONS if day.year == year])
            aids.append(Aid("emergence", story, story.holder, dice.pick(_STUDIES), vote, eligible, voted))
    network = Aid("emergence", None, "Porteur de démonstration 62", "Préfiguration d’un tiers-lieu itinérant",
                  UNLOCATED_VOTE, Decimal(12_400), Decimal(6_200))  # fmt: skip
    return [_changed(aid) for aid in aids] + [network]


def _digital(dice: Dice) -> list[Aid]:
    """Digital services: shares of the year's total, so that each year is about as large as the story declares."""
    aids = []
    for year, numbers in NUMERIQUE.items():
        weights = [dice.real(0.4, 1.8) for _ in numbers]
        for number, weight in zip(numbers, weights, strict=True):
            share = Decimal(round(NUMERIQUE_TOTALS[year] * weight / sum(weights)))
            cents = Decimal(dice.whole(0, 99)) / 100 if dice.chance(0.5) else Decimal(0)
            rate = dice.pick((Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), Decimal("0.4")))
            eligible = share / rate + cents
            voted = (eligible * rate).quantize(Decimal("0.01"))
            story = story_of(number)
            vote = dice.pick(_open_commissions(story, year))
            aids.append(Aid("services-numeriques", story, story.holder, dice.pick(_EQUIPMENT), vote, eligible, voted))
    return [_changed(aid) for aid in aids]


def _open_commissions(story: Story, year: int) -> list[date]:
    """The year's sessions once the place had applied; all of them for the one that never did (a file to verify)."""
    applied, closed = applied_on(story), CLOSED.get(story.number, date.max)
    days = [day for day in COMMISSIONS if day.year == year and day < closed]
    return [day for day in days if applied is None or day >= applied] or days


def _changed(aid: Aid) -> Aid:
    """The file with what makes it one to verify, when it is one of those."""
    case = None if aid.story is None else CHANGED.get((aid.scheme, aid.vote.year, aid.story.number))
    if case is None:
        return aid
    eligible = aid.eligible if case.eligible is None else case.eligible
    voted = aid.voted if case.rate is None else (eligible * case.rate).quantize(Decimal("0.01"))
    return replace(aid, eligible=eligible, voted=voted, derogation=case.derogation, overpaid=case.overpaid)


def _complements(dice: Dice) -> list[Aid]:
    return [_complement(case, dice) for case in COMPLEMENTARY]


def _complement(case: Complement, dice: Dice) -> Aid:
    story = story_of(case.number)
    vote = dice.pick([day for day in COMMISSIONS if day.year == case.year])
    eligible = Decimal(case.voted) * dice.whole(20, 33) / 10
    return Aid(case.scheme, story, story.holder, case.purpose, vote, eligible, Decimal(case.voted),
               funder=case.funder, cofunding=Decimal(case.voted) / 4)  # fmt: skip


def _file(number: int, aid: Aid, dice: Dice) -> AidFile:
    """The file of an aid, followed as far as the last day of the story."""
    requested = dice.after(aid.vote, -200, -50)
    cost = (aid.eligible * Decimal(dice.whole(100, 135)) / 100).quantize(Decimal("0.01"))
    decision = f"CP {aid.vote:%y-%m}-{dice.whole(11, 89)}"
    file = AidFile(f"TL{aid.vote:%y}-{number:03}", aid, requested, cost, decision, _fiscal_year(aid, dice))
    return _spent(file, dice)


def _fiscal_year(aid: Aid, dice: Dice) -> int:
    """That of the vote; some files voted in December are charged to the next one."""
    return aid.vote.year + (aid.vote.month == 12 and aid.vote.year < END.year and dice.chance(0.4))


def _spent(file: AidFile, dice: Dice) -> AidFile:
    """Committed, then payment-ordered, then paid.

    Expenses justified below the forecast lower the payment in proportion; a young file has had an advance of half.
    """
    aid = file.aid
    committed = dice.after(aid.vote, 14, 50)
    ordered = dice.after(committed, 70, 330)
    paid = dice.after(ordered, 10, 32)
    if committed <= END:
        file = replace(file, committed=committed)
    if ordered > END or dice.chance(0.1):
        return file
    done = (END - ordered).days > 150 or dice.chance(0.4)
    justified = (aid.eligible * Decimal(dice.pick((100, 100, 97, 92, 85))) / 100).quantize(Decimal("0.01"))
    amount = (aid.voted * (justified / aid.eligible if done else Decimal("0.5"))).quantize(Decimal("0.01"))
    return replace(file, ordered=ordered, ordered_amount=amount, justified=justified if done else None,
                   paid=paid if paid <= END else None)  # fmt: skip


def _row(file: AidFile) -> CellTexts:
    aid = file.aid
    study = aid.scheme == "emergence"
    return {
        "reference": file.reference,
        "dispositif": aid.scheme,
        "beneficiaire": aid.beneficiary,
        "objet": aid.purpose,
        "nature_depense": "fonctionnement" if study else "investissement",
        "date_demande": day_text(file.requested),
        "montant_demande": money_text(aid.voted),
        "depenses_eligibles": money_text(aid.eligible),
        "cout_total": money_text(file.cost),
        "cofinancements_publics": money_text(aid.cofunding),
        "date_vote": day_text(aid.vote),
        "reference_deliberation": file.decision,
        "montant_vote": money_text(aid.voted),
        "exercice": str(file.fiscal_year),
        "date_caducite": day_text(aid.vote.replace(year=aid.vote.year + 3)),
        "derogation": aid.derogation,
        "financeur": aid.funder,
        **_located(aid.story),
        **_money_chain(file),
    }


def _located(story: Story | None) -> CellTexts:
    if story is None:
        return {"type_porteur": "associatif"}
    return {
        "id_lieu": story.code,
        "siret_beneficiaire": siret_of(story),
        "type_porteur": holder_type_of(story),
        "code_insee_projet": story.commune.code,
    }


def _money_chain(file: AidFile) -> CellTexts:
    """The cells of what was committed, payment-ordered and paid."""
    row: CellTexts = {}
    if file.committed:
        row |= {"date_engagement": day_text(file.committed), "montant_engage": money_text(file.aid.voted)}
    if file.ordered:
        row |= {"date_premier_mandat": day_text(file.ordered), "montant_mandate": money_text(file.ordered_amount)}
    row["depenses_justifiees"] = money_text(file.justified)
    if file.paid:
        excess = Decimal(500) if file.aid.overpaid else Decimal(0)
        row |= {"date_paiement": day_text(file.paid), "montant_paye": money_text(file.ordered_amount + excess)}
    return row
