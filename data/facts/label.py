"""Labels: in force, being examined, first applied for and awarded."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, select

from data.facts.model import Fact
from data.schema import commune, label_event, label_span, live, place, place_version


def label_rows() -> Select[Any]:
    """One row per period of a label (or of its examination), with the event that opened it as its proof."""
    return (
        select(
            *(column for column in label_span.c if column.name != "place_id"),
            place.c.code.label("code"),
            place_version.c.name,
            commune.c.name.label("commune"),
            label_event.c.decision_reference,
            label_event.c.load_id,
            label_event.c.sheet,
            label_event.c.line,
        )
        .join(place, place.c.place_id == label_span.c.place_id)
        .join(place_version, and_(place_version.c.place_id == label_span.c.place_id, live(place_version)))
        .join(commune, commune.c.code == place_version.c.commune)
        .join(
            label_event,
            and_(
                label_event.c.place_id == label_span.c.place_id,
                label_event.c.day == label_span.c.opened,
                label_event.c.step == label_span.c.opened_by,
                live(label_event),
            ),
        )
    )


LABELS = Fact(
    time="stock",
    rows=label_span,
    detail=label_span,
    proof=label_rows(),
    shown={
        "code": "Identifiant",
        "name": "Tiers-lieu",
        "commune": "Commune",
        "started": "Depuis le",
        "decision_reference": "Décision",
    },
    newest="started",
)
