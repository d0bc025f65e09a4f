"""Tables; the comment of each says its grain ("One row per …", or "One row in all: …").

Identity tables (place, aid, scheme, partner) hold only a key and the load that first named it. Version tables carry
the facts, where they were read (load, sheet, line) and the load that ended them. Nothing is overwritten: the present
is the rows that no load has ended (`is_live`). Primary keys are (natural key, load) and the tables have no rowid: the
order in which deliveries come and pages read decides the speed of a load.
"""

from __future__ import annotations

from sqlalchemy import Table

from data.schema.annotations import annotation
from data.schema.base import is_live, metadata
from data.schema.loads import load, reject, remark
from data.schema.managers import meeting_place, need, network_meeting, roadmap_action
from data.schema.money import aid, aid_step, aid_version, envelope, scheme, scheme_version
from data.schema.partners import activity, attendance, mediation_place, partner, partner_version, session
from data.schema.partnership import agreement, qvt_suggestion
from data.schema.places import label_event, place, place_version, target
from data.schema.rollups import (
    activity_row,
    aid_file,
    aid_finding,
    aid_place,
    aid_total,
    aract_path,
    attendance_month,
    attendance_suppression,
    attendance_total,
    credit_use,
    fact_day,
    label_first,
    label_month,
    label_span,
    reach_span,
    refused_scope,
    roll_up_version,
    source_state,
    visit_span,
)
from data.schema.standard import standard_criterion, standard_declaration
from data.schema.territory import commune, commune_history, departement, epci, outline

VERSION_TABLES: tuple[Table, ...] = tuple(table for table in metadata.sorted_tables if "ended_by" in table.c)
IDENTITY_TABLES: tuple[Table, ...] = (place, aid, scheme, partner)
ROLL_UPS: tuple[Table, ...] = (
    label_span,
    label_month,
    label_first,
    reach_span,
    aid_file,
    aid_finding,
    aid_place,
    aid_total,
    credit_use,
    attendance_month,
    attendance_suppression,
    attendance_total,
    visit_span,
    activity_row,
    aract_path,
    fact_day,
    refused_scope,
    source_state,
)

__all__ = [
    "IDENTITY_TABLES",
    "ROLL_UPS",
    "VERSION_TABLES",
    "activity",
    "activity_row",
    "agreement",
    "aid",
    "aid_file",
    "aid_finding",
    "aid_place",
    "aid_step",
    "aid_total",
    "aid_version",
    "annotation",
    "aract_path",
    "attendance",
    "attendance_month",
    "attendance_suppression",
    "attendance_total",
    "commune",
    "commune_history",
    "credit_use",
    "departement",
    "envelope",
    "epci",
    "fact_day",
    "is_live",
    "label_event",
    "label_first",
    "label_month",
    "label_span",
    "load",
    "mediation_place",
    "meeting_place",
    "metadata",
    "need",
    "network_meeting",
    "outline",
    "partner",
    "partner_version",
    "place",
    "place_version",
    "qvt_suggestion",
    "reach_span",
    "refused_scope",
    "reject",
    "remark",
    "roadmap_action",
    "roll_up_version",
    "scheme",
    "scheme_version",
    "session",
    "source_state",
    "standard_criterion",
    "standard_declaration",
    "target",
    "visit_span",
]
