"""What pages lend to reports."""

from __future__ import annotations

from dashboard.pages.data import publication_warning
from dashboard.pages.territories.territory import REGION, TERRITORY, territory_names
from dashboard.reports.compose import ReportSite
from data.selection import Selection

REPORT_SITE = ReportSite(TERRITORY, territory_names, publication_warning)


def territory_of(selection: Selection) -> str:
    """The code of the territory that a selection names alone, else that of the Région: the one of a sheet."""
    codes = [*selection.codes("epci"), *selection.codes("dep")]
    return codes[0] if len(codes) == 1 else REGION
