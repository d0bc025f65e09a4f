"""The rows behind the figures of aid: steps of files, or files on the day of their first vote."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, Subquery, case, null, type_coerce

from data.facts.aggregate import undated_measure_conditions
from data.facts.aid import AID_FACT, VOTE_STEPS
from data.facts.aid_files import (
    AID_RATE,
    COMPLEMENTARY_AMOUNT,
    ELIGIBLE_EXPENSES,
    EXPENSES_PER_EURO,
    FILES_TO_CHECK,
    LEFT_TO_ORDER,
    LEVER_CANCELLED_AMOUNT,
    LEVER_COMMITTED_AMOUNT,
    LEVER_FILE_COUNT,
    LEVER_ORDERED_AMOUNT,
    LEVER_PAID_AMOUNT,
    LEVER_VOTED_AMOUNT,
    lever_step_conditions,
)
from data.i18n import count
from data.model.facts import Measure
from data.model.proofs import Proof
from data.proofs.builders import (
    DAYS_HEADER,
    ROW_COUNT_TEXT,
    column_text,
    exact_euros_text,
    fixed_arithmetic,
    measure_proof,
    sum_proof,
    with_file,
)
from data.queries.aid_ratios import labelled_place_ids, read_leverage_sums, read_voted_to_places
from data.queries.measures import read_measure, read_ratio_terms
from data.queries.population import read_population
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import day_conditions
from data.types import Day, day_count

_FILE_HEADERS = {name: AID_FACT.headers[name] for name in ("reference", "beneficiary", "scheme_label", "commune")}
_FIRST_VOTE_HEADERS = {**_FILE_HEADERS, "day": "Premier vote"}
_DECISION_HEADERS = {"decision_reference": AID_FACT.headers["decision_reference"]}


VOTED_PROOF, CANCELLED_PROOF, COMMITTED_PROOF, ORDERED_PROOF, PAID_PROOF, COMPLEMENTARY_PROOF = (
    sum_proof(measure, "amount")
    for measure in (
        LEVER_VOTED_AMOUNT,
        LEVER_CANCELLED_AMOUNT,
        LEVER_COMMITTED_AMOUNT,
        LEVER_ORDERED_AMOUNT,
        LEVER_PAID_AMOUNT,
        COMPLEMENTARY_AMOUNT,
    )
)
FILE_COUNT_PROOF = measure_proof(
    LEVER_FILE_COUNT, fixed_arithmetic(ROW_COUNT_TEXT), {**_FIRST_VOTE_HEADERS, **_DECISION_HEADERS}
)
FILES_TO_CHECK_PROOF = measure_proof(
    FILES_TO_CHECK, fixed_arithmetic(ROW_COUNT_TEXT), {**_FIRST_VOTE_HEADERS, "why": "Motif", **_DECISION_HEADERS}
)
ELIGIBLE_EXPENSES_PROOF = sum_proof(
    ELIGIBLE_EXPENSES, "eligible", {**_FIRST_VOTE_HEADERS, "eligible": "Dépenses éligibles", **_DECISION_HEADERS}
)


def _expense_ratio_proof(measure: Measure, numerator_text: str, denominator_text: str) -> Proof:
    """The proof of a ratio between votes and eligible expenses, over files; each text follows its amount."""

    def arithmetic(connection: Connection, selection: Selection) -> str:
        numerator, denominator = read_ratio_terms(connection, measure, selection)
        return f"{exact_euros_text(numerator)} {numerator_text} ÷ {exact_euros_text(denominator)} {denominator_text}"

    headers = {"eligible": "Dépenses éligibles", "eligible_voted": "Voté pour elles"}
    return measure_proof(measure, arithmetic, {**_FIRST_VOTE_HEADERS, **headers, **_DECISION_HEADERS})


AID_RATE_PROOF = _expense_ratio_proof(AID_RATE, "votés", "de dépenses éligibles")
EXPENSES_PER_EURO_PROOF = _expense_ratio_proof(EXPENSES_PER_EURO, "de dépenses éligibles", "votés")


def _leverage_arithmetic(connection: Connection, selection: Selection) -> str:
    sums = read_leverage_sums(connection, selection)
    return f"{exact_euros_text(sums.private_money)} d’argent privé ÷ {exact_euros_text(sums.voted)} votés"


LEVERAGE_PROOF = measure_proof(
    LEVER_FILE_COUNT,
    _leverage_arithmetic,
    {
        **_FIRST_VOTE_HEADERS,
        "cost": "Coût total",
        "public_money": "Argent public",
        "private_money": "Argent privé",
        "costed_voted": "Voté",
    },
)


def _left_to_order_arithmetic(connection: Connection, selection: Selection) -> str:
    until_date = _without_start(selection)
    committed, ordered = (
        float(read_measure(connection, measure, until_date).value or 0)
        for measure in (LEVER_COMMITTED_AMOUNT, LEVER_ORDERED_AMOUNT)
    )
    return f"{exact_euros_text(committed)} engagés − {exact_euros_text(ordered)} mandatés"


def _without_start(selection: Selection) -> Selection:
    return replace(selection, since=None)


LEFT_TO_ORDER_PROOF = measure_proof(LEFT_TO_ORDER, _left_to_order_arithmetic, period=_without_start)


def _delay_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    return _delay_columns(with_search_keys(AID_FACT.proof).subquery("rows"), selection)


def _delay_rows_in_bulk(_connection: Connection, selection: Selection) -> Select[Any]:
    return _delay_columns(_bulk_rows(), selection)


def _bulk_rows() -> Subquery:
    assert AID_FACT.bulk_proof is not None
    return with_search_keys(AID_FACT.bulk_proof).subquery("rows")


def _delay_columns(rows: Subquery, selection: Selection) -> Select[Any]:
    """One row per file, with its first order and the days from the vote to it, when that is not after `until`."""
    ordered = rows.c.first_order <= selection.until
    first = type_coerce(case((ordered, rows.c.first_order), else_=null()), Day).label("ordered")
    delay = case((ordered, day_count(rows.c.first_order) - day_count(rows.c.day)), else_=null()).label("waited")
    names = (*_FIRST_VOTE_HEADERS, *AID_FACT.hidden_columns, *AID_FACT.key)
    return with_file(rows, names, first, delay).where(*undated_measure_conditions(LEVER_FILE_COUNT, rows, selection))


FIRST_ORDER_DELAY_PROOF = replace(
    FILE_COUNT_PROOF,
    rows=_delay_rows,
    bulk_rows=_delay_rows_in_bulk,
    headers={**_FIRST_VOTE_HEADERS, "ordered": "Premier mandat", "waited": DAYS_HEADER},
    arithmetic=fixed_arithmetic(f"médiane de {column_text(DAYS_HEADER)}"),
    note="Un dossier sans mandat à cette date n’a pas encore de délai\u202f: il n’est pas dans la médiane.",
)


def _per_inhabitant_arithmetic(connection: Connection, selection: Selection) -> str:
    voted = float(read_measure(connection, LEVER_VOTED_AMOUNT, selection).value or 0)
    people = count(read_population(connection, selection), "habitant", "habitants")
    return f"{exact_euros_text(voted)} votés ÷ {people}"


AID_PER_INHABITANT_PROOF = measure_proof(LEVER_VOTED_AMOUNT, _per_inhabitant_arithmetic)


def _per_place_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """One row per vote or amendment of the period to a place of the selection labelled at `until`, wherever the project
    was.
    """
    rows = _bulk_rows()
    names = (*AID_FACT.headers, *AID_FACT.hidden_columns, *AID_FACT.key)
    return with_file(rows, names).where(
        *lever_step_conditions(*VOTE_STEPS)(rows.c),
        *selection.where(rows.c, ("dispositif",)),
        *day_conditions(rows.c, selection.since, selection.until),
        (rows.c.place_id + 0).in_(
            labelled_place_ids(selection)
        ),  # out of reach of an index: most files have such a place
    )


def _per_place_arithmetic(connection: Connection, selection: Selection) -> str:
    amount, places = read_voted_to_places(connection, selection)
    return f"{exact_euros_text(amount)} votés ÷ {count(places, 'lieu labellisé', 'lieux labellisés')}"


AID_PER_PLACE_PROOF = Proof(
    _per_place_rows,
    AID_FACT.headers,
    default_sort="day",
    key=AID_FACT.key,
    arithmetic=_per_place_arithmetic,
    note="Les lieux labellisés qui n’ont reçu aucune aide n’ont pas de ligne, et comptent dans la division.",
    place_column="place_code",
)
