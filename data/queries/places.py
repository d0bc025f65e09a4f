"""All the tiers-lieux, with the state of their label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, or_, select

from data.facts.choices import choice_label
from data.facts.scope import standard_columns
from data.filters import PLACE_FILTERS
from data.i18n import search_key
from data.schema import commune, departement, epci, is_live, label_span, place, place_version
from data.search_keys import search_key_name, with_search_keys
from data.selection import Selection
from data.sources.places import HOLDER_TYPES, PLACES, TYPOLOGIES

STATE_LABELS = {"labelled": "labellisé", "in_process": "en parcours"}
FORMER_STATE, NO_STATE = "sorti du label", "aucun"
TYPOLOGY_LABELS = {choice.code: choice.label for choice in TYPOLOGIES}
_TYPOLOGY_KEYS = {code: search_key(label) for code, label in TYPOLOGY_LABELS.items()}

# Columns of the register that the sheet shows in its own words, or not at all: the legal form only tells whether the
# holder is a person, and the map shows the position.
_READ_APART = frozenset({"name", "commune", "holder", "legal_form", "siret", "lon", "lat"})
FACT_COLUMNS = tuple(
    column for column in PLACES.columns if column.name in place_version.c and column.name not in _READ_APART
)
_IN_FRENCH = ("holder_type", "typologies")  # codes in the table, labels in the list


def place_rows(selection: Selection) -> Select[Any]:
    """One row per tiers-lieu ever described: `code`, `name`, `commune`, `epci_name`, `departement`, `holder_type` and
    `typologies` (in French), `state` at `until` (in French), `since` (its first day), and the others of FACT_COLUMNS.
    """
    until = selection.until
    now, past = label_span.alias("now"), label_span.alias("past")
    in_force = and_(
        now.c.place_id == place_version.c.place_id,
        now.c.started <= until,
        or_(now.c.ended.is_(None), now.c.ended > until),
    )
    label_end = (
        select(func.max(past.c.ended))
        .where(past.c.place_id == place_version.c.place_id, past.c.state == "labelled", past.c.ended <= until)
        .scalar_subquery()
    )
    facts = [column.name for column in FACT_COLUMNS if column.name not in {*_IN_FRENCH, "closed"}]
    described = (
        select(
            *standard_columns(place_version.c.holder_type, place_version.c.typologies),
            place.c.code,
            place_version.c.name,
            commune.c.name.label("commune"),
            epci.c.name.label("epci_name"),
            departement.c.name.label("departement"),
            case(
                STATE_LABELS, value=now.c.state, else_=case((label_end.is_not(None), FORMER_STATE), else_=NO_STATE)
            ).label("state"),
            func.coalesce(now.c.started, label_end).label("since"),
            *(place_version.c[name] for name in facts),
            case((place_version.c.closed <= until, place_version.c.closed)).label("closed"),
        )
        .select_from(place_version)
        .join(place, place.c.place_id == place_version.c.place_id)
        .join(commune, commune.c.code == place_version.c.commune)
        .join(epci, epci.c.code == commune.c.epci)
        .join(departement, departement.c.code == commune.c.dep)
        .outerjoin(now, in_force)
        .where(is_live(place_version))
    )
    rows = with_search_keys(described).subquery("places")
    others = ("code", "name", "commune", "epci_name", "departement", "state", "since", "closed", *facts)
    return select(
        *(rows.c[name] for name in others),
        choice_label(rows.c.holder_type, HOLDER_TYPES).label("holder_type"),
        _typologies_text(rows.c.typologies, TYPOLOGY_LABELS).label("typologies"),
        _typologies_text(rows.c.typologies, _TYPOLOGY_KEYS).label(search_key_name("typologies")),
    ).where(*selection.where(rows.c, PLACE_FILTERS))


def count_states(connection: Connection, selection: Selection) -> dict[str, int]:
    """Number of places of the selection by French state of the label."""
    places = place_rows(selection).subquery("all_places")
    counted = select(places.c.state, func.count()).group_by(places.c.state)
    return {row[0]: row[1] for row in connection.execute(counted)}


def _typologies_text(typologies: ColumnElement[Any], labels: Mapping[str, str]) -> ColumnElement[Any]:
    """SQL: « |coworking|fablab| » as « coworking, fablab », in French."""
    text: ColumnElement[Any] = typologies
    for code, label in labels.items():
        if code != label:
            text = func.replace(text, f"|{code}|", f"|{label}|")
    return func.replace(func.trim(text, "|"), "|", ", ")
