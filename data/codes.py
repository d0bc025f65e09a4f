"""Values that the largest tables store as small numbers, in the order of these numbers: append only."""

from __future__ import annotations

UNITS = ("", "visits", "people", "person_days", "half_days", "hours")  # the first: whatever the unit
AUDIENCES = (
    "",  # everybody
    "remote_employees",
    "freelancers",
    "companies",
    "craftspeople",
    "students",
    "job_seekers",
    "associations",
    "others",
)
