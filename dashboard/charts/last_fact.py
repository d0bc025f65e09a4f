"""Labelled places by their last fact of a kind (an activity, a meeting), by territory: of the year, older, none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.compared_territories import message_without_place, read_territories
from dashboard.charts.drill import Drill, territory_codes
from dashboard.charts.heights import height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import capitalised
from dashboard.charts.place_phrases import labelled_places_text, no_labelled_place, past_verb
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import records
from dashboard.figures.stacks import draw_places_in_parts
from data.i18n import NARROW, agree, count, number, sentence_list, uncapitalised
from data.queries.follow_up import FollowUp
from data.selection import FilterOptions, Selection
from data.types import TerritoryColumn
from data.units import PLACES

_PARTS = ("recent", "older", "never")
_COLUMNS = ["name", *_PARTS, "places", "dep", "epci"]


@dataclass(frozen=True)
class LastFact:
    """A fact that places have from time to time, and its chart: how places are counted by code of territory, words
    after « a », « n’a jamais », « n’a » and « Barres des lieux labellisés », headers of recent, older and no facts.
    """

    read: Callable[[Connection, Selection, TerritoryColumn], Mapping[str, FollowUp]]
    done: str
    never_done: str
    none_done: str
    bars: str
    headers: tuple[str, str, str]
    slug: str
    subtitle: str
    indicators: tuple[str, ...]
    path: str

    def read_by_territory(self, connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
        """One row per territory with labelled places at the date: `name`, `recent` (places with a fact in the last
        twelve months), `older` (an older one only), `never`, `places`, `dep` and `epci` (its code, in one of them).
        Empty without any labelled place.
        """
        level, areas = read_territories(connection, selection)
        counts = self.read(connection, selection, level)
        rows = [
            (area.name, *counts[area.code], sum(counts[area.code]), *territory_codes(level, area.code))
            for area in areas
            if area.code in counts
        ]
        return pd.DataFrame(rows, columns=_COLUMNS, dtype=object)

    def finding(self, frame: pd.DataFrame) -> str:
        """The number of labelled places without any fact for a year."""
        places, recent, never = (sum(frame[name].tolist()) for name in ("places", "recent", "never"))
        if recent == places:
            return f"{capitalised(labelled_places_text(recent, places, past_verb(self.done)))} depuis un an"
        if never == places:
            return f"{capitalised(no_labelled_place(places))} n’a jamais {self.never_done}"
        absent = places - recent
        places_text = f"{count(absent, 'lieu labellisé', 'lieux labellisés')} sur {number(places)}"
        text = f"{places_text} {agree(absent, 'n’a', 'n’ont')}"
        if never == absent:
            return f"{text} jamais {self.never_done}"
        return f"{text} {self.none_done} depuis un an{f', dont {number(never)} jamais' if never else ''}"

    def describe(self, frame: pd.DataFrame) -> str:
        parts = [f"{row['name']} {number(row['recent'])} sur {number(row['places'])}" for row in records(frame)]
        return f"Barres des lieux labellisés {self.bars} depuis un an, par territoire{NARROW}: {sentence_list(parts)}."


def last_fact_chart(fact: LastFact) -> Chart:
    """The chart of a fact, on its page."""
    parts = tuple(TableColumn(name, header, "value", PLACES) for name, header in zip(_PARTS, fact.headers, strict=True))
    return Chart(
        slug=fact.slug,
        subtitle=fact.subtitle,
        read=fact.read_by_territory,
        finding=fact.finding,
        describe=fact.describe,
        draw=partial(draw_places_in_parts, names={part.name: uncapitalised(part.header) for part in parts}),
        office=OfficeChart("bar", ("name",), _PARTS, stacked=True),
        columns=(
            TableColumn("name", "Territoire"),
            TableColumn("places", "Lieux labellisés", "value", PLACES),
            *parts,
        ),
        indicators=fact.indicators,
        drill=Drill(filters=("dep", "epci"), indicator="lieux-labellises"),
        empty_message=message_without_place,
        height=height_of_rows(2, 3.5),
        pages=(fact.path,),
    )
