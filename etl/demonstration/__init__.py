"""The demonstration files: fictitious places in real communes, told by a seeded generator.

`story` says who is labelled, waiting or gone, and is written by hand, so that the figures shown read well;
the other modules draw what surrounds it (dates, amounts, visits) and slip in the defects of real files.
Everything happened on or before `calendar.END`, so a dashboard opened on these files stands at that date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from etl.demonstration.activities import write_activities
from etl.demonstration.aid_steps import write_aid_steps
from etl.demonstration.aids import write_aids
from etl.demonstration.attendance import write_attendance
from etl.demonstration.budget import write_envelopes, write_sessions, write_targets
from etl.demonstration.labels import write_labels
from etl.demonstration.mediation_places import write_mediation_places
from etl.demonstration.places import write_places

__all__ = ["write_demonstration"]

_WRITERS: Mapping[str, Callable[[Path], None]] = {
    "targets": write_targets,
    "envelopes": write_envelopes,
    "sessions": write_sessions,
    "places": write_places,
    "labels": write_labels,
    "aids": write_aids,
    "aid-steps": write_aid_steps,
    "activities": write_activities,
    "attendance": write_attendance,
    "mediation-places": write_mediation_places,
}


def write_demonstration(folder: Path) -> None:
    """Write one file per source, of its name; the same bytes at every call."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in _WRITERS.items():
        write(folder / f"{name}.csv")
