"""The status of partners in sentences."""

from __future__ import annotations

from dashboard.charts.agreements import partners_at_date_text
from dashboard.charts.phrases import add_territory, chosen_territory_text
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW
from data.queries.partner_coverage import WHOLE_REGION, read_covering_partners
from data.queries.partner_status import NOT_LOADED, read_partner_statuses, short_names


def partners_sentence(page_request: PageRequest) -> str:
    """The partners under an agreement that covers a part of the territory at the date, and those only approached.

    One whose agreement has no known dates, hence no known territory, is counted everywhere.
    """
    connection, selection = page_request.connection, page_request.selection
    statuses = read_partner_statuses(connection, selection)
    covering = read_covering_partners(connection, selection)
    contracted = [one for one in statuses if one.state == "undated" or one.code in covering]
    approached = [one for one in statuses if one.state == "approached"]
    if all(one.has_agreements_loaded for one in statuses):
        text = partners_at_date_text(short_names(contracted), short_names(approached), selection.until)
        return f"{add_territory(text, selection, page_request.options)}."
    words = ("contractualisé", "contractualisés")
    text = partners_at_date_text(short_names(contracted), short_names(approached), selection.until, words)
    where = f"{WHOLE_REGION}{NARROW}; " if chosen_territory_text(selection, page_request.options) else ""
    return f"{text} ({where}{NOT_LOADED})."
