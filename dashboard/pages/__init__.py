"""The site map, in menu order."""

from __future__ import annotations

from dashboard.components.page import Page
from dashboard.pages.about import ABOUT
from dashboard.pages.accessibility import ACCESSIBILITY
from dashboard.pages.agenda.page import AGENDA_PAGE
from dashboard.pages.aid.page import AID
from dashboard.pages.attendance.page import ATTENDANCE
from dashboard.pages.compare.page import COMPARE
from dashboard.pages.data import DATA
from dashboard.pages.finder.page import FINDER
from dashboard.pages.home.page import HOME
from dashboard.pages.indicators.page import DICTIONARY, INDICATOR
from dashboard.pages.label.page import LABEL
from dashboard.pages.managers.page import NETWORK
from dashboard.pages.partners.page import PARTNERS
from dashboard.pages.partners.partner import PARTNER
from dashboard.pages.passport.page import PASSPORT
from dashboard.pages.places.page import PLACE as PLACE
from dashboard.pages.places.page import PLACE_LIST as PLACES
from dashboard.pages.privacy import PRIVACY
from dashboard.pages.problem import problem_page
from dashboard.pages.qvt.page import QVT
from dashboard.pages.report.page import REPORT
from dashboard.pages.rows import ROWS
from dashboard.pages.search.page import search_page
from dashboard.pages.standard.page import STANDARD
from dashboard.pages.territories.page import TERRITORIES
from dashboard.pages.territories.territory import TERRITORY
from dashboard.pages.whats_new import WHATS_NEW

_PAGES: tuple[Page, ...] = (  # those that the search finds
    HOME,
    LABEL,
    STANDARD,
    AID,
    PARTNERS,
    NETWORK,
    PARTNER,
    AGENDA_PAGE,
    ATTENDANCE,
    TERRITORIES,
    TERRITORY,
    COMPARE,
    PLACES,
    PLACE,
    FINDER,
    DICTIONARY,
    INDICATOR,
    ROWS,
    DATA,
    QVT,
    REPORT,
    PASSPORT,
    WHATS_NEW,
    ACCESSIBILITY,
    PRIVACY,
    ABOUT,
)

PAGES: tuple[Page, ...] = (*_PAGES, problem_page(_PAGES), search_page(_PAGES))
