"""The ids of components named by callbacks and client scripts, defined once."""

from __future__ import annotations

LOCATION = "location"
QUERY = "query"  # dcc.Store: the canonical query of the page shown
PAGE_PATH = "page-path"  # dcc.Store: the path of the page shown
PAGE = "page"  # container of the page
TITLE = "page-title"  # dcc.Store: the document's title, and whether the page is new
NOTICES = "notices"
OPEN_TABLES = "open-tables"  # dcc.Store: slugs of the charts with an open table (assets/tables.js)
FILLED_TABLES = "filled-tables"  # dcc.Store: slugs of the charts with a filled table
STATUS = "status"  # role=status: announces the filters after a change
FAILURE = "failure"
CLEAR = "clear-filters"
FILTERS = "filters"
SINCE = "filter-du"
UNTIL = "filter-au"
PERIOD = "filter-period"
EPCI_DEPARTEMENTS = "epci-departements"  # dcc.Store: the départements of each option of the intercommunalités
FILTER_BAR = "filter-bar"
FILTERS_COUNT = "filters-count"
MENU = "menu"
HEADLINE = "headline"
HEADLINE_LINES = "headline-lines"
MY_TERRITORY = "my-territory"  # the header's link (assets/territory.js)
MY_TERRITORY_NAME = "my-territory-name"  # its territory, for screen readers only
SHARE = "share"  # the button in the header (assets/share.js)
SEARCH = "search"  # the field in the header (assets/search.js)
MESSAGE = "message"  # role=status: the result of a button that only the browser knows (assets/message.js)
WHATS_NEW = "whats-new"  # the footer's link (assets/help.js)
TOUR_START = "tour-start"
REPORT_PROBLEM = "report-problem"
PROBLEM_TEXT = "problem-text"
PROBLEM_COPY = "problem-copy"
COLOUR_MODE = "colour-mode"  # the choice of light or dark colours (assets/theme.js)
FOLLOW = "follow"  # the button of a territory's sheet
FOLLOW_STATUS = "follow-status"  # role=status: announces the result of the button

REPORT_LINK = "report-link"  # the header's link (assets/report_draft.js)
REPORT_COUNT = "report-count"  # the number of blocks of the report of this browser
REPORT_DRAFT = "report-draft"  # dcc.Store: the draft in the address of /rapport, if it can be read
REPORT_RESUME = "report-resume"  # links to the reports that this browser keeps
REPORT_PREVIEW = "report-preview"
REPORT_PREVIEW_STATUS = "report-preview-status"  # role=status


def filter_box(key: str) -> str:
    return f"filter-box-{key}"


def filter_choice(key: str) -> str:
    """The checklist or radio items of a filter."""
    return f"filter-{key}"


def filter_label(key: str) -> str:
    """The label of the choice, on the button of the control."""
    return f"filter-label-{key}"


def menu_link(path: str) -> str:
    return f"menu-{path.strip('/').replace('/', '-') or 'accueil'}"


def card(slug: str) -> str:
    return f"card-{slug}"


def graph(slug: str) -> str:
    """A chart's dcc.Graph."""
    return f"graph-{slug}"


def finding(slug: str) -> str:
    """The title of a chart."""
    return f"finding-{slug}"


def subtitle(slug: str) -> str:
    """The subtitle of a chart, under its finding."""
    return f"subtitle-{slug}"


def image(slug: str) -> str:
    """The role=img around a chart, which carries its text alternative."""
    return f"image-{slug}"


def table(slug: str) -> str:
    """The table of a chart."""
    return f"table-{slug}"


def data(slug: str) -> str:
    """The « Voir les données » element that opens the table; its `open` state is sent to the server
    (assets/tables.js).
    """
    return f"data-{slug}"


def export_link(slug: str, kind: str) -> str:
    """The link or button that exports a chart."""
    return f"export-{kind}-{slug}"


def tile(slug: str, part: str) -> str:
    """A part of a tile (value, target, bar, status, link)."""
    return f"tile-{part}-{slug}"


def listing(slug: str, part: str) -> str:
    """A part of a list (its table, pager, search…)."""
    return f"list-{part}-{slug}"
