"""Addresses of pages: encoded once when a link is written, decoded once when a request is read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote

CALLBACK_PATH = "/_dash-update-component"  # Dash's
PAGES_ENDPOINTS = ("/", "/<path:path>")  # Dash's index and its catch-all, which answers 200 to anything
PLACES_PATH = "/lieux"
PARTNERS_PATH = "/partenaires"
REPORT_PATH = "/rapport"
DRAFT_PARAMETER = "brouillon"  # of its address: the draft of a report (reports/draft.py)
AGENDA_PATH = "/agenda"
COMPARE_PATH = "/comparer"
NETWORK_PATH = "/reseau"
STANDARD_PATH = "/standard"
MONTH_PARAMETER = "mois"  # of its address: the month shown, 2020-12
CALENDAR_PATH, NEWS_PATH = "/agenda.ics", "/agenda.atom"
EXPORTS_PATH = "/exports/"
CHART_ARCHIVE_PATH = "/exports/graphiques.zip"
PAGE_PARAMETER = "page"  # of its address: the path of the page
CHARTS_PATH = "/graphiques"  # of the tables of charts, and of what their marks lead to
ROW_PARAMETER, LAST_ROW_PARAMETER = "ligne", "derniere-ligne"  # of the frame of a chart, from 0
SHEETS_PATH = "/exports/fiches.pdf"
PASSPORT_PATH = "/passeport"
QVT_PATH = "/qvt"
QVT_DOCUMENT_STEM = "/exports/pistes-qvt"  # .docx, .pdf
QVT_ACTIVITY_PATH = "/exports/accompagnement-qvt.csv"
FINDER_PATH = "/trouver"
EMBED_PATH = "/integrer/carte"  # the finder in a bare document, for other sites
FINDER_MAP_PATH = "/integrer/carte.svg"
WHATS_NEW_PATH = "/quoi-de-neuf"
SINCE_LOAD_PARAMETER = "depuis"  # of its address: the number of the latest load that a visitor knows
PROBLEM_PATH = "/signaler"
VIEW_PARAMETER = "vue"  # of its address: the address of the page that shows a problem
SEARCH_PATH = "/recherche"
SEARCH_API_PATH = "/api/recherche"
TERRITORY_SEARCH_API_PATH = "/api/recherche/territoires"
TEXT_PARAMETER = "q"  # of the search: what a visitor typed
COMMUNE_SEARCH_PATH = "/recherche/communes"
COMMUNE_PARAMETER, TOWN_PARAMETER = "commune", "ville"  # of the finder: an INSEE code; what a visitor typed
SERVICES_PARAMETER = "services"  # of the finder: codes of PublicColumn.service
_DOTS = re.compile(r"~*\.{1,2}")


def place_path(code: str) -> str:
    """The address of a place's sheet: `a/b` -> `/lieux/a%2Fb`."""
    return f"{PLACES_PATH}/{_segment(code)}"


def partner_path(code: str) -> str:
    """The address of a partner's sheet: `aract` -> `/partenaires/aract`."""
    return f"{PARTNERS_PATH}/{_segment(code)}"


def chart_path(slug: str) -> str:
    """The address of the table of a chart: `carte` -> `/graphiques/carte`."""
    return f"{CHARTS_PATH}/{slug}"


def territory_path(code: str) -> str:
    """The address of a territory's sheet: `61` -> `/territoires/61`."""
    return f"/territoires/{_segment(code)}"


def month_value(month: int) -> str:
    """The value of MONTH_PARAMETER: 202012 -> 2020-12."""
    return f"{month // 100}-{month % 100:02}"


def _segment(code: str) -> str:
    """Any identifier as the segment of a path.

    A browser resolves a segment of one or two dots, encoded or not, as a relative path: `..` -> `~..`.
    """
    return quote(f"~{code}" if _DOTS.fullmatch(code) else code, safe="")


def sheet_code(slug: str) -> str:
    """The identifier of a decoded slug: `a/b` -> `a/b`, `~..` -> `..`."""
    return slug[1:] if slug.startswith("~") and _DOTS.fullmatch(slug) else slug


def normalise_path(path: str) -> str:
    """An encoded path, decoded and without its trailing slashes."""
    return unquote(path.rstrip("/")) or "/"


def encoded_path(environ: Mapping[str, Any]) -> str:
    """The path of a request as the client wrote it: WSGI gives it decoded, without a difference between `%2F`
    and `/`.

    Where the server does not keep the original path (waitress), the decoded path is encoded again.
    """
    raw_uri: str = environ.get("RAW_URI") or environ.get("REQUEST_URI") or ""
    path = re.sub(r"^https?://[^/?]*", "", raw_uri).partition("?")[0]
    return path or quote(environ.get("PATH_INFO", "/").encode("latin-1"))
