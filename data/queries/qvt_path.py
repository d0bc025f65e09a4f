"""The path of a project with Aract, from the prior meeting to Services numériques."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, and_, case, func, literal, select, type_coerce

from data.engine import cached_on_snapshot
from data.facts.scope import standard_columns
from data.filters import ACTIVITY_FILTERS
from data.rules.aid import MEETING_PARTNER
from data.schema import aid_file, aract_path, commune, is_live, place, place_version
from data.selection import Selection
from data.selection.periods import year_before
from data.types import Day

PATH_STEPS = {  # column of its day -> French name, in order
    "met": "Rencontre préalable",
    "enriched": "Cahier des charges enrichi",
    "voted": "Aide Émergence votée",
    "equipped": "Équipement mandaté",
    "digital": "Services numériques voté",
}
NO_PLACE_NAME = "Projet sans lieu connu"


def path_rows(selection: Selection) -> Select[Any]:
    """One row per project first met by Aract in the period that the selection keeps: a place, or a holder without one.

    `code` (of its first meeting); `name` and `place_code` of its place, else of that of its file of Services
    numériques; `commune`; the first day of each of PATH_STEPS, null when after `until`; `last_step`, the name of the
    furthest one; `emergence_reference` and `digital_reference`, of the files of these votes.
    """
    projects = _projects().subquery("projects")
    emergence, digital = aid_file.alias("emergence"), aid_file.alias("digital")
    days = {step: case((projects.c[step] <= selection.until, projects.c[step])) for step in PATH_STEPS}
    place_id = func.coalesce(projects.c.place_id, digital.c.place_id)
    reached = [(days[step].is_not(None), literal(name)) for step, name in reversed(PATH_STEPS.items())]
    return (
        select(
            projects.c.code,
            func.coalesce(place_version.c.name, NO_PLACE_NAME).label("name"),
            place.c.code.label("place_code"),
            func.coalesce(commune.c.name, projects.c.commune_name).label("commune"),
            *(type_coerce(day, Day).label(step) for step, day in days.items()),
            case(*reached).label("last_step"),
            emergence.c.reference.label("emergence_reference"),
            digital.c.reference.label("digital_reference"),
        )
        .select_from(projects)
        .outerjoin(emergence, and_(emergence.c.aid_id == projects.c.emergence_id, days["voted"].is_not(None)))
        .outerjoin(digital, and_(digital.c.aid_id == projects.c.digital_id, days["digital"].is_not(None)))
        .outerjoin(place, place.c.place_id == place_id)
        .outerjoin(place_version, and_(place_version.c.place_id == place.c.place_id, is_live(place_version)))
        .outerjoin(commune, commune.c.code == place_version.c.commune)
        .where(*selection.where(projects.c, ACTIVITY_FILTERS), projects.c.met <= selection.until)
        .where(*([projects.c.met >= selection.since] if selection.since else []))
    )


def _projects() -> Select[Any]:
    """One row per project, with the columns by which filters narrow activities: those of its prior meeting, in its
    place, else in the commune of its first meeting.
    """
    return (
        select(
            *aract_path.c,
            literal(MEETING_PARTNER).label("partner"),
            literal("prior_meeting").label("kind"),
            commune.c.name.label("commune_name"),
            *standard_columns(place_version.c.holder_type, place_version.c.typologies),
        )
        .select_from(aract_path)
        .outerjoin(place_version, and_(place_version.c.place_id == aract_path.c.place_id, is_live(place_version)))
        .outerjoin(commune, commune.c.code == func.coalesce(place_version.c.commune, aract_path.c.commune))
    )


@cached_on_snapshot
def read_path_counts(connection: Connection, selection: Selection) -> tuple[dict[str, int], int]:
    """The number of projects that reached each of PATH_STEPS by `until`, in order, and that of the projects first met
    in the last twelve months.
    """
    rows = path_rows(selection).subquery("path")
    recent = func.sum(case((rows.c.met > year_before(selection.until), 1), else_=0))
    *counts, recent_count = connection.execute(
        select(*(func.count(rows.c[step]) for step in PATH_STEPS), func.coalesce(recent, 0))
    ).one()
    return dict(zip(PATH_STEPS, counts, strict=True)), int(recent_count)
