"""Status of each partner at a date: its agreements, else the list of partners."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    or_,
    select,
)

from data.engine import cached_on_snapshot
from data.filters import TERRITORY_FILTERS
from data.i18n import day_short
from data.queries.sources import is_active_load
from data.schema import agreement, commune, is_live, load, partner_version
from data.selection import Selection
from data.sources.policy import PARTNERS

NOT_LOADED = "conventions non chargées"
STATE_LABELS: Mapping[str, str] = {
    "in_force": "sous convention",
    "undated": "sous convention (dates non communiquées)",
    "expired": "convention échue",
    "approached": "approché",
    "upcoming": "convention à venir",
    "not_yet": "pas encore partenaire",
    "unstated": "statut non renseigné",
}
LISTED_LABELS: Mapping[str, str] = {choice.code: choice.label for choice in PARTNERS.column("status").choices}
_LABELS_WITHOUT_AGREEMENTS = {
    state: f"{label} ({NOT_LOADED})" for state, label in {**STATE_LABELS, "undated": "contractualisé"}.items()
}


def short_partner_name(label: str) -> str:
    """« Pôle ATEN (Chambre de métiers et de l’artisanat) » -> « Pôle ATEN »."""
    return label.split(" (", maxsplit=1)[0]


@dataclass(frozen=True)
class PartnerStatus:
    """The status of a partner at a date. `state` is a key of STATE_LABELS; `since` and `until` are the days of its
    agreements in force (of those that cover the whole selection, else a part of it, else of all), the last day of the
    last one that ended, the first day of the next one, or the day of the list of partners. `has_agreements_loaded`:
    whether agreements are known at all.
    """

    code: str
    label: str
    state: str
    since: date | None
    until: date | None
    has_agreements_loaded: bool

    @property
    def short_name(self) -> str:
        """Its label without brackets."""
        return short_partner_name(self.label)

    @property
    def is_contracted(self) -> bool:
        """Whether it is under an agreement."""
        return self.state in ("in_force", "undated")

    @property
    def text(self) -> str:
        """« sous convention jusqu’au 31/12/2021 », « approché depuis le 10/09/2018 »."""
        text = self._known_text
        return text if self.has_agreements_loaded else f"{text} ({NOT_LOADED})"

    @property
    def _known_text(self) -> str:
        since = f" depuis le {day_short(self.since)}" if self.since else ""
        if self.state == "in_force":
            end = f" jusqu’au {day_short(self.until)}" if self.until else f"{since}, sans terme"
            return f"sous convention{end}"
        if self.state == "expired" and self.until:
            return f"convention échue le {day_short(self.until)}"
        if self.state == "approached":
            return f"approché{since}"
        if self.state in ("upcoming", "not_yet") and self.since:
            noun = "convention" if self.state == "upcoming" else "partenaire"
            return f"{noun} à compter du {day_short(self.since)}"
        if self.state == "undated" and not self.has_agreements_loaded:
            return f"contractualisé{since}"
        return STATE_LABELS[self.state]


def short_names(statuses: Sequence[PartnerStatus]) -> list[str]:
    """The names of partners without their brackets."""
    return [status.short_name for status in statuses]


@dataclass(frozen=True)
class ListedPartner:
    """What the list of partners says of one: a key of LISTED_LABELS, its day, its source."""

    status: str | None
    since: date | None
    origin: str | None


def read_listed_partner(connection: Connection, code: str) -> ListedPartner | None:
    """The partner of that code in the list, if any."""
    partner = partner_version.c
    query = select(partner.status, partner.since, partner.origin).where(partner.code == code, is_live(partner_version))
    return next((ListedPartner(*row) for row in connection.execute(query)), None)


@cached_on_snapshot
def read_partner_statuses(connection: Connection, selection: Selection) -> list[PartnerStatus]:
    """The status at `until` of each partner of the list that the filter keeps, by code."""
    rows = connection.execute(partner_status_rows(selection).order_by(partner_version.c.code))
    return [
        PartnerStatus(row.code, row.label, row.state, row.since, row.until, bool(row.has_agreements_loaded))
        for row in rows
    ]


def partner_status_rows(selection: Selection) -> Select[Any]:
    """One row per partner of the list that the filter keeps: the columns of `PartnerStatus`, and `status`, its French
    word.
    """
    partner, day = partner_version.c, selection.until
    in_force, ended, next_ones = _in_force_by_partner(selection), _ended_by_partner(day), _upcoming_by_partner(day)
    is_begun = or_(partner.since.is_(None), partner.since <= day)
    state = case(
        (in_force.c.partner.is_not(None), "in_force"),
        (ended.c.partner.is_not(None), "expired"),
        (and_(is_begun, partner.status == "approached"), "approached"),
        (next_ones.c.partner.is_not(None), "upcoming"),
        (~is_begun, "not_yet"),
        (partner.status == "contracted", "undated"),
        else_="unstated",
    )
    since = case(
        (state == "in_force", in_force.c.since),
        (state == "upcoming", next_ones.c.since),
        (state != "expired", partner.since),
    )
    until = case((state == "in_force", in_force.c.until), (state == "expired", ended.c.until))
    labels = case(
        (are_agreements_loaded(), case(dict(STATE_LABELS), value=state)),
        else_=case(_LABELS_WITHOUT_AGREEMENTS, value=state),
    )
    return (
        select(
            partner.code,
            partner.label,
            state.label("state"),
            labels.label("status"),
            since.label("since"),
            until.label("until"),
            are_agreements_loaded().label("has_agreements_loaded"),
        )
        .select_from(partner_version)
        .outerjoin(in_force, in_force.c.partner == partner.code)
        .outerjoin(ended, ended.c.partner == partner.code)
        .outerjoin(next_ones, next_ones.c.partner == partner.code)
        .where(is_live(partner_version), *chosen_partner_conditions(partner.code, selection))
    )


def in_force_agreement_conditions(day: date) -> list[ColumnElement[bool]]:
    """SQL: the live agreements that are in force on a day, their first and last days included."""
    return [is_live(agreement), agreement.c.starts <= day, or_(agreement.c.ends.is_(None), agreement.c.ends >= day)]


def chosen_partner_conditions(code: ColumnElement[Any], selection: Selection) -> list[ColumnElement[bool]]:
    """SQL: the code of a partner that the filter keeps."""
    codes = selection.codes("partenaire")
    return [code.in_(codes)] if codes else []


def are_agreements_loaded() -> ColumnElement[bool]:
    """SQL: whether a file of agreements was ever loaded, and still counts."""
    return exists().where(load.c.source == "conventions", is_active_load())


def selected_parts(selection: Selection) -> Subquery:
    """One row per territory part in the selection (an intercommunalité within one département): `dep`, `epci`."""
    conditions = selection.where(commune.c, TERRITORY_FILTERS)
    return select(commune.c.dep, commune.c.epci).where(*conditions).distinct().subquery("parts")


def agreement_names(code: ColumnElement[Any]) -> ColumnElement[bool]:
    """SQL: whether an agreement names the territory of that code."""
    return agreement.c.territories.contains(literal("|") + code + "|")


def agreement_covers(parts: FromClause) -> ColumnElement[bool]:
    """SQL: whether an agreement covers a row of `selected_parts`."""
    return or_(agreement.c.territories == "", agreement_names(parts.c.dep), agreement_names(parts.c.epci))


def _in_force_by_partner(selection: Selection) -> Any:
    """`partner`, `since` (first day of those in force), `until` (last day; null when one is open): of the agreements
    that cover the whole selection; without any, of those that cover a part of it; else of all.
    """
    parts = selected_parts(selection)
    left_out, covered = (
        select(func.count()).select_from(parts).where(condition).correlate(agreement).scalar_subquery()
        for condition in (not_(agreement_covers(parts)), agreement_covers(parts))
    )
    extent = case((left_out == 0, 2), (covered > 0, 1), else_=0)
    each = (
        select(
            *(agreement.c[name] for name in ("partner", "starts", "ends")),
            extent.label("extent"),
            func.max(extent).over(partition_by=agreement.c.partner).label("widest"),
        )
        .where(*in_force_agreement_conditions(selection.until))
        .subquery("each")
    )
    has_no_open_one = func.count() == func.count(each.c.ends)
    return (
        select(
            each.c.partner,
            func.min(each.c.starts).label("since"),
            case((has_no_open_one, func.max(each.c.ends))).label("until"),
        )
        .where(each.c.extent == each.c.widest)
        .group_by(each.c.partner)
        .subquery("in_force")
    )


def _ended_by_partner(day: date) -> Any:
    return (
        select(agreement.c.partner, func.max(agreement.c.ends).label("until"))
        .where(is_live(agreement), agreement.c.ends < day)
        .group_by(agreement.c.partner)
        .subquery("ended")
    )


def _upcoming_by_partner(day: date) -> Any:
    return (
        select(agreement.c.partner, func.min(agreement.c.starts).label("since"))
        .where(is_live(agreement), agreement.c.starts > day)
        .group_by(agreement.c.partner)
        .subquery("upcoming")
    )


def partner_exists(connection: Connection, code: str) -> bool:
    """Whether the list of partners describes a partner of that code."""
    return bool(connection.scalar(select(exists().where(partner_version.c.code == code, is_live(partner_version)))))
