"""The path of a project with Aract, from the prior meeting to Services numériques."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)

from data.engine import cached_on_snapshot
from data.facts.activity import activity_conditions, prior_meeting_votes
from data.rules.aid import MEETING_PARTNER
from data.schema import activity, activity_row, aid_file, aid_version, commune, is_live, place, place_version
from data.selection import Selection
from data.selection.periods import year_before

DIGITAL_SCHEME = "services-numeriques"
ENRICHING_KINDS = ("support", "qvt_exchange")
PATH_STEPS = {  # column of its day -> French name, in order
    "met": "Rencontre préalable",
    "enriched": "Cahier des charges enrichi",
    "voted": "Aide Émergence votée",
    "equipped": "Équipement mandaté",
    "digital": "Services numériques voté",
}
NO_PLACE_NAME = "Projet sans lieu connu"


def path_rows(selection: Selection) -> Select[Any]:
    """One row per project with a prior meeting with Aract that the selection keeps: a place, or a holder without one.

    `key`; `name` and `place_code` of its place, else of that of its file of Services numériques; `commune`; the first
    day of each step from the meeting to `until`: `met`; `enriched` (Aract's support or talk in the place, from the
    meeting to the vote); `voted` (a file of Émergence of the meeting, `emergence_reference`); `equipped` (the first
    payment order of these two aids); `digital` (a file of Services numériques of the place or holder,
    `digital_reference`); `last_step`, the name of the furthest one.
    """
    meetings = _meetings(selection)
    projects = _projects(meetings)
    emergence = _emergence_files(meetings, selection.until)
    digital = _digital_files(projects, selection.until)
    voted, services = _first_files(emergence, "voted"), _first_files(digital, "digital")
    ordered = _first_orders(projects, emergence, digital, selection.until)
    enriched = _first_supports(projects, voted, selection.until)
    days = {
        "met": projects.c.met,
        "enriched": enriched.c.day,
        "voted": voted.c.day,
        "equipped": ordered.c.day,
        "digital": services.c.day,
    }
    place_id = func.coalesce(projects.c.place_id, services.c.place_id)
    reached = [(days[step].is_not(None), literal(name)) for step, name in reversed(PATH_STEPS.items())]
    return (
        select(
            projects.c.key,
            func.coalesce(place_version.c.name, NO_PLACE_NAME).label("name"),
            place.c.code.label("place_code"),
            commune.c.name.label("commune"),
            *(day.label(step) for step, day in days.items()),
            case(*reached).label("last_step"),
            voted.c.reference.label("emergence_reference"),
            services.c.reference.label("digital_reference"),
        )
        .select_from(projects)
        .outerjoin(voted, voted.c.key == projects.c.key)
        .outerjoin(services, services.c.key == projects.c.key)
        .outerjoin(place, place.c.place_id == place_id)
        .outerjoin(place_version, and_(place_version.c.place_id == place.c.place_id, is_live(place_version)))
        .outerjoin(commune, commune.c.code == func.coalesce(place_version.c.commune, projects.c.commune))
        .outerjoin(ordered, ordered.c.key == projects.c.key)
        .outerjoin(enriched, enriched.c.key == projects.c.key)
    )


def _meetings(selection: Selection) -> CTE:
    """One row per prior meeting with Aract of the selection and Émergence file that followed: `key` of its project,
    `day`, `place_id` (its own, else that of such a file), `holder_key`, `commune`; `aid_id` and `vote` of the file.
    """
    files = prior_meeting_votes().subquery("files")
    followed = select(files.c.code, func.min(files.c.vote_place_id).label("place_id"))
    followed = followed.add_columns(func.min(files.c.beneficiary_key).label("holder_key"))
    own = followed.group_by(files.c.code).subquery("own")
    found = (
        select(
            activity_row.c.day,
            func.coalesce(activity_row.c.place_id, own.c.place_id).label("place_id"),
            func.coalesce(activity.c.holder_key, own.c.holder_key).label("holder_key"),
            activity.c.commune,
            activity.c.code,
            files.c.aid_id,
            files.c.day.label("vote"),
        )
        .join(activity, and_(activity.c.code == activity_row.c.code, is_live(activity)))
        .outerjoin(own, own.c.code == activity_row.c.code)
        .outerjoin(files, files.c.code == activity_row.c.code)
        .where(activity_row.c.kind == "prior_meeting", activity_row.c.partner == MEETING_PARTNER)
        .where(*activity_conditions(selection))
        .subquery("found")
    )
    key = case(
        (found.c.place_id.is_not(None), literal("lieu ") + cast(found.c.place_id, Text)),
        (found.c.holder_key.is_not(None), literal("porteur ") + found.c.holder_key),
        else_=literal("rencontre ") + found.c.code,
    )
    return select(key.label("key"), found).cte("meetings")


def _projects(meetings: CTE) -> CTE:
    """One row per project: `key`, `met` (first meeting), `place_id`, `holder_key`, `commune` of a meeting."""
    first = (func.min(meetings.c[name]).label(name) for name in ("place_id", "holder_key", "commune"))
    met = func.min(meetings.c.day).label("met")
    return select(meetings.c.key, met, *first).group_by(meetings.c.key).cte("projects")


def _emergence_files(meetings: CTE, until: date) -> CTE:
    """One row per project and Émergence file of one of its meetings voted by then: `key`, `aid_id`."""
    voted = select(meetings.c.key, meetings.c.aid_id).where(meetings.c.vote <= until)
    return voted.distinct().cte("emergence_files")


def _digital_files(projects: CTE, until: date) -> CTE:
    """One row per project and file of Services numériques voted from its meeting to then: `key`, `aid_id`. The file is
    one of its place, or of its holder when either has no place.
    """
    version = and_(aid_version.c.aid_id == aid_file.c.aid_id, is_live(aid_version))
    one_without_place = or_(projects.c.place_id.is_(None), aid_file.c.place_id.is_(None))
    same_holder = and_(one_without_place, aid_version.c.beneficiary_key == projects.c.holder_key)
    return union(
        *(
            select(projects.c.key, aid_file.c.aid_id)
            .join_from(aid_file, aid_version, version)
            .join(projects, match)
            .where(aid_file.c.scheme == DIGITAL_SCHEME, aid_file.c.is_voted)
            .where(aid_file.c.day >= projects.c.met, aid_file.c.day <= until)
            for match in (aid_file.c.place_id == projects.c.place_id, same_holder)
        )
    ).cte("digital_files")


def _first_files(files: CTE, name: str) -> CTE:
    """The file first voted of each project: `key`, `day`, `reference`, `place_id` (of the file)."""
    rank = func.row_number().over(partition_by=files.c.key, order_by=(aid_file.c.day, aid_file.c.reference))
    ranked = (
        select(files.c.key, *(aid_file.c[one] for one in ("day", "reference", "place_id")), rank.label("rank"))
        .join(aid_file, aid_file.c.aid_id == files.c.aid_id)
        .subquery(f"{name}_ranked")
    )
    columns = (ranked.c[one] for one in ("key", "day", "reference", "place_id"))
    return select(*columns).where(ranked.c.rank == 1).cte(name)


def _first_orders(projects: CTE, emergence: CTE, digital: CTE, until: date) -> CTE:
    """The first payment order of the files of each project, from its meeting to then: `key`, `day`."""
    files = union_all(*(select(one.c.key, one.c.aid_id) for one in (emergence, digital))).subquery("files_of_project")
    return (
        select(files.c.key, func.min(aid_file.c.first_order).label("day"))
        .join_from(files, aid_file, aid_file.c.aid_id == files.c.aid_id)
        .join(projects, projects.c.key == files.c.key)
        .where(aid_file.c.first_order >= projects.c.met, aid_file.c.first_order <= until)
        .group_by(files.c.key)
        .cte("ordered")
    )


def _first_supports(projects: CTE, voted: CTE, until: date) -> CTE:
    """The first support or talk of Aract from the meeting of each project to its vote, else to then: `key`, `day`. It
    is in the place of the project; for one without a place, with its holder and in no place.
    """
    of_place = activity.c.place_id == projects.c.place_id
    of_holder: ColumnElement[bool] = and_(
        projects.c.place_id.is_(None), activity.c.place_id.is_(None), activity.c.holder_key == projects.c.holder_key
    )
    found = union_all(
        *(
            select(projects.c.key, activity.c.day)
            .join_from(projects, activity, match)
            .outerjoin(voted, voted.c.key == projects.c.key)
            .where(is_live(activity), activity.c.partner == MEETING_PARTNER, activity.c.kind.in_(ENRICHING_KINDS))
            .where(activity.c.day >= projects.c.met, activity.c.day <= until)
            .where(or_(voted.c.day.is_(None), activity.c.day <= voted.c.day))
            for match in (of_place, of_holder)
        )
    ).subquery("supports")
    return select(found.c.key, func.min(found.c.day).label("day")).group_by(found.c.key).cte("enriched")


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
