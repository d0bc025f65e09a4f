"""The network of EPN."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, null, select

from data.facts.scope import scope
from data.filters import OF_TERRITORY
from data.model.facts import Fact, Measure, Total
from data.schema import commune, live, mediation_place
from data.sources.other_values import OTHERS, OTHERS_HEADER, other_values


def network_rows() -> Select[Any]:
    """One row per live EPN in a commune of Normandie; those outside are left out. It has no holder and no typology."""
    return (
        select(
            mediation_place.c.code,
            mediation_place.c.name,
            *scope(null(), null()),
            commune.c.name.label("commune"),
            other_values(mediation_place),
            mediation_place.c.load_id,
            mediation_place.c.sheet,
            mediation_place.c.line,
        )
        .join(commune, commune.c.code == mediation_place.c.commune)
        .where(live(mediation_place))
    )


_ROWS = network_rows().subquery("network_rows")
NETWORK = Fact(
    time="undated",
    rows=_ROWS,
    detail=_ROWS,
    proof=network_rows(),
    shown={"code": "Identifiant", "name": "Espace public numérique", "commune": "Commune", OTHERS: OTHERS_HEADER},
    newest="code",
    filters=OF_TERRITORY,
    note="Ces lieux ne sont jamais ajoutés aux tiers-lieux.",
)
LISTED = Measure(NETWORK, Total(lambda _rows: func.count()), fixed=("holder_type", "typologies"))
