"""The finding at the top of the finder: the nearest place, or how many there are."""

from __future__ import annotations

from dashboard.charts.phrases import add_filters, capitalised, territory_text
from dashboard.components.headline import never_loaded_headline
from dashboard.components.parts import Headline
from dashboard.pages.finder.places import distance_text
from dashboard.pages.finder.view import FinderView
from dashboard.requests.page_request import PageRequest
from data.i18n import NARROW, count, day_long, number, quote_french
from data.queries.public_places import NEAR_KM

INDICATORS = ("lieux-labellises",)


def read_finder_headline(page_request: PageRequest) -> Headline:
    """The finding for the commune and the services of the address, at the date."""
    view = FinderView.of(page_request)
    if view.missing:
        return never_loaded_headline(page_request, view.missing)
    until = f"au {day_long(page_request.selection.until)}"
    if not view.found.places:
        return Headline(_with_filters(view, f"Aucun tiers-lieu labellisé{_offering(view)} {_where(view)} {until}"))
    if view.commune is None:
        places = count(len(view.found.places), "tiers-lieu labellisé", "tiers-lieux labellisés")
        title = _with_filters(view, f"{places}{_offering(view)} {_where(view)}")
        return Headline(title, (f"{capitalised(until)}. Choisissez votre commune pour voir les plus proches.",))
    return Headline(_with_filters(view, _nearest_text(view)), (f"{_with_filters(view, _near_text(view, until))}.",))


def _nearest_text(view: FinderView) -> str:
    """« À 12 km de Sées (Orne) : « La Grange » », « À Sées même : « La Grange » »."""
    nearest = view.found.places[0]
    name = quote_french(nearest.values["name"])
    if view.commune and nearest.values["commune_code"] == view.commune.code:
        return f"À {view.commune_text} même{NARROW}: {name}"
    return f"{capitalised(distance_text(nearest, view.commune))} de {view.commune_text}{NARROW}: {name}"


def _near_text(view: FinderView, until: str) -> str:
    reach = f"à moins de {number(NEAR_KM)}{NARROW}km de {view.commune_text}, à vol d’oiseau, {until}"
    near = len(view.found.near)
    if not near:
        return f"Aucun tiers-lieu labellisé{_offering(view)} {reach}"
    return f"{count(near, 'tiers-lieu labellisé', 'tiers-lieux labellisés')}{_offering(view)} {reach}"


def _offering(view: FinderView) -> str:
    return f" {view.services_text}" if view.services_text else ""


def _where(view: FinderView) -> str:
    return territory_text(view.page_request.selection, view.page_request.options)


def _with_filters(view: FinderView, sentence: str) -> str:
    return add_filters(sentence, view.page_request.selection, view.page_request.options, INDICATORS)
