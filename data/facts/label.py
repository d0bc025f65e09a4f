"""Labels: in force, being examined, first applied for and awarded."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
)

from data.filters import PLACE_FILTERS
from data.model.facts import Fact, Measure, Total
from data.schema import commune, label_event, label_first, label_span, live, place, place_version
from data.types import Day

_STANDARD_COLUMNS = ("dep", "epci", "holder_type", "typologies")

LABEL_SOURCES = ("labels", "places")  # without which nothing is known of the label


def with_label_proof(rows: FromClause, day: ColumnElement[Any], step: Any) -> Select[Any]:
    """The rows of a roll-up of places, each with the names of its place and the label event that proves it."""
    return (
        select(
            *(column for column in rows.c if column.name != "place_id"),
            place.c.code.label("code"),
            place_version.c.name,
            commune.c.name.label("commune"),
            label_event.c.decision_reference,
            label_event.c.load_id,
            label_event.c.sheet,
            label_event.c.line,
        )
        .select_from(rows)
        .join(place, place.c.place_id == rows.c.place_id)
        .join(place_version, and_(place_version.c.place_id == rows.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .join(
            label_event,
            and_(
                label_event.c.place_id == rows.c.place_id,
                label_event.c.day == day,
                label_event.c.step == step,
                live(label_event),
            ),
        )
    )


_PLACE_HEADERS = {"code": "Identifiant", "name": "Tiers-lieu", "commune": "Commune"}

LABEL_FACT = Fact(
    time="stock",
    rows=label_span,
    detail=label_span,
    proof=with_label_proof(label_span, label_span.c.opened, label_span.c.opened_by),
    headers={**_PLACE_HEADERS, "started": "Depuis le", "decision_reference": "Décision"},
    default_sort="started",
    place_column="code",
    filters=PLACE_FILTERS,
)
"""One row per period of a label (or of its examination); the event that opened it is its proof."""

LABELLED_COUNT = Measure(
    LABEL_FACT, Total(lambda _rows: func.count()), row_conditions=lambda rows: (rows.state == "labelled",)
)
IN_PROCESS_COUNT = Measure(
    LABEL_FACT, Total(lambda _rows: func.count()), row_conditions=lambda rows: (rows.state == "in_process",)
)


def _awarded_places(name: str, *columns: ColumnElement[Any]) -> Subquery:
    """One row per place ever awarded the label, with its scope."""
    scope = (label_first.c[column] for column in _STANDARD_COLUMNS)
    return select(label_first.c.place_id, *scope, *columns).where(label_first.c.awarded.is_not(None)).subquery(name)


_ever_labelled_rows = _awarded_places(
    "cumulated", label_first.c.awarded.label("started"), literal(None, type_=Day()).label("ended")
)
EVER_LABELLED_FACT = Fact(
    time="stock",
    rows=_ever_labelled_rows,
    detail=_ever_labelled_rows,
    proof=with_label_proof(_ever_labelled_rows, _ever_labelled_rows.c.started, "awarded"),
    headers={**_PLACE_HEADERS, "started": "Labellisé le", "decision_reference": "Décision"},
    default_sort="started",
    place_column="code",
    filters=PLACE_FILTERS,
)
"""One row per place ever awarded the label, in force or not, from the day of its first award."""

EVER_LABELLED_COUNT = Measure(EVER_LABELLED_FACT, Total(lambda _rows: func.count()))

_first_award_rows = _awarded_places("awards", label_first.c.applied, label_first.c.awarded.label("day"))
FIRST_AWARD_FACT = Fact(
    time="day",
    rows=_first_award_rows,
    detail=_first_award_rows,
    proof=with_label_proof(_first_award_rows, _first_award_rows.c.day, "awarded"),
    headers={
        **_PLACE_HEADERS,
        "applied": "Première candidature",
        "day": "Première labellisation",
        "decision_reference": "Décision",
    },
    default_sort="day",
    place_column="code",
    filters=PLACE_FILTERS,
)
"""One row per first award of the label, on its day; `applied` is that of the first application (None: not known)."""


def labelled_points() -> Select[Any]:
    """One row per period of a label: its scope, `started`, `ended`, `place_id`, and the place's `name` and `lon` and
    `lat` in degrees, its own when both are given, else those of its commune's centre.
    """
    has_coordinates = and_(place_version.c.lon.is_not(None), place_version.c.lat.is_not(None))
    return (
        select(
            *(
                label_span.c[name]
                for name in ("dep", "epci", "holder_type", "typologies", "started", "ended", "place_id")
            ),
            place_version.c.name,
            case((has_coordinates, place_version.c.lon), else_=commune.c.lon).label("lon"),
            case((has_coordinates, place_version.c.lat), else_=commune.c.lat).label("lat"),
        )
        .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .where(label_span.c.state == "labelled")
    )
