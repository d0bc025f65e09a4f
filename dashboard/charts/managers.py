"""The network of managers: labelled places at its meetings, needs by theme, progress of the roadmap by axis."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill
from dashboard.charts.heights import height_of_rows
from dashboard.charts.last_fact import LastFact, last_fact_chart
from dashboard.charts.model import Chart
from dashboard.charts.phrases import capitalised, period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.base import records
from dashboard.figures.stacks import PLAIN_LIGHT, PLAIN_WRONG_HATCHED, draw_parts
from dashboard.urls import NETWORK_PATH
from data.filters import PLACE_FILTERS
from data.i18n import NARROW, agree, count, day_long, number, percent, sentence_list, uncapitalised
from data.queries.managers import read_needs_by_theme, read_presence_follow_up, read_progress_by_axis
from data.selection import FilterOptions, Selection
from data.units import ACTIVITIES, DAYS, NEEDS

_THEME_COLUMNS = ["name", "waiting", "answered", "delay", "text", "theme"]
_AXIS_COLUMNS = ["name", "done", "late", "to_come", "total", "axe"]


def read_theme_needs(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per theme with a need, those that wait first: `name`, `waiting` (needs without answer at the date),
    `answered` (in the period), `delay` (median days of the latter, None without any), `text` of the delay, `theme` (its
    code).
    """
    needs = read_needs_by_theme(connection, selection)
    rows = [
        (
            capitalised(options.label("theme", code)),
            *of_theme,
            "" if of_theme.delay is None else DAYS.text(of_theme.delay),
            code,
        )
        for code, of_theme in sorted(needs.items(), key=lambda item: (-item[1].waiting, -item[1].answered))
        if of_theme.waiting or of_theme.answered
    ]
    return pd.DataFrame(rows, columns=_THEME_COLUMNS, dtype=object)


def theme_needs_finding(frame: pd.DataFrame) -> str:
    """The needs that wait, and the theme with most of them."""
    rows = records(frame)
    waiting, answered = (sum(row[name] for row in rows) for name in ("waiting", "answered"))
    answers = count(answered, "réponse donnée", "réponses données")
    if not waiting:
        return f"Aucun besoin n’attend de réponse{NARROW}; {answers}"
    wait = f"{count(waiting, 'besoin', 'besoins')} {agree(waiting, 'attend', 'attendent')} une réponse"
    most = [row for row in rows if row["waiting"] == rows[0]["waiting"]]
    if len(most) > 1:
        return f"{wait}{NARROW}; {answers}"
    first = ", d’abord" if len(rows) > 1 else ""
    return f"{wait}{first} sur le thème «{NARROW}{uncapitalised(most[0]['name'])}{NARROW}»{NARROW}; {answers}"


def describe_theme_needs(frame: pd.DataFrame) -> str:
    parts = [
        f"{uncapitalised(row['name'])} {number(row['waiting'])} en attente et {number(row['answered'])} avec réponse"
        for row in records(frame)
    ]
    return f"Barres des besoins par thème, en attente puis avec réponse{NARROW}: {sentence_list(parts)}."


