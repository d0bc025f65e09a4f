"""The rows behind the share of lively places: the labelled places, each with its last event."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, literal, select

from data.facts.events import PLACE_EVENT_ROWS
from data.i18n import NARROW
from data.proofs.coverage import YES
from data.proofs.labelled_share import labelled_place_rows, labelled_share_arithmetic, labelled_share_proof
from data.queries.lively_places import over_lively_months, read_lively_places
from data.queries.partners import OPEN_AGENDA_LABEL
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import day_conditions


def _lively_place_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """The labelled places, each with the last of its events of the three months, and their number."""
    months, events = over_lively_months(selection), with_search_keys(PLACE_EVENT_ROWS).subquery("events")
    rank = func.row_number().over(partition_by=events.c.place_code, order_by=(events.c.day.desc(), events.c.code))
    ranked = (
        select(events, rank.label("rank"), func.count().over(partition_by=events.c.place_code).label("number"))
        .where(*day_conditions(events.c, months.since, months.until))
        .subquery("ranked")
    )
    names = ("place_code", "number", "day", "title", "kind_label")
    organiser = func.coalesce(ranked.c.partner_label, OPEN_AGENDA_LABEL).label("partner_label")
    last = select(*(ranked.c[name] for name in names), organiser, literal(YES).label("has_fact"))
    return labelled_place_rows(last.where(ranked.c.rank == 1), selection, *names[1:], "partner_label")


LIVELY_PLACES_PROOF = labelled_share_proof(
    _lively_place_rows,
    {
        "has_fact": "Animé",
        "number": "Évènements",
        "day": "Dernier évènement",
        "title": "Intitulé",
        "kind_label": "Type",
        "partner_label": "Partenaire",
    },
    labelled_share_arithmetic(read_lively_places, "lieu animé", "lieux animés"),
    note=(
        "Une ligne par lieu labellisé à la date choisie, avec le dernier évènement ouvert au public des trois mois qui "
        f"la précèdent{NARROW}; le fichier est celui de son label."
    ),
)
