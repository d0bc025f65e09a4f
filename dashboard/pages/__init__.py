"""The site map, in menu order."""

from __future__ import annotations

from dashboard.components.page import Page
from dashboard.pages.about import ABOUT
from dashboard.pages.accessibility import ACCESSIBILITY
from dashboard.pages.aid import AID
from dashboard.pages.attendance import ATTENDANCE
from dashboard.pages.data import DATA
from dashboard.pages.home import HOME
from dashboard.pages.indicators import DICTIONARY, SHEET
from dashboard.pages.label import LABEL
from dashboard.pages.partners import PARTNERS
from dashboard.pages.places import ALL as PLACES
from dashboard.pages.places import SHEET as PLACE
from dashboard.pages.privacy import PRIVACY
from dashboard.pages.rows import ROWS
from dashboard.pages.territories import TERRITORIES
from dashboard.pages.territory import TERRITORY

PAGES: tuple[Page, ...] = (
    HOME,
    LABEL,
    AID,
    PARTNERS,
    ATTENDANCE,
    TERRITORIES,
    TERRITORY,
    PLACES,
    PLACE,
    DICTIONARY,
    SHEET,
    ROWS,
    DATA,
    ACCESSIBILITY,
    PRIVACY,
    ABOUT,
)
