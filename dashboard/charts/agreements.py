"""Agreements with partners: in time, and the territories that they cover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.compared_territories import read_territories
from dashboard.charts.drill import Drill, territory_codes
from dashboard.charts.heights import count_distinct, height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import PICTURE
from dashboard.figures.agreements import TimelineWindow, draw_agreement_timeline, draw_coverage_matrix
from dashboard.figures.base import records
from dashboard.urls import PARTNERS_PATH
from data.i18n import NARROW, agree, count, day_long, day_short, number, sentence_list
from data.queries.agreements import read_agreements
from data.queries.partner_coverage import NOT_COVERED, PARTLY, WHOLLY, Coverage, read_coverage
from data.queries.partner_status import STATE_LABELS, read_partner_statuses, short_names, short_partner_name
from data.queries.partners import read_totals_by_territory
from data.selection import FilterOptions, Selection
from data.types import TerritoryColumn
from data.units import ACTIVITIES

AGREEMENT, APPROACHED, UNDATED = "agreement", "approached", "undated"
MARK_LABELS = {AGREEMENT: "convention", APPROACHED: STATE_LABELS["approached"], UNDATED: STATE_LABELS["undated"]}
MAX_NAMED_PARTNERS = 3  # in a sentence
COVERAGE_STATES = {  # by extent, and whether the partner acted there
    (WHOLLY, True): "Couvert, avec action",
    (WHOLLY, False): "Couvert, sans action",
    (PARTLY, True): "Couvert en partie, avec action",
    (PARTLY, False): "Couvert en partie, sans action",
    (NOT_COVERED, True): "Non couvert, avec action",
    (NOT_COVERED, False): "Non couvert",
}
_TIMELINE_COLUMNS = ["partner", "mark", "kind", "since", "until", "purpose", "status", "partenaire"]
_COVERAGE_COLUMNS = ["row", "column", "extent", "state", "actions", "dep", "epci", "partenaire"]


def read_agreement_timeline(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per agreement of the period, and per partner approached or under an agreement without known dates:
    `partner` (short name), `mark` (AGREEMENT, APPROACHED or UNDATED), `kind` (its label), `since` and `until` (None:
    not known, or open), `purpose`, `status` (at the date), `partenaire` (its code). The attribute `window` bounds the
    figure; `contracted` and `approached` are the names of the partners that are so at the date; `single` is the status
    of the only partner, if there is one.
    """
    statuses = read_partner_statuses(connection, selection)
    agreements = read_agreements(connection, selection)
    rows: list[tuple[Any, ...]] = []
    for status in statuses:
        name = status.short_name
        if status.state in (APPROACHED, UNDATED):
            rows.append(
                (name, status.state, MARK_LABELS[status.state], status.since, None, None, status.text, status.code)
            )
        rows += [
            (name, AGREEMENT, MARK_LABELS[AGREEMENT], each.starts, each.ends, each.purpose, status.text, status.code)
            for each in agreements
            if each.partner == status.code
        ]
    frame = pd.DataFrame(rows, columns=_TIMELINE_COLUMNS, dtype=object)
    ends = [each.ends for each in agreements if each.ends and each.is_in_force(selection.until)]
    frame.attrs["window"] = TimelineWindow(selection.since, selection.until, max([selection.until, *ends]))
    frame.attrs["single"] = statuses[0] if len(statuses) == 1 else None
    frame.attrs["contracted"] = short_names([one for one in statuses if one.is_contracted])
    frame.attrs["approached"] = short_names([one for one in statuses if one.state == "approached"])
    return frame


def agreement_timeline_finding(frame: pd.DataFrame) -> str:
    """The partners under an agreement at the date, and those that are only approached; the status of a single one."""
    single = frame.attrs["single"]
    if single:
        return f"«{NARROW}{single.label}{NARROW}»{NARROW}: {single.text}"
    return partners_at_date_text(frame.attrs["contracted"], frame.attrs["approached"], frame.attrs["window"].day)


