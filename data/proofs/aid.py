"""The rows behind the figures of aid: steps of files, or files on the day of their first vote."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, Subquery, case, null, type_coerce

from data.facts.aggregate import measured_rows
from data.facts.aid import AIDS, VOTED
from data.facts.aid_files import (
    CANCELLED,
    COMMITTED,
    COMPLEMENTARY,
    ELIGIBLE,
    EXPENSES_PER_EURO,
    FILES_OF_LEVERS,
    LEFT_TO_ORDER,
    ORDERED,
    PAID,
    RATE,
    TO_CHECK,
    VOTED_BY_LEVERS,
    levers_of_the_region,
)
from data.i18n import count
from data.model.facts import Measure
from data.model.proofs import Proof
from data.proofs.builders import COUNT, column_words, exact_euros, located, plain, proof_of, sum_of
from data.queries.aid_ratios import labelled_places, read_leverage_sums, read_voted_to_places
from data.queries.measures import read_measure, read_parts
from data.queries.population import read_population
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import period_conditions
from data.types import Day, day_count

_FILE = {name: AIDS.shown[name] for name in ("reference", "beneficiary", "scheme_label", "commune")}
_FIRST_VOTE = {**_FILE, "day": "Premier vote"}
_DECISION = {"decision_reference": AIDS.shown["decision_reference"]}
_DAYS = "Jours"


VOTED_ROWS, CANCELLED_ROWS, COMMITTED_ROWS, ORDERED_ROWS, PAID_ROWS, COMPLEMENTARY_ROWS = (
    sum_of(measure, "amount") for measure in (VOTED_BY_LEVERS, CANCELLED, COMMITTED, ORDERED, PAID, COMPLEMENTARY)
)
FILES_ROWS = proof_of(FILES_OF_LEVERS, plain(COUNT), {**_FIRST_VOTE, **_DECISION})
TO_CHECK_ROWS = proof_of(TO_CHECK, plain(COUNT), {**_FIRST_VOTE, "why": "Motif", **_DECISION})
ELIGIBLE_ROWS = sum_of(ELIGIBLE, "eligible", {**_FIRST_VOTE, "eligible": "Dépenses éligibles", **_DECISION})


def _of_expenses(measure: Measure, over: str, under: str) -> Proof:
    """The files of a ratio between votes and eligible expenses; the words follow each of its two sides."""

    def words(connection: Connection, selection: Selection) -> str:
        whole, part = read_parts(connection, measure, selection)
        return f"{exact_euros(whole)} {over} ÷ {exact_euros(part)} {under}"

    shown = {"eligible": "Dépenses éligibles", "eligible_voted": "Voté pour elles"}
    return proof_of(measure, words, {**_FIRST_VOTE, **shown, **_DECISION})


RATE_ROWS = _of_expenses(RATE, "votés", "de dépenses éligibles")
EXPENSES_PER_EURO_ROWS = _of_expenses(EXPENSES_PER_EURO, "de dépenses éligibles", "votés")


def _leverage(connection: Connection, selection: Selection) -> str:
    sums = read_leverage_sums(connection, selection)
    return f"{exact_euros(sums.private_money)} d’argent privé ÷ {exact_euros(sums.voted)} votés"


LEVERAGE_ROWS = proof_of(
    FILES_OF_LEVERS,
    _leverage,
    {
        **_FIRST_VOTE,
        "cost": "Coût total",
        "public_money": "Argent public",
        "private_money": "Argent privé",
        "costed_voted": "Voté",
    },
)


def _left_to_order(connection: Connection, selection: Selection) -> str:
    whole = _since_ever(selection)
    committed, ordered = (
        float(read_measure(connection, measure, whole).value or 0) for measure in (COMMITTED, ORDERED)
    )
    return f"{exact_euros(committed)} engagés − {exact_euros(ordered)} mandatés"


def _since_ever(selection: Selection) -> Selection:
    return replace(selection, since=None)


LEFT_TO_ORDER_ROWS = proof_of(LEFT_TO_ORDER, _left_to_order, period=_since_ever)


def _delay_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    return _delays(with_search_keys(AIDS.proof).subquery("rows"), selection)


def _delay_rows_in_bulk(_connection: Connection, selection: Selection) -> Select[Any]:
    return _delays(_in_bulk(), selection)


def _in_bulk() -> Subquery:
    assert AIDS.bulk is not None
    return with_search_keys(AIDS.bulk).subquery("rows")


def _delays(found: Subquery, selection: Selection) -> Select[Any]:
    """One row per file, with its first order and the days from the vote to it, when that is not after `until`."""
    ordered = found.c.first_order <= selection.until
    first = type_coerce(case((ordered, found.c.first_order), else_=null()), Day).label("ordered")
    waited = case((ordered, day_count(found.c.first_order) - day_count(found.c.day)), else_=null()).label("waited")
    names = (*_FIRST_VOTE, *AIDS.behind, *AIDS.key)
    return located(found, names, first, waited).where(*measured_rows(FILES_OF_LEVERS, found, selection))


DELAY_ROWS = replace(
    FILES_ROWS,
    rows=_delay_rows,
    bulk=_delay_rows_in_bulk,
    shown={**_FIRST_VOTE, "ordered": "Premier mandat", "waited": _DAYS},
    arithmetic=plain(f"médiane de {column_words(_DAYS)}"),
    note="Un dossier sans mandat à cette date n’a pas encore de délai\u202f: il n’est pas dans la médiane.",
)


def _per_inhabitant(connection: Connection, selection: Selection) -> str:
    voted = float(read_measure(connection, VOTED_BY_LEVERS, selection).value or 0)
    people = count(read_population(connection, selection), "habitant", "habitants")
    return f"{exact_euros(voted)} votés ÷ {people}"


PER_INHABITANT_ROWS = proof_of(VOTED_BY_LEVERS, _per_inhabitant)


def _per_place_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """One row per vote or amendment of the period to a place of the selection labelled at `until`, wherever the project
    was.
    """
    found = _in_bulk()
    names = (*AIDS.shown, *AIDS.behind, *AIDS.key)
    return located(found, names).where(
        *levers_of_the_region(*VOTED)(found.c),
        *selection.where(found.c, ("dispositif",)),
        *period_conditions("day", found.c, selection.since, selection.until),
        (found.c.place_id + 0).in_(
            labelled_places(selection)
        ),  # out of reach of an index: most files have such a place
    )


def _per_place(connection: Connection, selection: Selection) -> str:
    amount, places = read_voted_to_places(connection, selection)
    return f"{exact_euros(amount)} votés ÷ {count(places, 'lieu labellisé', 'lieux labellisés')}"


PER_PLACE_ROWS = Proof(
    _per_place_rows,
    AIDS.shown,
    newest="day",
    key=AIDS.key,
    arithmetic=_per_place,
    note="Les lieux labellisés qui n’ont reçu aucune aide n’ont pas de ligne, et comptent dans la division.",
    place="place_code",
)
