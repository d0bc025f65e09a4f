"""Words that the largest tables keep as small numbers. The order is that of the numbers: only ever add at the end."""

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