def partners_at_date_text(
    contracted: Sequence[str], approached: Sequence[str], day: date, words: tuple[str, str] = ("sous convention",) * 2
) -> str:
    """« 2 partenaires sous convention au 31 décembre 2020 : Aract Normandie et Pôle ATEN ; Pôle TES est approché »;
    `words` for those under an agreement, singular and plural.
    """
    number_text = count(len(contracted), "partenaire", "partenaires") if contracted else "Aucun partenaire"
    names = f"{NARROW}: {sentence_list(contracted)}" if 0 < len(contracted) <= MAX_NAMED_PARTNERS else ""
    text = f"{number_text} {agree(len(contracted), *words)} au {day_long(day)}{names}"
    if not approached:
        return text
    others = (
        sentence_list(approached) if len(approached) <= MAX_NAMED_PARTNERS else f"{number(len(approached))} partenaires"
    )
    return f"{text}{NARROW}; {others} {agree(len(approached), 'est approché', 'sont approchés')}"


def describe_agreement_timeline(frame: pd.DataFrame) -> str:
    statuses = dict.fromkeys((row["partner"], row["status"]) for row in records(frame))
    parts = f"{NARROW}; ".join(f"{partner}, {status}" for partner, status in statuses)
    return f"Frise des conventions, une ligne par partenaire{NARROW}: {parts}."


def message_without_agreement(selection: Selection, options: FilterOptions) -> str:
    where, until = territory_text(selection, options), day_long(selection.until)
    return f"Aucun partenaire n’est ni approché ni sous convention {where} au {until}"


def agreement_timeline_note(frame: pd.DataFrame) -> str:
    """The meaning of the line of the date, and of marks that are there."""
    marks = [f"trait vertical{NARROW}: {day_short(frame.attrs['window'].day)}"]
    drawn = set(frame["mark"].tolist())
    marks += [f"rond ouvert{NARROW}: approché"] if APPROACHED in drawn else []
    marks += [f"pointillé{NARROW}: dates non communiquées"] if UNDATED in drawn else []
    return f"{NARROW}; ".join(marks)


