"""The agreements with partners, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from data.engine import cached_on_snapshot
from data.queries.partner_status import chosen_partner_conditions
from data.schema import agreement, is_live, load
from data.selection import Selection


@dataclass(frozen=True)
class Agreement:
    """An agreement with a partner. `ends` None: without a term; `territories`: codes of départements and
    intercommunalités, empty for the whole Région; `origin`: the decision; `file`, `sheet`, `line`: where it is written.
    """

    partner: str
    starts: date
    ends: date | None
    purpose: str
    territories: tuple[str, ...]
    origin: str | None
    file: str
    sheet: str | None
    line: int

    def is_in_force(self, day: date) -> bool:
        """Whether it is in force on a day, its first and last days included."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@cached_on_snapshot
def read_agreements(connection: Connection, selection: Selection) -> list[Agreement]:
    """The agreements of the partners that the filter keeps, begun by `until` and not ended before the period, by
    partner and first day.
    """
    query = (
        select(
            *(agreement.c[name] for name in ("partner", "starts", "ends", "purpose", "territories", "origin")),
            load.c.file,
            agreement.c.sheet,
            agreement.c.line,
        )
        .join(load, load.c.load_id == agreement.c.load_id)
        .where(
            is_live(agreement),
            agreement.c.starts <= selection.until,
            *chosen_partner_conditions(agreement.c.partner, selection),
        )
        .order_by(agreement.c.partner, agreement.c.starts)
    )
    rows = [
        Agreement(partner, starts, ends, purpose, tuple(code for code in codes.split("|") if code), *proof)
        for partner, starts, ends, purpose, codes, *proof in connection.execute(query)
    ]
    return [row for row in rows if selection.since is None or row.ends is None or row.ends >= selection.since]