def message_without_need(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucun besoin n’attend de réponse ni n’en a reçu {where} {when}"


def read_axis_progress(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per axis of the roadmap: `name`, `done`, `late` and `to_come` actions at the date, `total`, `axe` (its
    code). An action due that very day is to come; the attribute `due_today` counts them, `abandoned` those that are
    left out. Empty when no action is done, late or due, as before the roadmap.
    """
    progress = read_progress_by_axis(connection, selection)
    axes = sorted(progress.items(), key=lambda item: options.position("axe", item[0]))
    rows = [
        (options.label("axe", code), one.done, one.late, one.not_late, one.done + one.late + one.not_late, code)
        for code, one in axes
        if one.done or one.late or one.not_late
    ]
    has_begun = any(one.done or one.late or one.due_today for one in progress.values())
    frame = pd.DataFrame(rows if has_begun else [], columns=_AXIS_COLUMNS, dtype=object)
    frame.attrs["due_today"] = sum(one.due_today for one in progress.values())
    frame.attrs["abandoned"] = sum(one.abandoned for one in progress.values())
    return frame


def axis_progress_finding(frame: pd.DataFrame) -> str:
    """The actions done and those that are late."""
    done, late, total = (sum(frame[name].tolist()) for name in ("done", "late", "total"))
    text = f"{count(done, 'action faite', 'actions faites')} sur {number(total)} dans la feuille de route"
    if not done:
        roadmap = "de la feuille de route n’est"
        text = (
            f"La seule action {roadmap} pas faite"
            if total == 1
            else f"Aucune des {number(total)} actions {roadmap} faite"
        )
    if not late:
        return f"{text}, aucune en retard"
    return f"{text}, {number(late)} en retard"


def describe_axis_progress(frame: pd.DataFrame) -> str:
    parts = [
        f"{row['name']} {percent(row['done'] / row['total'])} ({number(row['done'])} sur {number(row['total'])})"
        for row in records(frame)
    ]
    return f"Barres des actions par axe{NARROW}: faites, en retard, à venir. Faites{NARROW}: {sentence_list(parts)}."


def axis_progress_note(frame: pd.DataFrame) -> str:
    """« 2 actions à venir sont à échéance ce jour ; 1 action abandonnée à part »."""
    due_today, abandoned = frame.attrs["due_today"], frame.attrs["abandoned"]
    due = count(due_today, "action à venir est", "actions à venir sont")
    parts = [f"{due} à échéance ce jour"] if due_today else []
    parts += [f"{count(abandoned, 'action abandonnée', 'actions abandonnées')} à part"] if abandoned else []
    return f"{NARROW}; ".join(parts)


def message_without_action(selection: Selection, _options: FilterOptions) -> str:
    return f"Aucune action de la feuille de route n’est faite ni à échéance au {day_long(selection.until)}"


NEED_PARTS = (
    TableColumn("waiting", "En attente", "value", NEEDS),
    TableColumn("answered", "Avec réponse", "value", NEEDS),
)
ACTION_PARTS = (
    TableColumn("done", "Faites", "value", ACTIVITIES),
    TableColumn("late", "En retard", "value", ACTIVITIES),
    TableColumn("to_come", "À venir", "value", ACTIVITIES),
)


def _legend(columns: tuple[TableColumn, ...]) -> dict[str, str]:
    return {column.name: uncapitalised(column.header) for column in columns}


PRESENCE = last_fact_chart(
    LastFact(
        read_presence_follow_up,
        done="pris part à une réunion du réseau",
        never_done="pris part à une réunion du réseau",
        none_done="pris part à aucune réunion",
        bars="présents à une réunion",
        slug="presence-reseau",
        subtitle="Lieux labellisés à la date, selon leur dernière réunion du réseau des gérants",
        headers=("Présents dans l’année", "Présents avant", "Jamais présents"),
        indicators=("lieux-au-reseau",),
        path=NETWORK_PATH,
    )
)
CHARTS = (
    PRESENCE,
    Chart(
        slug="besoins-par-theme",
        subtitle="Besoins sans réponse à la date, besoins qui en ont reçu une dans la période, délai médian, par thème",
        read=read_theme_needs,
        finding=theme_needs_finding,
        describe=describe_theme_needs,
        draw=partial(draw_parts, names=_legend(NEED_PARTS), styles=PLAIN_LIGHT, end_text="text"),
        office=OfficeChart("bar", ("name",), ("waiting", "answered"), stacked=True),
        columns=(
            TableColumn("name", "Thème"),
            *NEED_PARTS,
            TableColumn("delay", "Délai médian de réponse", "value", DAYS),
        ),
        indicators=("besoins-ouverts", "delai-reponse"),
        drill=Drill(filters=("theme",), listing="besoins"),
        empty_message=message_without_need,
        height=height_of_rows(2.1, 2.5),
        pages=(NETWORK_PATH,),
    ),
    Chart(
        slug="feuille-de-route-axes",
        subtitle="Actions de la feuille de route du label à la date, par axe",
        read=read_axis_progress,
        finding=axis_progress_finding,
        describe=describe_axis_progress,
        draw=partial(draw_parts, names=_legend(ACTION_PARTS), styles=PLAIN_WRONG_HATCHED),
        office=OfficeChart("bar", ("name",), ("done", "late", "to_come"), stacked=True),
        columns=(
            TableColumn("name", "Axe"),
            TableColumn("total", "Actions", "value", ACTIVITIES),
            *ACTION_PARTS,
        ),
        indicators=("feuille-de-route",),
        drill=Drill(filters=("axe",), listing="feuille-de-route"),
        empty_message=message_without_action,
        ignores=PLACE_FILTERS,
        note=axis_progress_note,
        height=height_of_rows(2.6, 3.2),
        pages=(NETWORK_PATH,),
    ),
)
