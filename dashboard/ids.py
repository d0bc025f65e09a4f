"""The ids of what callbacks and client scripts name. One place, so that none is written twice."""

from __future__ import annotations

LOCATION = "location"
QUERY = "query"  # dcc.Store: the canonical query, the only input of what follows the filters
PAGE_PATH = "page-path"  # dcc.Store: the path of the page that is drawn
PAGE = "page"  # where the router puts the page
TITLE = "page-title"  # dcc.Store: the document's title, and whether its page has just been drawn
NOTICES = "notices"
OPEN_TABLES = "open-tables"  # dcc.Store: the charts whose table the reader has opened (assets/tables.js)
FILLED_TABLES = "filled-tables"  # dcc.Store: those that hold the numbers of what is shown
STATUS = "status"  # role=status: what the last change of filters did
FAILURE = "failure"
CLEAR = "clear-filters"
FILTERS = "filters"
SINCE = "filter-du"
UNTIL = "filter-au"
PERIOD = "filter-period"
EPCI_DEPARTEMENTS = "epci-departements"  # dcc.Store: where each choice of intercommunalité lies
FILTER_BAR = "filter-bar"
FILTERS_COUNT = "filters-count"
MENU = "menu"
HEADLINE = "headline"
HEADLINE_LINES = "headline-lines"
MY_TERRITORY = "my-territory"  # the header's link (assets/territory.js)
MY_TERRITORY_NAME = "my-territory-name"  # the name of the territory in it, heard and not seen
FOLLOW = "follow"  # the button of a sheet that makes its territory mine
FOLLOW_STATUS = "follow-status"  # role=status: what pressing it did


def filter_box(key: str) -> str:
    return f"filter-box-{key}"


def filter_choice(key: str) -> str:
    """The checklist or radio items of a filter."""
    return f"filter-{key}"


def filter_label(key: str) -> str:
    """The choice in words, on the control's button."""
    return f"filter-label-{key}"


def menu_link(path: str) -> str:
    return f"menu-{path.strip('/').replace('/', '-') or 'accueil'}"


def card(slug: str) -> str:
    return f"card-{slug}"


def graph(slug: str) -> str:
    """A chart's dcc.Graph."""
    return f"graph-{slug}"


def finding(slug: str) -> str:
    """The sentence above a chart."""
    return f"finding-{slug}"


def subtitle(slug: str) -> str:
    """What a chart measures, under its finding."""
    return f"subtitle-{slug}"


def image(slug: str) -> str:
    """The role=img around a chart, which carries its text alternative."""
    return f"image-{slug}"


def table(slug: str) -> str:
    """A chart's table of the same numbers."""
    return f"table-{slug}"


def data(slug: str) -> str:
    """The « Voir les données » that opens it; its `open` follows the reader (assets/tables.js)."""
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
