"""The indicators again, computed from the raw live rows in the plainest way: loops, no roll-up, no SQL aggregate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data import schema
from data.selection import Selection
from data.types import month_end, months_between
from tests.naive.aid_files import list_files, list_steps

LABEL_ORDER = ["awarded", "renewed", "withdrawn", "expired"]
HOLDERS = {"public": "public", "private": "prive", "nonprofit": "associatif"}


@dataclass(frozen=True)
class Facts:
    """The live rows, as people would list them, each with dep, epci, holder_type, typologies.

    `labels` are the (day, step) of each place; `files` and `steps` are those of aid; `communes` is a frame;
    `activities` are those of partners, `open_events` those of open agendas; `epn` those in a commune of Normandie;
    `presences` the ids of the places present at each of the `meetings` of managers;
    `criteria` and `declarations` those of the service standard; `partners` those of the list.
    """

    places: list[Any]
    labels: dict[int, list[tuple[date, str]]]
    files: list[Any]
    steps: list[Any]
    votes: list[Any]
    envelopes: list[Any]
    attendance: list[Any]
    communes: pd.DataFrame
    targets: list[Any]
    activities: list[Any]
    open_events: list[Any]
    epn: list[Any]
    meetings: list[Any]
    presences: dict[str, set[int]]
    needs: list[Any]
    roadmap: list[Any]
    criteria: list[Any]
    declarations: list[Any]
    partners: list[Any]
    agreements: list[Any]


def read_facts(connection: Connection) -> Facts:
    def frame(table: Any) -> pd.DataFrame:
        query = select(table).where(table.c.ended_by.is_(None)) if "ended_by" in table.c else select(table)
        rows = connection.execute(query)
        return pd.DataFrame(rows.all(), columns=list(rows.keys()), dtype=object)

    communes = frame(schema.commune)
    where = communes.set_index("code")[["dep", "epci"]]
    places = frame(schema.place_version).join(where, on="commune")
    attendance = frame(schema.attendance).merge(places[["place_id", "dep", "epci", "holder_type", "typologies"]])
    money = (schema.aid, schema.aid_version, schema.aid_step, schema.scheme_version)
    files = list_files({table.name: frame(table) for table in money}, places, where)
    steps = list_steps(files)
    labels: dict[int, list[tuple[date, str]]] = {}
    for event in frame(schema.label_event).itertuples():
        labels.setdefault(event.place_id, []).append((event.day, event.step))
    by_id = {place.place_id: place for place in places.itertuples()}
    activities = [_located(one, by_id, where) for one in frame(schema.activity).itertuples()]
    presences: dict[str, set[int]] = {}
    for present in frame(schema.meeting_place).itertuples():
        presences.setdefault(present.reference, set()).add(present.place_id)
    return Facts(
        list(places.itertuples()),
        labels,
        files,
        steps,
        [one for one in steps if one.step == "vote"],
        list(frame(schema.envelope).itertuples()),
        list(attendance.itertuples()),
        communes,
        list(frame(schema.target).itertuples()),
        [one for one in activities if one.partner is not None],
        [one for one in activities if one.partner is None],
        list(frame(schema.mediation_place).join(where, on="commune", how="inner").itertuples()),
        list(frame(schema.network_meeting).itertuples()),
        presences,
        [_located(one, by_id, where) for one in frame(schema.need).itertuples()],
        list(frame(schema.roadmap_action).itertuples()),
        list(frame(schema.standard_criterion).itertuples()),
        list(frame(schema.standard_declaration).itertuples()),
        list(frame(schema.partner_version).itertuples()),
        list(frame(schema.agreement).itertuples()),
    )


def _located(row: Any, places: dict[Any, Any], where: pd.DataFrame) -> Any:
    """A row with the scope of its place, else of its own commune, if any."""
    place = places.get(row.place_id)
    commune = place.commune if place else getattr(row, "commune", None)
    known = commune in where.index
    scope = {
        "dep": where.loc[commune, "dep"] if known else "-",
        "epci": where.loc[commune, "epci"] if known else "-",
        "holder_type": place.holder_type if place else "-",
        "typologies": place.typologies if place else "",
    }
    return SimpleNamespace(**row._asdict(), **scope)


def kept(row: Any, selection: Selection) -> bool:
    """Whether the filters keep a row."""
    typologies = selection.codes("typologie")
    schemes = selection.codes("dispositif")
    partners = selection.codes("partenaire")
    themes = selection.codes("theme")
    return (
        (not selection.codes("dep") or row.dep in selection.codes("dep"))
        and (not selection.codes("epci") or row.epci in selection.codes("epci"))
        and (not selection.codes("porteur") or HOLDERS.get(row.holder_type) in selection.codes("porteur"))
        and (not typologies or any(f"|{one}|" in row.typologies for one in typologies))
        and (not schemes or not hasattr(row, "scheme") or row.scheme in schemes)
        and (not partners or not hasattr(row, "partner") or row.partner in partners)
        and (not themes or not hasattr(row, "theme") or row.theme in themes)
    )


def labelled(facts: Facts, place: Any, day: date) -> bool:
    """The definition of « Label at a date », word for word."""
    if place.closed is not None and place.closed <= day:
        return False
    happened = [event for event in facts.labels.get(place.place_id, []) if event[0] <= day and event[1] in LABEL_ORDER]
    dated = [(when, LABEL_ORDER.index(step)) for when, step in happened]
    return bool(dated) and max(dated)[1] <= 1


def lieux_labellises(facts: Facts, selection: Selection, until: date | None = None) -> list[Any]:
    day = until or selection.until
    return [place for place in facts.places if kept(place, selection) and labelled(facts, place, day)]


def during(day: date, selection: Selection) -> bool:
    return (selection.since or date.min) <= day <= selection.until


def aides_votees(facts: Facts, selection: Selection, *steps: str) -> list[Any]:
    """The steps of the levers, the Région's money, in the period."""
    kinds = steps or ("vote", "amendment")
    return [
        one
        for one in facts.steps
        if one.lever and one.step in kinds and kept(one, selection) and during(one.day, selection)
    ]


def months_of(selection: Selection, first: int) -> list[int]:
    """The months that lie wholly within the dates."""
    last = selection.until.year * 100 + selection.until.month
    return [
        month
        for month in months_between(first, last)
        if month_end(month) <= selection.until
        and (selection.since is None or date(month // 100, month % 100, 1) >= selection.since)
    ]


def reports(facts: Facts, selection: Selection, unit: str) -> list[Any]:
    months = set(months_of(selection, 200001))
    return [
        row
        for row in facts.attendance
        if row.unit == unit
        and row.audience == ""
        and row.starts.year * 100 + row.starts.month in months
        and kept(row, selection)
    ]


def expected(facts: Facts, selection: Selection) -> list[tuple[Any, int]]:
    """(place, month) for each month during which the place was labelled, be it one day."""
    pairs = []
    for place in facts.places:
        if not kept(place, selection):
            continue
        turning = [day for day, _step in facts.labels.get(place.place_id, [])]
        if not turning:
            continue
        for month in months_of(selection, min(turning).year * 100 + min(turning).month):
            first, last = date(month // 100, month % 100, 1), month_end(month)
            days = {first, last, *(day for day in turning if first <= day <= last)}
            if any(labelled(facts, place, day) for day in days):
                pairs.append((place, month))
    return pairs
