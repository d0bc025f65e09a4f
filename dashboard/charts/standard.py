"""The service standard in labelled places: what is missing most, and where it is met."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.compared_territories import message_without_place
from dashboard.charts.coverage import MIN_PLACES_FOR_RATE
from dashboard.charts.drill import Drill, NoDrill
from dashboard.charts.heights import height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import capitalised
from dashboard.charts.place_phrases import PlaceVerb, labelled_places_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import FrameRow, records
from dashboard.figures.stacks import draw_criteria_in_parts
from dashboard.figures.territories import TerritoryRateLabels, draw_territory_rates
from dashboard.urls import STANDARD_PATH
from data.i18n import NARROW, agree, count, number, percent, sentence_list
from data.indicators.standard import STANDARD_RESPECTE
from data.queries.indicators import read_value
from data.queries.standard import (
    read_criterion_counts,
    read_standard_shares_by_departement,
    read_whole_standard_share,
)
from data.selection import FilterOptions, Selection
from data.units import PLACES, SHARE

MAX_NAMED_CRITERIA = 2  # equally missing, in a sentence; more are counted
KNOWN_PLACE = "dont tous les critères obligatoires sont renseignés"
_MEET = PlaceVerb(
    "respecte le standard",
    "respectent le standard",
    all="respectent le standard",
    none="ne respecte le standard",
    only_one_not="ne respecte pas le standard",
)
_CRITERION_COLUMNS = ["name", "compulsory", "missing", "met", "unknown", "places"]
_DEPARTEMENT_COLUMNS = ["name", "met", "known", "places", "rate", "has_few_cases", "remark", "dep"]


def read_criteria(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per criterion in force at `until`, the most often missing first: `name`, `compulsory` (oui, non), the
    numbers of labelled places `missing`, `met` and `unknown`, `places` (all of them). Empty without any labelled place.
    """
    rows = [
        (
            one.label if one.is_compulsory else f"{one.label}, facultatif",
            "oui" if one.is_compulsory else "non",
            *(one.missing, one.met, one.unknown),
            one.missing + one.met + one.unknown,
        )
        for one in read_criterion_counts(connection, selection)
    ]
    return pd.DataFrame(rows, columns=_CRITERION_COLUMNS, dtype=object)


def criteria_finding(frame: pd.DataFrame) -> str:
    """Of the compulsory criteria (of all, when none is): what is missing most; else what is least known; else that
    everything is met.
    """
    compulsory = [row for row in records(frame) if row["compulsory"] == "oui"]
    rows = compulsory or records(frame)
    one, many = (" obligatoire", " obligatoires") if compulsory else ("", "")
    missing, unknown = (_most_often(rows, part) for part in ("missing", "unknown"))
    if missing:
        most = agree(len(missing), f"Critère{one} qui manque le plus", f"Critères{many} qui manquent le plus")
        return f"{most}{NARROW}: {_criteria_text(missing)} ({_places_text(missing[0], 'missing')})"
    if unknown:
        least = agree(len(unknown), f"le critère{one} le moins renseigné", f"les critères{many} les moins renseignés")
        where = f"à vérifier dans {_places_text(unknown[0], 'unknown')}"
        verb = agree(len(unknown), "est", "sont")
        return f"Aucun critère{one} ne manque{NARROW}; {least} {verb} {_criteria_text(unknown)} ({where})"
    standard = (
        f"le critère{one} du standard" if len(rows) == 1 else f"les {number(len(rows))} critères{many} du standard"
    )
    if rows[0]["places"] == 1:
        return f"Le seul lieu labellisé respecte {standard}"
    return f"Les {number(rows[0]['places'])} lieux labellisés respectent {standard}"


def _most_often(rows: list[FrameRow], part: str) -> list[FrameRow]:
    """The criteria with the most places in a part; none when it has no place."""
    most = max(row[part] for row in rows)
    return [row for row in rows if row[part] == most] if most else []


def _criteria_text(criteria: list[FrameRow]) -> str:
    if len(criteria) > MAX_NAMED_CRITERIA:
        return f"{number(len(criteria))} critères à égalité"
    return sentence_list([f"«{NARROW}{row['name']}{NARROW}»" for row in criteria])


def _places_text(criterion: FrameRow, part: str) -> str:
    return f"{count(criterion[part], 'lieu', 'lieux')} sur {number(criterion['places'])}"


def describe_criteria(frame: pd.DataFrame) -> str:
    parts = f"{NARROW}; ".join(
        f"{row['name']}, {number(row['missing'])} sur {number(row['places'])} en manquent, "
        f"{number(row['unknown'])} {agree(row['unknown'], 'inconnu', 'inconnus')}"
        for row in records(frame)
    )
    return f"Barres des lieux labellisés, par critère du standard{NARROW}: {parts}."


def read_empty_cause(connection: Connection, selection: Selection) -> str | None:
    """Why labelled places have no known standard; None without any labelled place."""
    if not read_whole_standard_share(connection, selection).labelled:
        return None
    return capitalised(read_value(connection, STANDARD_RESPECTE, selection).reason or "") or None


