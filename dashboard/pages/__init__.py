"""The site map, in menu order."""

from __future__ import annotations

from dashboard.components.page import Page
from dashboard.pages.home import HOME
from dashboard.pages.indicators import DICTIONARY, SHEET
from dashboard.pages.rows import ROWS

PAGES: tuple[Page, ...] = (HOME, DICTIONARY, SHEET, ROWS)