def read_coverage_matrix(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per territory and partner with an agreement in force that covers a part of the selection: `row`, `column`
    (short name), `extent` (WHOLLY, PARTLY or NOT_COVERED), `state` (a value of COVERAGE_STATES), `actions` (of the
    period, in the selected part), and the codes `dep` or `epci`, and `partenaire`. The attribute `level` is the level
    of the territories. Empty when no agreement covers the selection.
    """
    level, areas = read_territories(connection, selection)
    coverage = read_coverage(connection, selection, level)
    totals = read_totals_by_territory(connection, selection, level)
    covering = {partner for partner, _code in coverage}
    partners = [one for one in options.by_filter["partenaire"] if one.code in covering]
    rows = []
    for area in areas:
        for partner in partners:
            total = totals.get((partner.code, area.code))
            actions = total.actions if total else 0
            extent = coverage.get((partner.code, area.code), Coverage(0, 1)).extent
            state = COVERAGE_STATES[extent, actions > 0]
            codes = (*territory_codes(level, area.code), partner.code)
            rows.append((area.name, short_partner_name(partner.label), extent, state, actions, *codes))
    frame = pd.DataFrame(rows, columns=_COVERAGE_COLUMNS, dtype=object)
    frame.attrs["level"] = level
    return frame


def coverage_matrix_finding(frame: pd.DataFrame) -> str:
    """The partner that leaves the most of its territories without any activity."""
    covered = [row for row in records(frame) if row["extent"] != NOT_COVERED]
    idle: dict[str, int] = {}
    for row in covered:
        idle[row["column"]] = idle.get(row["column"], 0) + (not row["actions"])
    partner = max(idle, key=lambda name: idle[name])
    mine, level = sum(row["column"] == partner for row in covered), frame.attrs["level"]
    if not idle[partner]:
        subject = "Chaque partenaire sous convention" if len(idle) > 1 else partner
        where = "tous les départements" if level == "dep" else "toutes les intercommunalités"
        return f"{subject} a agi dans {where} que couvre sa convention"
    areas = _idle_areas_text(level, idle[partner], mine)
    return f"{partner} n’a mené aucune action dans {areas} que couvre sa convention"


def _idle_areas_text(level: TerritoryColumn, idle: int, covered: int) -> str:
    """« 3 départements sur les 5 », « une des 15 intercommunalités », « les 5 départements »."""
    plural = "départements" if level == "dep" else "intercommunalités"
    if covered == 1:
        return "le département" if level == "dep" else "l’intercommunalité"
    if idle == 1:
        return f"{'un' if level == 'dep' else 'une'} des {number(covered)} {plural}"
    if idle == covered:
        return f"les {number(covered)} {plural}"
    return f"{number(idle)} {plural} sur les {number(covered)}"


def describe_coverage_matrix(frame: pd.DataFrame) -> str:
    rows = records(frame)
    idle = [f"{row['column']}, {row['row']}" for row in rows if not row["actions"] and row["extent"] != NOT_COVERED]
    size = len(set(frame["row"].tolist())), len(set(frame["column"].tolist()))
    size_text = f"{count(size[0], 'territoire', 'territoires')} et {count(size[1], 'partenaire', 'partenaires')}"
    without = sentence_list(idle) if idle else "aucun"
    return f"Tableau des conventions, {size_text}. Couverts sans action{NARROW}: {without}."


def message_without_coverage(selection: Selection, options: FilterOptions) -> str:
    until = day_long(selection.until)
    return f"Aucune convention datée ne couvre un territoire {territory_text(selection, options)} au {until}"


TIMELINE = Chart(
    slug="conventions-dans-le-temps",
    subtitle="Conventions de chaque partenaire, et partenaires approchés",
    read=read_agreement_timeline,
    finding=agreement_timeline_finding,
    describe=describe_agreement_timeline,
    draw=draw_agreement_timeline,
    office=PICTURE,
    columns=(
        TableColumn("partner", "Partenaire"),
        TableColumn("kind", "Situation"),
        TableColumn("since", "Depuis", "day"),
        TableColumn("until", "Jusqu’au", "day"),
        TableColumn("purpose", "Objet"),
        TableColumn("status", "Statut à la date"),
    ),
    indicators=("actions-partenaires",),
    needs=("partners", "conventions"),
    ignores=("dep", "epci", "porteur", "typologie"),
    drill=Drill(filters=("partenaire",)),
    empty_message=message_without_agreement,
    note=agreement_timeline_note,
    height=height_of_rows(3.2, 2.5, count_distinct("partner")),
    pages=(PARTNERS_PATH,),
)
COVERAGE = Chart(
    slug="couverture-conventions",
    subtitle="Territoires couverts par une convention en cours à la date, et actions du partenaire dans la période",
    read=read_coverage_matrix,
    finding=coverage_matrix_finding,
    describe=describe_coverage_matrix,
    draw=draw_coverage_matrix,
    office=PICTURE,
    columns=(
        TableColumn("row", "Territoire"),
        TableColumn("column", "Partenaire"),
        TableColumn("state", "Couverture"),
        TableColumn("actions", "Actions", "value", ACTIVITIES),
    ),
    indicators=("actions-partenaires",),
    needs=("activities", "partners", "conventions"),
    drill=Drill(filters=("dep", "epci", "partenaire"), indicator="actions-partenaires"),
    empty_message=message_without_coverage,
    height=height_of_rows(2.7, 6.5, count_distinct("row")),
    pages=(PARTNERS_PATH,),
)
CHARTS = (TIMELINE, COVERAGE)
