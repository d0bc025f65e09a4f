"""The network of EPN."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, null, select

from data.facts.scope import standard_columns
from data.filters import TERRITORY_FILTERS
from data.model.facts import Fact, Measure, Total
from data.schema import commune, live, mediation_place
from data.sources.other_values import OTHER_VALUES_HEADER, OTHER_VALUES_NAME, other_values


def epn_rows() -> Select[Any]:
    """One row per live EPN in a commune of Normandie; those outside are left out. It has no holder and no typology."""
    return (
        select(
            mediation_place.c.code,
            mediation_place.c.name,
            *standard_columns(null(), null()),
            commune.c.name.label("commune"),
            other_values(mediation_place),
            mediation_place.c.load_id,
            mediation_place.c.sheet,
            mediation_place.c.line,
        )
        .join(commune, commune.c.code == mediation_place.c.commune)
        .where(live(mediation_place))
    )


_ROWS = epn_rows().subquery("network_rows")
EPN_FACT = Fact(
    time="undated",
    rows=_ROWS,
    detail=_ROWS,
    proof=epn_rows(),
    headers={
        "code": "Identifiant",
        "name": "Espace public numérique",
        "commune": "Commune",
        OTHER_VALUES_NAME: OTHER_VALUES_HEADER,
    },
    default_sort="code",
    filters=TERRITORY_FILTERS,
    note="Ces lieux ne sont jamais ajoutés aux tiers-lieux.",
)
EPN_COUNT = Measure(EPN_FACT, Total(lambda _rows: func.count()), fixed_columns=("holder_type", "typologies"))
