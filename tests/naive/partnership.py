"""Status of partners and territories of agreements again, partner by partner and commune by commune."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from data.selection import FilterOptions, Selection
from tests import naive
from tests.naive.coverage import communes
from tests.naive.partners import done


@dataclass(frozen=True)
class Status:
    """The word of a status, its days, and its sentence."""

    word: str
    since: date | None
    until: date | None
    text: str


def chosen(selection: Selection, partner: str) -> bool:
    return not selection.codes("partenaire") or partner in selection.codes("partenaire")


def partners(facts: naive.Facts, selection: Selection) -> list[Any]:
    return sorted((one for one in facts.partners if chosen(selection, one.code)), key=lambda one: one.code)


def in_force(facts: naive.Facts, partner: str, day: date) -> list[Any]:
    own = [one for one in facts.agreements if one.partner == partner and one.starts <= day]
    return sorted((one for one in own if one.ends is None or one.ends >= day), key=lambda one: one.starts)


def _under_agreement(now: list[Any]) -> Status:
    since = min(one.starts for one in now)
    if any(one.ends is None for one in now):
        return Status("sous convention", since, None, f"sous convention depuis le {since:%d/%m/%Y}, sans terme")
    until = max(one.ends for one in now)
    return Status("sous convention", since, until, f"sous convention jusqu’au {until:%d/%m/%Y}")


def nearest(facts: naive.Facts, selection: Selection, agreements: list[Any]) -> list[Any]:
    """Those that cover every selected commune; else those that cover one; else all."""
    towns = communes(facts, selection)
    for whole_or_part in (all, any):
        found = [one for one in agreements if whole_or_part(covers(one, town) for town in towns)]
        if found:
            return found
    return agreements


def status(facts: naive.Facts, selection: Selection, partner: Any) -> Status:
    """Word for word: an agreement covers the day; else one has ended; else the list; else one is to come."""
    day = selection.until
    own = [one for one in facts.agreements if one.partner == partner.code]
    now = nearest(facts, selection, in_force(facts, partner.code, day))
    if now:
        return _under_agreement(now)
    past = [one.ends for one in own if one.ends is not None and one.ends < day]
    if past:
        return Status("convention échue", None, max(past), f"convention échue le {max(past):%d/%m/%Y}")
    has_begun = partner.since is None or partner.since <= day
    since_text = f" depuis le {partner.since:%d/%m/%Y}" if partner.since else ""
    if has_begun and partner.status == "approached":
        return Status("approché", partner.since, None, f"approché{since_text}")
    if own:
        first = min(one.starts for one in own)
        return Status("convention à venir", first, None, f"convention à compter du {first:%d/%m/%Y}")
    if not has_begun:
        return Status("pas encore partenaire", partner.since, None, f"partenaire à compter du {partner.since:%d/%m/%Y}")
    word = {"contracted": "sous convention (dates non communiquées)"}.get(partner.status, "statut non renseigné")
    return Status(word, partner.since, None, word)


def covers(agreement: Any, commune: Any) -> bool:
    named = [code for code in agreement.territories.split("|") if code]
    return not named or commune.dep in named or commune.epci in named


def extent(facts: naive.Facts, selection: Selection, partner: str, **where: str) -> str:
    """« en entier », « en partie », « non »: of the selected communes of a territory, those that it covers."""
    own = in_force(facts, partner, selection.until)
    towns = [one for one in communes(facts, selection) if all(getattr(one, key) == code for key, code in where.items())]
    covered = [any(covers(agreement, town) for agreement in own) for town in towns]
    return "non" if not any(covered) else "en entier" if all(covered) else "en partie"


def last_action_target(facts: naive.Facts, selection: Selection, partner: str) -> Any:
    """The target of activities due last, among those begun and not due before the period, for exactly the territory."""
    own = [
        one for one in targets(facts, selection) if one.partner == partner and one.indicator == "actions-partenaires"
    ]
    own = [one for one in own if selection.since is None or one.due >= selection.since]
    return max(own, key=lambda one: one.due, default=None)


def targets(facts: naive.Facts, selection: Selection) -> list[Any]:
    territories = [*selection.codes("dep"), *selection.codes("epci")]
    if len(territories) > 1 or selection.codes("porteur") or selection.codes("typologie"):
        return []
    return [
        one
        for one in facts.targets
        if one.partner
        and not one.scheme
        and one.value
        and one.territory == (territories or [""])[0]
        and chosen(selection, one.partner)
        and (one.baseline_day or date.min) <= selection.until
    ]


def partner_row(facts: naive.Facts, selection: Selection, options: FilterOptions, partner: Any) -> dict[str, Any]:
    """The row of the list of partners."""
    at_date, own = status(facts, selection, partner), in_force(facts, partner.code, selection.until)
    named = sorted({code for one in own for code in one.territories.split("|") if code})
    names = [options.label("dep", options.label("epci", code)) for code in named]
    target = last_action_target(facts, selection, partner.code)
    row: dict[str, Any] = {
        "label": partner.label,
        "status": at_date.word,
        "since": at_date.since,
        "until": at_date.until,
        "purpose": "\u202f; ".join(dict.fromkeys(one.purpose for one in own)) or None,
        "territories": None
        if not own
        else {"toute la Région"}
        if any(not one.territories for one in own)
        else {*names},
        "covers": extent(facts, selection, partner.code) if own else None,
        "actions": sum(one.partner == partner.code for one in done(facts, selection)),
        "target": target and target.value,
        "due": target and target.due,
        "done": None,
    }
    if target:
        until = min(target.due, selection.until)
        counted = replace(selection, since=target.baseline_day, until=until, until_given=True)
        row["done"] = sum(one.partner == partner.code for one in done(facts, counted))
    return row


def epci_row(facts: naive.Facts, selection: Selection, options: FilterOptions, code: str) -> dict[str, Any]:
    """The row of the list of covered intercommunalités."""
    extents = {one.code: extent(facts, selection, one.code, epci=code) for one in partners(facts, selection)}
    covering = {partner: words for partner, words in extents.items() if words != "non"}
    ever = [one for one in done(facts, replace(selection, since=None)) if one.epci == code and one.partner in covering]
    during = [one for one in ever if selection.since is None or one.day >= selection.since]
    active = {one.partner for one in during}
    names = {
        partner: options.label("partenaire", partner).partition(" (")[0]
        + (" (en partie)" if words == "en partie" else "")
        for partner, words in covering.items()
    }
    return {
        "covering": {*names.values()} or {"aucun partenaire"},
        "idle": {name for partner, name in names.items() if partner not in active} or None,
        "actions": len(during) if covering else None,
        "last": max((one.day for one in ever), default=None),
        "population": sum(one.population for one in communes(facts, selection) if one.epci == code),
    }
