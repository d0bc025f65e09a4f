"""Where the territory of a sheet lies in Normandie."""

from __future__ import annotations

from dashboard.charts.phrases import capitalised
from dashboard.components.locator import locator_map
from dashboard.components.page import Part
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW, in_territories
from data.queries.territories import read_outlines, read_selected_departements


def locator_part() -> Part:
    """The map and its caption; nothing for the Région, nor for a territory without outline. Filters change nothing."""
    return Part(_locator, follows_filters=False)


def _locator(page_request: PageRequest) -> Element | None:
    connection, selection = page_request.connection, page_request.selection
    outlines = read_outlines(connection)
    chosen = [(outlines.departement, code) for code in selection.codes("dep")]
    chosen += [(outlines.epci, code) for code in selection.codes("epci")]
    rings = next((level[code] for level, code in chosen if code in level), None)
    if rings is None:
        return None
    where = _where_text(page_request)
    return tags.Figure(
        [
            locator_map(outlines.departement.values(), rings, f"Carte de la Normandie{NARROW}: {where}"),
            tags.Figcaption(f"{capitalised(where)}."),
        ],
        className="locator",
        aria_label=capitalised(where),
    )


def _where_text(page_request: PageRequest) -> str:
    """« dans l’Orne », « dans le Calvados et l’Eure », « Orne, en Normandie »."""
    departements = read_selected_departements(page_request.connection, page_request.selection)
    names = [territory.name for territory in departements]
    if not page_request.selection.codes("epci"):
        return f"{names[0]}, en Normandie"
    return in_territories(names)
