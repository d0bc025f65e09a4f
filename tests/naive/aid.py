"""Naive values of the indicators of data/indicators/aid.py and aid_files.py, by slug."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from typing import Any

from data.selection import Selection
from tests import naive
from tests.conftest import TODAY
from tests.naive.aid_files import ORDERS, VOTED, first_vote, total


def money(*steps: str) -> Callable[[naive.Facts, Selection], float]:
    return lambda facts, selection: float(sum(one.amount for one in naive.aides_votees(facts, selection, *steps)))


def complementary(facts: naive.Facts, selection: Selection) -> float:
    return float(
        sum(
            one.amount
            for one in facts.steps
            if one.family == "complementary"
            and one.step in VOTED
            and naive.kept(one, selection)
            and naive.during(one.day, selection)
        )
    )


def files(facts: naive.Facts, selection: Selection) -> list[Any]:
    """The files of the levers first voted in the period."""
    found = [one for one in facts.files if one.lever and naive.kept(one, selection)]
    return [one for one in found if (day := first_vote(one)) and naive.during(day, selection)]


def voted(file: Any) -> float:
    return float(
        sum(one.amount for one in file.steps if one.step in VOTED and (one.day <= TODAY or one.step == "vote"))
    )


def eligible(facts: naive.Facts, selection: Selection) -> float | None:
    voted_files = files(facts, selection)
    known = [one.eligible_amount for one in voted_files if one.eligible_amount is not None]
    return None if voted_files and not known else float(sum(known))


def rate(facts: naive.Facts, selection: Selection) -> float | None:
    known = [one for one in files(facts, selection) if one.eligible_amount]
    return sum(map(voted, known)) / float(sum(one.eligible_amount for one in known)) if known else None


def leverage(facts: naive.Facts, selection: Selection) -> float | None:
    costed = [one for one in files(facts, selection) if one.total_cost is not None]
    private = sum(float(one.total_cost) - voted(one) - float(one.public_cofunding or 0) for one in costed)
    whole = sum(map(voted, costed))
    return private / whole if whole else None


def left_to_order(facts: naive.Facts, selection: Selection) -> float:
    steps = [one for one in facts.steps if one.lever and naive.kept(one, selection) and one.day <= selection.until]
    committed = sum(one.amount for one in steps if one.step == "commitment")
    return float(committed - sum(one.amount for one in steps if one.step in ORDERS))


def first_order_delay(facts: naive.Facts, selection: Selection) -> float | None:
    delays = []
    for one in files(facts, selection):
        orders = [step.day for step in one.steps if step.step in ORDERS]
        day = first_vote(one)
        if day and orders and min(orders) <= selection.until:
            delays.append((min(orders) - day).days)
    return median(delays) if delays else None


def in_process(facts: naive.Facts, place_id: int, file: Any) -> bool:
    """An application or complete file later than the last award, refusal, abandonment or withdrawal."""
    day = first_vote(file)
    place = next(one for one in facts.places if one.place_id == place_id)
    if not day or (place.closed is not None and place.closed <= day):
        return False
    order = ("application", "complete_file", "aract_opinion", "awarded", "renewed", "refused", "abandoned", "withdrawn")
    events = sorted(
        (when, order.index(step) if step in order else len(order), step)
        for when, step in facts.labels.get(place_id, [])
        if when <= day and step in ("application", "complete_file", "awarded", "refused", "abandoned", "withdrawn")
    )
    return bool(events) and events[-1][2] in ("application", "complete_file")


def met(facts: naive.Facts, file: Any) -> bool:
    before = file.requested or first_vote(file)
    meetings = [
        one
        for one in facts.activities
        if one.partner == "aract" and one.kind == "prior_meeting" and before and one.day <= before
    ]
    for one in meetings:
        if one.aid_reference:
            if one.aid_reference == file.reference:
                return True
        elif one.place_id and file.place_id:
            if one.place_id == file.place_id:
                return True
        elif one.holder_key and one.holder_key == file.beneficiary_key:
            return True
    return False


def above_rate(_facts: naive.Facts, file: Any) -> bool:
    limit = file.rules.rate_max
    return (
        bool(limit) and file.eligible_amount is not None and voted(file) > limit * float(file.eligible_amount) + 0.005
    )


def above_cap(_facts: naive.Facts, file: Any) -> bool:
    rules = file.rules
    share = (rules.rate_max or 1) if rules.cap_base == "expense" else 1
    return rules.cap is not None and voted(file) > float(rules.cap) * share + 0.005


def without_meeting(facts: naive.Facts, file: Any) -> bool:
    known = any(one.partner == "aract" for one in facts.activities)
    return bool(file.rules.prior_meeting) and known and not met(facts, file)


def without_label(facts: naive.Facts, file: Any) -> bool:
    day = first_vote(file)
    if file.rules.label_required != "in_process" or not file.place_id or not day:
        return False
    place = next(one for one in facts.places if one.place_id == file.place_id)
    return not naive.labelled(facts, place, day) and not in_process(facts, file.place_id, file)


def out_of_order(_facts: naive.Facts, file: Any) -> bool:
    left = [
        voted(file) - total(file, "cancellation"),
        total(file, "commitment"),
        total(file, *ORDERS) and total(file, *ORDERS) - total(file, "recovery"),
        total(file, "payment"),
    ]
    known = [amount for amount in left if amount]
    return any(low > high for at, high in enumerate(known) for low in known[at + 1 :])


# Whether a file breaks a rule, by its slug, as a person would judge it with the papers on the table.
BREAKS: dict[str, Callable[[naive.Facts, Any], bool]] = {
    "taux": above_rate,
    "plafond": above_cap,
    "rencontre-prealable": without_meeting,
    "label": without_label,
    "enchainement": out_of_order,
}


def breaks(facts: naive.Facts, file: Any) -> bool:
    return any(is_broken(facts, file) for is_broken in BREAKS.values())


def to_check(facts: naive.Facts, selection: Selection) -> int:
    return sum(not one.derogation and breaks(facts, one) for one in files(facts, selection))


def per_inhabitant(facts: naive.Facts, selection: Selection) -> float | None:
    deps, epcis = selection.codes("dep"), selection.codes("epci")
    rows = [one for one in facts.communes.itertuples() if not deps or one.dep in deps]
    people = sum(one.population for one in rows if not epcis or one.epci in epcis)
    return money()(facts, selection) / people if people else None


def per_place(facts: naive.Facts, selection: Selection) -> float | None:
    places = {one.place_id for one in naive.lieux_labellises(facts, selection)}
    schemes = selection.codes("dispositif")
    given = sum(
        one.amount
        for one in facts.steps
        if one.lever
        and one.step in VOTED
        and one.place_id in places
        and naive.during(one.day, selection)
        and (not schemes or one.scheme in schemes)
    )
    return given / len(places) if places else None


def inverse(facts: naive.Facts, selection: Selection) -> float | None:
    value = rate(facts, selection)
    return 1 / value if value else None


VALUES: dict[str, Callable[[naive.Facts, Selection], float | None]] = {
    "aides-votees": money("vote", "amendment"),
    "aides-annulees": money("cancellation"),
    "aides-engagees": money("commitment"),
    "aides-mandatees": money(*ORDERS),
    "aides-payees": money("payment"),
    "aides-complementaires": complementary,
    "dossiers-aides": lambda facts, selection: len(files(facts, selection)),
    "depenses-eligibles": eligible,
    "taux-aide": rate,
    "depenses-par-euro": inverse,
    "effet-levier": leverage,
    "reste-a-mandater": left_to_order,
    "delai-premier-mandat": first_order_delay,
    "dossiers-a-verifier": to_check,
    "aide-par-habitant": per_inhabitant,
    "aide-par-lieu": per_place,
}