def read_standard_by_departement(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per département with a labelled place at `until`, by code: `name`, `met` (places that meet the whole
    standard), `known` (of which every compulsory criterion is known), `places` (labelled), `rate` (None: none is
    known), `has_few_cases`, `remark`, `dep` (its code). The attribute `whole` is the rate of the Région. Empty when no
    place is known.
    """
    shares = read_standard_shares_by_departement(connection, selection)
    rows = [
        (
            options.label("dep", code),
            *share,
            share.met / share.known if share.known else None,
            0 < share.known < MIN_PLACES_FOR_RATE,
            "peu de cas" if 0 < share.known < MIN_PLACES_FOR_RATE else "",
            code,
        )
        for code, share in shares.items()
    ]
    frame = pd.DataFrame(
        rows if any(share.known for share in shares.values()) else [], columns=_DEPARTEMENT_COLUMNS, dtype=object
    )
    frame.attrs["whole"] = read_value(connection, STANDARD_RESPECTE, selection.without_territory()).value
    return frame


def standard_by_departement_finding(frame: pd.DataFrame) -> str:
    """The lowest and the highest share; with one département known, its numbers."""
    known = [row for row in records(frame) if row["known"]]
    if len(known) == 1:
        return f"{known[0]['name']}{NARROW}: {met_text(known[0]['met'], known[0]['known'])}"
    least, most = (pick(known, key=lambda row: row["rate"]) for pick in (min, max))
    few = f"{NARROW}; peu de cas" if least["has_few_cases"] or most["has_few_cases"] else ""
    if least["rate"] == most["rate"]:
        return f"Partout, {percent(most['rate'])} des lieux {KNOWN_PLACE} respectent le standard{few}"
    return (
        f"De {percent(least['rate'])} ({least['name']}) à {percent(most['rate'])} ({most['name']}) des lieux "
        f"{KNOWN_PLACE} respectent le standard{few}"
    )


def met_text(met: int, known: int) -> str:
    """« 21 lieux labellisés sur les 27 dont tous les critères obligatoires sont renseignés respectent le standard »."""
    return labelled_places_text(met, known, _MEET, KNOWN_PLACE)


def describe_standard_by_departement(frame: pd.DataFrame) -> str:
    parts = f"{NARROW}; ".join(
        f"{row['name']} {SHARE.value_text(row['rate'])} ({_known_text(row)})" for row in records(frame)
    )
    return f"Barres, par département, de la part des lieux labellisés qui respectent le standard{NARROW}: {parts}."


def _known_text(row: FrameRow) -> str:
    return f"{number(row['met'])} sur {number(row['known'])}"


STANDARD_PARTS = (  # labelled places by what is known of a criterion
    TableColumn("missing", "Manquant", "value", PLACES),
    TableColumn("met", "Respecté", "value", PLACES),
    TableColumn("unknown", "Inconnu", "value", PLACES),
)
CHARTS = (
    Chart(
        slug="criteres-du-standard",
        subtitle="Lieux labellisés à la date, par critère du standard en vigueur",
        read=read_criteria,
        finding=criteria_finding,
        describe=describe_criteria,
        draw=partial(
            draw_criteria_in_parts,
            names={column.name: column.header.lower() for column in STANDARD_PARTS},
        ),
        office=OfficeChart("bar", ("name",), tuple(column.name for column in STANDARD_PARTS), stacked=True),
        columns=(
            TableColumn("name", "Critère"),
            TableColumn("compulsory", "Obligatoire"),
            *STANDARD_PARTS,
            TableColumn("places", "Lieux labellisés", "value", PLACES),
        ),
        indicators=("standard-respecte",),
        drill=NoDrill("Aucun filtre ne distingue les critères"),
        empty_message=message_without_place,
        read_empty_cause=read_empty_cause,
        height=height_of_rows(3.4, 2.5),
        pages=(STANDARD_PATH,),
    ),
    Chart(
        slug="standard-par-departement",
        subtitle=f"Part qui respecte le standard, parmi les lieux labellisés {KNOWN_PLACE}",
        read=read_standard_by_departement,
        finding=standard_by_departement_finding,
        describe=describe_standard_by_departement,
        draw=partial(
            draw_territory_rates,
            labels=TerritoryRateLabels(
                SHARE, _known_text, none="aucun lieu", few="peu de cas (moins de 5 lieux)", whole="Normandie"
            ),
        ),
        office=OfficeChart("bar", ("name",), ("rate",)),
        columns=(
            TableColumn("name", "Département"),
            TableColumn("met", "Respectent le standard", "value", PLACES),
            TableColumn("known", "Tous critères renseignés", "value", PLACES),
            TableColumn("places", "Lieux labellisés", "value", PLACES),
            TableColumn("rate", "Part qui respecte le standard", "value", SHARE),
            TableColumn("remark", "Remarque"),
        ),
        indicators=("standard-respecte",),
        drill=Drill(filters=("dep",), listing="standard"),
        empty_message=message_without_place,
        read_empty_cause=read_empty_cause,
        height=height_of_rows(1.9, 4),
        pages=(STANDARD_PATH,),
    ),
)
