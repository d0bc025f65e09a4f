"""The whole comparison in one table, and its main indicators beside the whole Région."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.compared import IGNORED_FILTERS, MAX_NAMED_ITEMS, NO_DRILL, with_compared_items
from dashboard.charts.compared_phrases import item_position, rate_text, short_names, subject_names
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import PICTURE
from dashboard.figures.base import records
from dashboard.figures.compared import draw_beside_region
from dashboard.urls import COMPARE_PATH
from data.i18n import NARROW, agree, count, exact_number, number, sentence_list
from data.indicators import INDICATORS
from data.model.cases import RateInterval
from data.model.facts import Measure, Total
from data.queries.compared import ComparedIndicator, is_comparable, read_compared_indicator
from data.selection import COMPARISON_KINDS, FilterOptions, Selection
from data.units import Unit

EXACT = Unit("nombre", "", exact_number)
MAX_DRAWN = 10  # indicators
DRAWN = (  # the first of them that a comparison has are drawn
    "lieux-labellises",
    "population-15km",
    "epci-couverts",
    "standard-respecte",
    "lieux-animes",
    "lieux-au-reseau",
    "aide-par-habitant",
    "taux-aide",
    "depenses-par-euro",
    "effet-levier",
    "delai-premier-mandat",
    "epci-touches",
    "rencontres-vers-emergence",
    "taux-reponse",
    "visites-par-poste",
    "epn-pour-100000",
)
TABLE_COLUMNS = (
    TableColumn("label", "Indicateur"),
    TableColumn("name", "Comparé"),
    TableColumn("text", "Valeur"),
    TableColumn("regional_text", "Normandie"),
    TableColumn("rate_text", "Taux et marge d’erreur à 95\u202f%"),
    TableColumn("rank", "Rang notable", "value", EXACT),
    TableColumn("remark", "Remarque"),
    TableColumn("value", "Valeur exacte", "value", EXACT),
    TableColumn("unit", "Unité"),
    TableColumn("regional", "Valeur exacte, Normandie", "value", EXACT),
)
_COLUMNS = [*(column.name for column in TABLE_COLUMNS), "position", "share"]


def read_comparison_table(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per indicator that has the breakdown and compared item: the columns of TABLE_COLUMNS, `position` (of the
    item in the list of all known ones) and `share` (of the value of the Région; None where it is not drawn).

    The attributes: `names` of the items as subjects, whether they `are_alike`, `ranked` (the number of indicators on
    which two of them at least have a margin) and `notable` (of those on which some differ notably). Empty when no value
    that follows the period is above 0.
    """
    selection = with_compared_items(selection, options)
    compared = [
        read_compared_indicator(connection, indicator, selection, options)
        for indicator in INDICATORS
        if is_comparable(indicator, selection)
    ]
    names = short_names(selection, options)
    has_values = any(value.value for one in compared if one.indicator.time != "undated" for value in one.values)
    drawn = [slug for slug in DRAWN if any(one.indicator.slug == slug and _is_drawable(one) for one in compared)]
    rows = [row for one in compared for row in _rows(one, names, options, one.indicator.slug in drawn[:MAX_DRAWN])]
    frame = pd.DataFrame(rows if has_values else [], columns=_COLUMNS, dtype=object)
    ranked = [one for one in compared if one.are_alike and sum(rate is not None for rate in one.rates) > 1]
    frame.attrs["names"] = subject_names(selection, options)
    frame.attrs["are_alike"] = len({item.filter_key for item in selection.compared}) == 1
    frame.attrs["ranked"] = len(ranked)
    frame.attrs["notable"] = sum(any(one.lower_items(at) for at in range(len(one.items))) for one in ranked)
    return frame


def _is_drawable(compared: ComparedIndicator) -> bool:
    return any(_share(compared, at) is not None for at in range(len(compared.items)))


def has_rates(compared: ComparedIndicator) -> bool:
    """Whether what is compared of a count is its rate per inhabitants."""
    return is_total(compared) and any(rate is not None for rate in compared.rates)


