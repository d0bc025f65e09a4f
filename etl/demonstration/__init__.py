"""The demonstration files: fictitious places in real communes, from a seeded generator.

`story` lists who is labelled, waiting or gone, and is written by hand, so that the figures shown read well;
the other modules draw what surrounds it (dates, amounts, visits) and slip in the defects of real files.
Everything happened on or before `calendar.END`, so a dashboard opened on these files shows that date.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from etl.demonstration.activities import write_activities
from etl.demonstration.aid_steps import write_aid_steps
from etl.demonstration.aids import write_aids
from etl.demonstration.attendance import write_attendance
from etl.demonstration.budget import write_envelopes, write_sessions, write_targets
from etl.demonstration.labels import write_labels
from etl.demonstration.managers import write_needs, write_network_meetings, write_roadmap
from etl.demonstration.mediation_places import write_mediation_places
from etl.demonstration.partnership import write_conventions
from etl.demonstration.places import write_places
from etl.demonstration.standard import write_standard_declarations

__all__ = ["write_demonstration"]

_WRITERS: tuple[Callable[[Path], None], ...] = (
    write_targets,
    write_envelopes,
    write_sessions,
    write_conventions,
    write_places,
    write_labels,
    write_standard_declarations,
    write_network_meetings,
    write_needs,
    write_roadmap,
    write_aids,
    write_aid_steps,
    write_activities,
    write_attendance,
    write_mediation_places,
)


def write_demonstration(folder: Path) -> None:
    """Write one file per source, of its name; the same bytes at every call."""
    folder.mkdir(parents=True, exist_ok=True)
    for write in _WRITERS:
        write(folder)
