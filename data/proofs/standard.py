"""The rows behind the share of places that meet the standard: the labelled places, with their numbers of criteria."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, case, select

from data.facts.standard import MET, MISSING, UNKNOWN, count_compliance
from data.i18n import NARROW
from data.proofs.coverage import NO, YES
from data.proofs.labelled_share import labelled_place_rows, labelled_share_arithmetic, labelled_share_proof
from data.queries.standard import (
    KNOWN_STANDARD,
    compulsory_criteria_of_labelled_places,
    read_places_meeting_standard,
)
from data.schema import place
from data.selection import Selection

NOT_KNOWN = "inconnu"


def _standard_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """The labelled places, each with its numbers of compulsory criteria met, missing and unknown."""
    criteria = compulsory_criteria_of_labelled_places(selection).subquery("criteria")
    numbers = {compliance: count_compliance(criteria.c, compliance) for compliance in (MET, MISSING, UNKNOWN)}
    by_place = (
        select(
            place.c.code.label("place_code"),
            *(number.label(compliance) for compliance, number in numbers.items()),
            case((numbers[UNKNOWN] > 0, NOT_KNOWN), (numbers[MISSING] > 0, NO), else_=YES).label("has_fact"),
        )
        .join_from(criteria, place, place.c.place_id == criteria.c.place_id)
        .group_by(place.c.code)
    )
    return labelled_place_rows(by_place, selection, MET, MISSING, UNKNOWN, default=NOT_KNOWN)


STANDARD_PROOF = labelled_share_proof(
    _standard_rows,
    {
        MET: "Critères respectés",
        MISSING: "Critères manquants",
        UNKNOWN: "Critères inconnus",
        "has_fact": "Standard respecté",
    },
    labelled_share_arithmetic(
        read_places_meeting_standard,
        "lieu qui respecte tout le standard",
        "lieux qui respectent tout le standard",
        KNOWN_STANDARD.read,
    ),
    note=(
        "Une ligne par lieu labellisé à la date choisie, avec ses critères obligatoires alors en vigueur. Un lieu dont "
        f"un critère est inconnu n’est pas compté{NARROW}; le fichier est celui de son label."
    ),
)