def is_total(compared: ComparedIndicator) -> bool:
    """Whether an indicator is a count or a sum, of which the Région has more than each part of it."""
    measure = compared.indicator.measure
    return isinstance(measure, Measure) and isinstance(measure.value, Total)


def _share(compared: ComparedIndicator, at: int) -> float | None:
    """The value of an item, or its rate, divided by that of the Région; None for a total without rate, and where one of
    the two is unknown or not above 0.
    """
    rate, whole = compared.rates[at], compared.regional_rate
    value: Any = rate.value if rate else compared.values[at].value
    region: Any = whole.value if rate and whole else compared.regional.value
    if value is None or not region or region < 0 or value < 0 or (is_total(compared) and rate is None):
        return None
    return float(value) / float(region)


def _rows(
    compared: ComparedIndicator, names: Sequence[str], options: FilterOptions, is_drawn: bool
) -> Iterator[tuple[Any, ...]]:
    indicator, regional = compared.indicator, compared.regional
    for at, (item, name, value) in enumerate(zip(compared.items, names, compared.values, strict=True)):
        yield (
            indicator.label,
            name,
            indicator.unit.text(value.value),
            indicator.unit.text(regional.value),
            _rate_cell(compared, compared.rates[at]),
            compared.rank(at),
            f"{NARROW}; ".join(part for part in (value.reason, value.note) if part),
            value.value,
            indicator.unit.symbol,
            regional.value,
            item_position(item, options),
            _share(compared, at) if is_drawn else None,
        )


def _rate_cell(compared: ComparedIndicator, rate: RateInterval | None) -> str:
    return "" if rate is None else rate_text(rate, is_count=has_rates(compared))


def comparison_finding(frame: pd.DataFrame) -> str:
    """How many indicators differ notably: « 2 indicateurs sur 16 montrent un écart notable entre l’Eure et l’Orne »."""
    names, ranked, notable = (frame.attrs[name] for name in ("names", "ranked", "notable"))
    between = f"entre {sentence_list(names)}" if len(names) <= MAX_NAMED_ITEMS else "entre eux"
    if not frame.attrs["are_alike"]:
        return "Aucun écart n’est dit notable entre un département et une intercommunalité"
    if not ranked:
        return f"Aucun indicateur n’a de marge d’erreur pour dire un écart notable {between}"
    if not notable:
        indicators = count(ranked, "indicateur", "indicateurs")
        return f"Pas d’écart notable {between}, sur {indicators} dont la marge d’erreur est connue"
    verb = agree(notable, "montre", "montrent")
    return f"{count(notable, 'indicateur', 'indicateurs')} sur {number(ranked)} {verb} un écart notable {between}"


def describe_comparison(frame: pd.DataFrame) -> str:
    drawn = list(dict.fromkeys(row["label"] for row in records(frame) if row["share"] is not None))
    rows = count(len(drawn), "indicateur", "indicateurs")
    return (
        f"Un point par élément comparé, en part de la valeur de la Normandie, pour {rows}. {comparison_finding(frame)}."
    )


COMPARISON_TABLE = Chart(
    slug="comparaison",
    subtitle=(
        "Valeur de chacun rapportée à celle de la Normandie (100\u202f%)\u202f; le tableau a tous les indicateurs"
    ),
    read=read_comparison_table,
    finding=comparison_finding,
    describe=describe_comparison,
    draw=draw_beside_region,
    office=PICTURE,
    columns=TABLE_COLUMNS,
    indicators=("lieux-labellises", "aides-votees", "actions-partenaires", "besoins-ouverts", "visites", "epn"),
    empty_message=lambda selection, _options: f"Aucun indicateur à comparer {period_text(selection)}",
    height="30rem",
    pages=(COMPARE_PATH,),
    needs=("places",),
    optional=tuple(dict.fromkeys(name for indicator in INDICATORS for name in indicator.sources)),
    ignores=IGNORED_FILTERS,
    drill=NO_DRILL,
    compares=tuple(kind.key for kind in COMPARISON_KINDS),
)

CHARTS: tuple[Chart, ...] = (COMPARISON_TABLE,)
