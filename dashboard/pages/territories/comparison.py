"""The values by which the tiles of a territory are read: the Région's, the median of the territories of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.coverage import MIN_PLACES_FOR_RATE
from dashboard.components.headline import due_date_text
from dashboard.components.parts import UNKNOWN_VALUE
from dashboard.components.tile import Tile
from dashboard.requests.page_request import PageRequest
from data.facts.label import LABELLED_COUNT
from data.i18n import NARROW, count, number
from data.indicators import Indicator
from data.indicators.aid_files import AIDE_PAR_HABITANT
from data.indicators.attendance import VISITES_PAR_POSTE
from data.indicators.coverage import LABELLISES_POUR_100000, POPULATION_15KM
from data.model.facts import MeasuredValue
from data.queries.comparable_places import last_twelve_months
from data.queries.indicators import read_value
from data.queries.measures import read_measure
from data.queries.pace import TARGET_INDICATOR
from data.queries.peer_median import PeerMedian, read_peer_median
from data.queries.target_position import TargetPosition
from data.queries.targets import read_target
from data.selection import Selection
from data.types import TERRITORY_COLUMNS, TerritoryColumn

PEER_NAMES: dict[TerritoryColumn, str] = {"dep": "départements", "epci": "intercommunalités"}


@dataclass(frozen=True)
class Comparable:
    """What a tile is compared by: an indicator that does not grow with the size of a territory. `label` names its value
    there (empty: it is the value of the tile itself).
    """

    indicator: Indicator
    label: str = ""
    over_year: bool = False  # the tile is over the last twelve whole months

    def selection(self, selection: Selection) -> Selection:
        """The selection of the tile."""
        return last_twelve_months(selection).with_codes("unite", ()) if self.over_year else selection


LABELLED = Comparable(LABELLISES_POUR_100000, f"Pour 100{NARROW}000 habitants")
NEAR = Comparable(POPULATION_15KM)
VOTED = Comparable(AIDE_PAR_HABITANT, "Par habitant")
VISITS = Comparable(VISITES_PAR_POSTE, "Par poste et par mois", over_year=True)


def with_comparison(page_request: PageRequest, tile: Tile, comparable: Comparable) -> Tile:
    """The tile with its values of comparison. A territory is compared with the Région and with those of its kind; the
    Région is compared with its départements and its intercommunalités.
    """
    selection = comparable.selection(page_request.selection)
    return replace(tile, comparison=tuple(_comparison(page_request, tile, comparable, selection)))


def _comparison(
    page_request: PageRequest, tile: Tile, comparable: Comparable, selection: Selection
) -> Iterator[tuple[str, str]]:
    connection, indicator = page_request.connection, comparable.indicator
    if comparable.label and tile.value != UNKNOWN_VALUE:
        own = read_value(connection, indicator, selection)
        few_text = " (peu de cas)" if comparable is LABELLED and _has_few_places(page_request) else ""
        yield f"{comparable.label}{few_text}", _value_text(indicator, own)
    kinds = chosen_kinds(selection)
    if kinds != TERRITORY_COLUMNS:
        yield "Normandie", _value_text(indicator, read_value(connection, indicator, selection.without_territory()))
    for column in kinds:
        peer_median = read_peer_median(connection, indicator, selection, column, page_request.options)
        yield median_label(peer_median, column), median_text(peer_median, indicator)


def chosen_kinds(selection: Selection) -> Sequence[TerritoryColumn]:
    """The kinds of territories with which the selected territory is compared."""
    chosen = [column for column in TERRITORY_COLUMNS if selection.codes(column)]
    return chosen or TERRITORY_COLUMNS


def _has_few_places(page_request: PageRequest) -> bool:
    places = read_measure(page_request.connection, LABELLED_COUNT, page_request.selection).value or 0
    return 0 < places < MIN_PLACES_FOR_RATE


def _value_text(indicator: Indicator, reading: MeasuredValue) -> str:
    return reading.reason or "" if reading.value is None else _number_text(indicator, reading.value)


def _number_text(indicator: Indicator, value: float) -> str:
    """The value with its unit, an exact zero without decimals."""
    text = indicator.unit.value_text(value)
    return text if value else re.sub(r"^0,0+", "0", text)


def median_label(peer_median: PeerMedian, column: TerritoryColumn) -> str:
    """« Médiane des 5 départements », « Médiane de 12 intercommunalités sur 69 »."""
    if peer_median.known == peer_median.peers:
        return f"Médiane des {number(peer_median.peers)} {PEER_NAMES[column]}"
    if peer_median.value is None:
        return f"Médiane des {PEER_NAMES[column]}"
    return f"Médiane de {number(peer_median.known)} {PEER_NAMES[column]} sur {number(peer_median.peers)}"


def median_text(peer_median: PeerMedian, indicator: Indicator) -> str:
    """The median, or the reason why there is none."""
    if peer_median.value is not None:
        return _number_text(indicator, peer_median.value)
    known = f"{count(peer_median.known, 'valeur connue', 'valeurs connues')} sur {number(peer_median.peers)}"
    return f"non calculée, {known}"


def regional_target_text(page_request: PageRequest, position: TargetPosition) -> str:
    """« La Région vise 50 tiers-lieux labellisés fin 2021 ; ce territoire en compte 3 », for a territory without a
    target of its own; empty without a regional target.
    """
    selection = page_request.selection
    target = read_target(page_request.connection, TARGET_INDICATOR, selection.without_territory())
    if position.target or position.missing_reason or target is None or selection == selection.without_territory():
        return ""
    aims = "vise" if selection.until <= target.due else "visait"
    places = count(target.value, "tiers-lieu labellisé", "tiers-lieux labellisés")
    have = f"en compte {number(position.labelled)}" if position.labelled else "n’en compte aucun"
    return f"La Région {aims} {places} {due_date_text(target.due)}{NARROW}; ce territoire {have}"
