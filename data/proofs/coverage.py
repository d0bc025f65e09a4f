"""The rows behind the figures of coverage: intercommunalités with their labelled places, communes with the nearest."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import (
    CTE,
    JSON,
    ColumnElement,
    Connection,
    Float,
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal,
    null,
    select,
)

from data.facts.label import LABELLED_COUNT
from data.filters import PLACE_FILTERS, TERRITORY_FILTERS
from data.geo import REACH_KM
from data.i18n import NARROW, count, number
from data.model.proofs import Proof
from data.proofs.builders import REFERENCE_FILE, null_text, with_file_or_reference
from data.queries.coverage import NearestPlace, read_epci_coverage, read_nearest_places, read_reached_population
from data.schema import commune, departement, epci, live, place, place_version
from data.search_keys import with_search_keys
from data.selection import Selection
from data.selection.periods import in_force_conditions
from data.types import Columns

YES, NO = "oui", "non"
EPCI_HEADERS = {"area": "Code", "territory": "Intercommunalité"}
RowOrder = Callable[[Columns], Sequence[ColumnElement[Any]]]


def epci_rows(facts: Select[Any], selection: Selection, order: RowOrder, *extra_names: str) -> Select[Any]:
    """One row per intercommunalité with its seat in Normandie and a commune in the selection: `area` (its code),
    `territory` (its name), `has_fact` (oui, non), `number` of its facts, and the columns `extra_names` of the first of
    them.

    `facts` selects `epci` and `load_id`, `sheet`, `line`.
    """
    fact_rows = with_search_keys(facts).subquery("facts")
    rank = func.row_number().over(partition_by=fact_rows.c.epci, order_by=order(fact_rows.c)).label("rank")
    ranked = select(fact_rows, rank, func.count().over(partition_by=fact_rows.c.epci).label("number")).subquery(
        "ranked"
    )
    first = select(ranked).where(ranked.c.rank == 1).subquery("first")
    selected_epcis = select(commune.c.epci).where(*selection.where(commune.c, TERRITORY_FILTERS))
    areas = (
        select(
            epci.c.code.label("area"),
            epci.c.name.label("territory"),
            case((first.c.epci.is_(None), NO), else_=YES).label("has_fact"),
            func.coalesce(first.c.number, 0).label("number"),
            *(first.c[name] for name in (*extra_names, "load_id", "sheet", "line")),
        )
        .select_from(epci)
        .outerjoin(first, first.c.epci == epci.c.code)
        .where(epci.c.seat_in_normandie, epci.c.code.in_(selected_epcis))
    )
    rows = with_search_keys(areas).subquery("areas")
    return with_file_or_reference(rows, ("area", "territory", "has_fact", "number", *extra_names))


def _covered_epci_rows(_connection: Connection, selection: Selection) -> Select[Any]:
    """Whether an intercommunalité has a labelled place, how many, and the one labelled first."""
    label_rows = with_search_keys(LABELLED_COUNT.fact.proof).subquery("labelled")
    labelled = select(label_rows).where(
        *LABELLED_COUNT.row_conditions(label_rows.c),
        *selection.without_territory().where(label_rows.c, PLACE_FILTERS),
        *in_force_conditions(label_rows.c, selection.until),
    )
    return epci_rows(labelled, selection, lambda rows: (rows.started, rows.code), "code", "name", "started")


def _covered_epci_arithmetic(connection: Connection, selection: Selection) -> str:
    areas = {coverage.epci: coverage.has_place for coverage in read_epci_coverage(connection, selection)}
    covered = count(sum(areas.values()), "intercommunalité couverte", "intercommunalités couvertes")
    return f"{covered} ÷ {number(len(areas))}"


COVERED_EPCI_PROOF = Proof(
    _covered_epci_rows,
    {
        **EPCI_HEADERS,
        "has_fact": "Couverte",
        "number": "Lieux labellisés",
        "code": "Identifiant du lieu",
        "name": "Premier lieu labellisé",
        "started": "Depuis le",
    },
    default_sort="number",
    key=("area",),
    arithmetic=_covered_epci_arithmetic,
    note=(
        "Une ligne par intercommunalité qui a son siège en Normandie et une commune dans la sélection\u202f; le "
        "fichier est celui du premier de ses lieux labellisés."
    ),
    place_column="code",
)


def _commune_reach_rows(connection: Connection, selection: Selection) -> Select[Any]:
    """One row per selected commune: its inhabitants, the nearest labelled place anywhere in the Région, how far it is
    and whether that is within reach.
    """
    near = _nearest_place_rows(connection, read_nearest_places(connection, selection))
    return (
        select(
            commune.c.code.label("area"),
            commune.c.name.label("commune"),
            departement.c.name.label("departement"),
            commune.c.population.label("inhabitants"),
            place.c.code.label("code"),
            place_version.c.name,
            near.c.kilometres,
            case((near.c.kilometres <= REACH_KM, YES), else_=NO).label("has_fact"),
            literal(REFERENCE_FILE).label("file"),
            null_text().label("sheet"),
            *(cast(null(), Integer).label(name) for name in ("line", "load_id")),
        )
        .join(departement, departement.c.code == commune.c.dep)
        .outerjoin(near, near.c.commune == commune.c.code)
        .outerjoin(place, place.c.place_id == near.c.place_id)
        .outerjoin(place_version, and_(place_version.c.place_id == place.c.place_id, live(place_version)))
        .where(*selection.where(commune.c, TERRITORY_FILTERS))
    )


def _nearest_place_rows(connection: Connection, nearest: list[NearestPlace]) -> CTE:
    """The nearest places, computed in Python, as rows of a query: one JSON parameter, since thousands of parameters
    would cost more than the query.
    """
    text = bindparam("near", json.dumps(nearest), Text, unique=True)
    if connection.dialect.name == "postgresql":
        value = func.json_array_elements(cast(text, JSON)).table_valued("value", name="found").c.value
        parts = [cast(value, JSON)[position].as_string() for position in range(3)]
    else:
        value = func.json_each(text).table_valued("value", name="found").c.value
        parts = [func.json_extract(value, f"$[{position}]") for position in range(3)]
    commune_, place_id, kilometres = parts
    return (
        select(
            cast(commune_, Text).label("commune"),
            cast(place_id, Integer).label("place_id"),
            cast(kilometres, Float).label("kilometres"),
        )
        .cte("near")
        .prefix_with("MATERIALIZED")
    )


def _reached_population_arithmetic(connection: Connection, selection: Selection) -> str:
    areas = read_reached_population(connection, selection, "dep").values()
    reached = count(sum(area.reached for area in areas), "habitant", "habitants")
    return f"{reached} assez près ÷ {number(sum(area.people for area in areas))}"


REACHED_POPULATION_PROOF = Proof(
    _commune_reach_rows,
    {
        "area": "Code Insee",
        "commune": "Commune",
        "departement": "Département",
        "inhabitants": "Habitants",
        "code": "Identifiant du lieu",
        "name": "Lieu labellisé le plus proche",
        "kilometres": "Distance (km)",
        "has_fact": f"À 15{NARROW}km au plus",
    },
    default_sort="inhabitants",
    key=("area",),
    arithmetic=_reached_population_arithmetic,
    note=(
        "Une ligne par commune de la sélection\u202f; ses habitants comptent quand le lieu labellisé le plus proche, "
        f"où qu’il soit en Normandie, est à 15{NARROW}km au plus de son centre."
    ),
    place_column="code",
)
