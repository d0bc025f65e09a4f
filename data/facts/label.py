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

from data.filters import OF_PLACES
from data.model.facts import Fact, Measure, Total
from data.schema import commune, label_event, label_first, label_span, live, place, place_version
from data.types import Day

_SCOPE = ("dep", "epci", "holder_type", "typologies")

LABEL_SOURCES = ("labels", "places")  # without which nothing is known of the label


def proven_by(rows: FromClause, day: ColumnElement[Any], step: Any) -> Select[Any]:
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


_SHOWN = {"code": "Identifiant", "name": "Tiers-lieu", "commune": "Commune"}

LABELS = Fact(
    time="stock",
    rows=label_span,
    detail=label_span,
    proof=proven_by(label_span, label_span.c.opened, label_span.c.opened_by),
    shown={**_SHOWN, "started": "Depuis le", "decision_reference": "Décision"},
    newest="started",
    place="code",
    filters=OF_PLACES,
)
"""One row per period of a label (or of its examination); the event that opened it is its proof."""

LABELLED = Measure(LABELS, Total(lambda _rows: func.count()), only=lambda rows: (rows.state == "labelled",))
IN_PROCESS = Measure(LABELS, Total(lambda _rows: func.count()), only=lambda rows: (rows.state == "in_process",))


def _awarded(name: str, *columns: ColumnElement[Any]) -> Subquery:
    """One row per place ever awarded the label, with its scope."""
    scope = (label_first.c[column] for column in _SCOPE)
    return select(label_first.c.place_id, *scope, *columns).where(label_first.c.awarded.is_not(None)).subquery(name)


_cumulated = _awarded("cumulated", label_first.c.awarded.label("started"), literal(None, type_=Day()).label("ended"))
CUMULATED = Fact(
    time="stock",
    rows=_cumulated,
    detail=_cumulated,
    proof=proven_by(_cumulated, _cumulated.c.started, "awarded"),
    shown={**_SHOWN, "started": "Labellisé le", "decision_reference": "Décision"},
    newest="started",
    place="code",
    filters=OF_PLACES,
)
"""One row per place ever awarded the label, in force or not, from the day of its first award."""

EVER_LABELLED = Measure(CUMULATED, Total(lambda _rows: func.count()))

_awards = _awarded("awards", label_first.c.applied, label_first.c.awarded.label("day"))
AWARDS = Fact(
    time="day",
    rows=_awards,
    detail=_awards,
    proof=proven_by(_awards, _awards.c.day, "awarded"),
    shown={
        **_SHOWN,
        "applied": "Première candidature",
        "day": "Première labellisation",
        "decision_reference": "Décision",
    },
    newest="day",
    place="code",
    filters=OF_PLACES,
)
"""One row per first award of the label, on its day; `applied` is that of the first application (None: not known)."""


def labelled_points() -> Select[Any]:
    """One row per period of a label: its scope, `started`, `ended`, `place_id`, and the place's `name` and `lon` and
    `lat` in degrees, its own when both are given, else those of its commune's centre.
    """
    own = and_(place_version.c.lon.is_not(None), place_version.c.lat.is_not(None))
    return (
        select(
            *(
                label_span.c[name]
                for name in ("dep", "epci", "holder_type", "typologies", "started", "ended", "place_id")
            ),
            place_version.c.name,
            case((own, place_version.c.lon), else_=commune.c.lon).label("lon"),
            case((own, place_version.c.lat), else_=commune.c.lat).label("lat"),
        )
        .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .where(label_span.c.state == "labelled")
    )
