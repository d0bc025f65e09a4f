"""The demonstration files: fictitious places in real communes, told by a seeded generator.

`story` says who is labelled, waiting or gone, and is written by hand, so that the figures shown read well;
the other modules draw what surrounds it (dates, amounts, visits) and slip in the defects of real files.
Everything happened on or before `calendar.END`, so a dashboard opened on these files stands at that date.
"""

from __future__ import annotations

from pathlib import Path

from etl.demonstration.aids import write_aids
from etl.demonstration.attendance import write_attendance
from etl.demonstration.labels import write_labels
from etl.demonstration.places import write_places

__all__ = ["write_demonstration"]


def write_demonstration(folder: Path) -> None:
    """Write places.csv, labels.csv, aids.csv and attendance.csv; the same bytes at every call."""
    folder.mkdir(parents=True, exist_ok=True)
    write_places(folder / "places.csv")
    write_labels(folder / "labels.csv")
    write_aids(folder / "aids.csv")
    write_attendance(folder / "attendance.csv")
