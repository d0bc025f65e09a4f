"""The charts that generic tests take: all that are declared, and some of those that are built for each indicator."""

from __future__ import annotations

from dashboard.charts import ALL_CHARTS, CHARTS

BUILT = (
    "serie-lieux-labellises",  # months, with a target
    "serie-aides-votees",  # years
    "rang-labellises-pour-100000",  # with the line of the Région
    "rang-visites",  # confidential, in any unit of attendance
    "departements-lieux-labellises",
)
SOME_CHARTS = (*CHARTS, *(chart for chart in ALL_CHARTS if chart.slug in BUILT))
