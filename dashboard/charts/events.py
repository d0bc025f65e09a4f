"""Lively places: the labelled places with an event open to the public in the last three months, by territory."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.compared_territories import message_without_place, read_territories
from dashboard.charts.drill import Drill, territory_codes
from dashboard.charts.heights import height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import capitalised
from dashboard.charts.place_phrases import labelled_places_text, past_verb
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import FrameRow, records
from dashboard.figures.stacks import draw_places_in_parts
from dashboard.urls import AGENDA_PATH
from data.i18n import NARROW, number, percent, uncapitalised
from data.model.groups import territory_groups
from data.queries.labelled_share import read_labelled_shares
from data.queries.lively_places import read_lively_places
from data.selection import FilterOptions, Selection
from data.units import PLACES, SHARE

_COLUMNS = ["name", "lively", "quiet", "places", "share", "dep", "epci"]


def read_lively_places_by_territory(
    connection: Connection, selection: Selection, _options: FilterOptions
) -> pd.DataFrame:
    """One row per territory with labelled places at the date: `name`, `lively` (places with an event in the last three
    months), `quiet` (the others), `places`, `share` (of them with an event), `dep` and `epci` (its code, in one
    of them). Empty without any labelled place.
    """
    level, areas = read_territories(connection, selection)
    codes = [area.code for area in areas]
    shares = read_labelled_shares(connection, territory_groups(selection, level, codes), read_lively_places)
    rows = [
        (
            area.name,
            *(share.met, share.labelled - share.met, share.labelled, share.met / share.labelled),
            *territory_codes(level, area.code),
        )
        for area in areas
        if (share := shares[area.code]).labelled
    ]
    return pd.DataFrame(rows, columns=_COLUMNS, dtype=object)


def lively_places_finding(frame: pd.DataFrame) -> str:
    """The number of places with an event, and their share."""
    lively, places = (sum(frame[name].tolist()) for name in ("lively", "places"))
    hosted = past_verb("accueilli un évènement", "accueilli d’évènement")
    text = capitalised(labelled_places_text(lively, places, hosted))
    share_text = f", soit {percent(lively / places)}" if 0 < lively < places else ""
    return f"{text} depuis trois mois{share_text}"


def describe_lively_places(frame: pd.DataFrame) -> str:
    parts = ", ".join(_territory_text(row) for row in records(frame))
    bars = "Barres des lieux labellisés qui ont accueilli un évènement depuis trois mois, par territoire"
    return f"{bars}{NARROW}: {parts}."


def _territory_text(row: FrameRow) -> str:
    return f"{row['name']} {number(row['lively'])} sur {number(row['places'])} ({percent(row['share'])})"


PARTS = (
    TableColumn("lively", "Au moins un évènement", "value", PLACES),
    TableColumn("quiet", "Aucun évènement connu", "value", PLACES),
)
LIVELY_PLACES = Chart(
    slug="lieux-animes-par-territoire",
    subtitle="Lieux labellisés à la date, selon qu’un évènement ouvert au public y a eu lieu dans les trois mois",
    read=read_lively_places_by_territory,
    finding=lively_places_finding,
    describe=describe_lively_places,
    draw=partial(draw_places_in_parts, names={column.name: uncapitalised(column.header) for column in PARTS}),
    office=OfficeChart("bar", ("name",), ("lively", "quiet"), stacked=True),
    columns=(
        TableColumn("name", "Territoire"),
        TableColumn("places", "Lieux labellisés", "value", PLACES),
        *PARTS,
        TableColumn("share", "Part des lieux animés", "value", SHARE),
    ),
    indicators=("lieux-animes",),
    drill=Drill(filters=("dep", "epci"), indicator="lieux-animes"),
    empty_message=message_without_place,
    height=height_of_rows(2, 3.5),
    pages=(AGENDA_PATH,),
)
CHARTS = (LIVELY_PLACES,)
