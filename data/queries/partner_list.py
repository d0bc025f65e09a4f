"""The partners as a list: status, territories, target and activities of each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Subquery, case, func, select

from data.facts.activity import activity_conditions
from data.queries.partner_coverage import (
    EXTENT_LABELS,
    NOT_COVERED,
    PARTLY,
    WHOLLY,
    covered_parts,
    named_territories_by_partner,
)
from data.queries.partner_status import in_force_agreement_conditions, partner_status_rows, selected_parts
from data.queries.partner_targets import action_progress_by_partner
from data.schema import activity_row, agreement
from data.search_keys import with_search_keys
from data.selection import Selection


def partner_rows(selection: Selection) -> Select[Any]:
    """One row per partner of the list that the filter keeps: `code`, `label`, `status`, `since`, `until` (of
    `PartnerStatus`), `purpose` and `territories` (names) of its agreements in force, `covers` (whether they cover the
    selection; null without any), `actions` (activities of the period in the selection), and `target`, `done`, `due` of
    its target of activities.
    """
    partner = with_search_keys(partner_status_rows(selection)).subquery("partners")
    territories, purposes = named_territories_by_partner(selection), _purposes_by_partner(selection)
    progress, covered = action_progress_by_partner(selection).subquery("progress"), covered_parts(selection)
    covered_count = select(func.count()).where(covered.c.partner == partner.c.code).correlate(partner).scalar_subquery()
    part_count = select(func.count()).select_from(selected_parts(selection)).scalar_subquery()
    covers = case(
        (territories.c.territories.is_(None), None),
        (covered_count == 0, EXTENT_LABELS[NOT_COVERED]),
        (covered_count == part_count, EXTENT_LABELS[WHOLLY]),
        else_=EXTENT_LABELS[PARTLY],
    )
    actions = (
        select(func.count())
        .where(activity_row.c.partner == partner.c.code, *activity_conditions(selection))
        .correlate(partner)
        .scalar_subquery()
    )
    return (
        select(
            *(partner.c[name] for name in ("code", "label", "status", "since", "until")),
            purposes.c.purpose,
            territories.c.territories,
            covers.label("covers"),
            progress.c.target,
            progress.c.done,
            progress.c.due,
            actions.label("actions"),
        )
        .outerjoin(purposes, purposes.c.partner == partner.c.code)
        .outerjoin(territories, territories.c.partner == partner.c.code)
        .outerjoin(progress, progress.c.partner == partner.c.code)
    )


def _purposes_by_partner(selection: Selection) -> Subquery:
    """`partner`, `purpose`: the different purposes of its agreements in force, the oldest agreement first."""
    each = (
        select(agreement.c.partner, agreement.c.purpose, agreement.c.purpose_search_key)
        .where(*in_force_agreement_conditions(selection.until))
        .group_by(agreement.c.partner, agreement.c.purpose, agreement.c.purpose_search_key)
        .order_by(agreement.c.partner, func.min(agreement.c.starts), agreement.c.purpose)
        .subquery("each")
    )
    joined = (
        func.aggregate_strings(each.c.purpose, "\u202f; ").label("purpose"),
        func.aggregate_strings(each.c.purpose_search_key, " ").label("purpose_search_key"),
    )
    return select(each.c.partner, *joined).group_by(each.c.partner).subquery("purposes")
