"""Aid files and their steps, listed one by one as a person would: no roll-up, no SQL aggregate, no rule of the code."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd

from data.sources import REGION_SIREN

FAMILIES = {
    "vote": ["vote"],
    "commitment": ["commitment"],
    "payment_order": ["advance", "instalment", "balance"],
    "payment": ["payment"],
}
ORDERS = ("payment_order", "advance", "instalment", "balance")
VOTED = ("vote", "amendment")


def list_files(tables: dict[str, pd.DataFrame], places: pd.DataFrame, where: pd.DataFrame) -> list[Any]:
    """One object per aid file that counts: what is said of it, where it is, its `steps` in order."""
    references = {one.aid_id: one.reference for one in tables["aid"].itertuples()}
    schemes = {one.code: one for one in tables["scheme_version"].itertuples()}
    steps: dict[int, list[Any]] = {}
    for step in tables["aid_step"].itertuples():
        steps.setdefault(step.aid_id, []).append(step)
    listed = [one for one in tables["aid_version"].itertuples() if one.origin == "aids"]
    own = {references[one.aid_id] for one in listed}
    decided = {(one.decision_reference, one.beneficiary.lower()) for one in listed if one.decision_reference}
    files = []
    for aid in tables["aid_version"].itertuples():
        twice = aid.decision_reference in own or (aid.decision_reference, aid.beneficiary.lower()) in decided
        if aid.origin == "aids-scdl" and twice:
            continue
        found = places[places.place_id == aid.place_id]
        if aid.origin == "aids-scdl" and found.empty and aid.siret:
            found = places[places.siret == aid.siret]
        place = found.iloc[0] if len(found) == 1 else None
        commune = aid.project_commune or (place.commune if place is not None else None)
        known = commune in where.index
        files.append(
            SimpleNamespace(
                **{
                    name: getattr(aid, name)
                    for name in aid._fields
                    if name not in ("Index", "place_id", "holder_type", "funder")
                },
                reference=references[aid.aid_id],
                rules=schemes[aid.scheme],
                family=schemes[aid.scheme].family,
                funder=(funder := funder_of(aid, schemes[aid.scheme])),
                lever=schemes[aid.scheme].family == "lever" and funder == REGION_SIREN,
                place_id=place.place_id if place is not None else None,
                dep=where.loc[commune, "dep"] if known else "-",
                epci=where.loc[commune, "epci"] if known else "-",
                holder_type=aid.holder_type or (place.holder_type if place is not None else "-"),
                typologies=place.typologies if place is not None else "",
                steps=sorted(counted(steps.get(aid.aid_id, [])), key=lambda step: (step.day, step.number)),
            )
        )
    return files


def funder_of(aid: Any, scheme: Any) -> str:
    """A list of files that names no funder is read as the Région's: the funder is then that of the scheme."""
    return str(scheme.funder if aid.origin == "aids" and aid.funder == REGION_SIREN else aid.funder)


def counted(steps: list[Any]) -> list[Any]:
    """Those of the follow-up, and those of the list of files of which it gives no step of the same family.

    A vote of the list is put off, too, by a proposal of that day or later.
    """
    finer = [step for step in steps if step.origin == "aid-steps"]
    kept = list(finer)
    for step in steps:
        replaced = any(other.step in FAMILIES[step.step] for other in finer) if step.origin == "aids" else True
        put_off = step.step == "vote" and any(one.step == "proposal" and one.day >= step.day for one in finer)
        if step.origin == "aids-scdl" or not (replaced or put_off):
            kept.append(step)
    return kept


def list_steps(files: list[Any]) -> list[Any]:
    """One object per step of each file, with what is said of the file."""
    names = ("lever", "family", "funder", "scheme", "reference", "place_id", "beneficiary_key")
    scope = ("dep", "epci", "holder_type", "typologies")
    return [
        SimpleNamespace(
            step=step.step,
            day=step.day,
            amount=float(step.amount),
            fiscal_year=step.fiscal_year,
            file=file,
            **{name: getattr(file, name) for name in (*names, *scope)},
        )
        for file in files
        for step in file.steps
    ]


def first_vote(file: Any) -> date | None:
    return min((step.day for step in file.steps if step.step == "vote"), default=None)


def total(file: Any, *steps: str) -> float:
    return float(sum(step.amount for step in file.steps if step.step in steps))
