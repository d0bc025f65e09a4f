"""Voted targets of indicators."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, bindparam, select

from data.engine import cached_on_snapshot
from data.schema import live, target
from data.selection import Selection


@dataclass(frozen=True)
class Target:
    """A value to reach on a date, from a baseline when one is known; `origin` is the decision that set it."""

    value: float
    due: date
    baseline_day: date | None
    baseline_value: float | None
    origin: str

    def expected_at(self, day: date) -> float | None:
        """The value on the straight line from the baseline to the target; the target itself from the due date on.

        None before the baseline, and without one.
        """
        if day >= self.due:
            return self.value
        if self.baseline_day is None or self.baseline_value is None or day < self.baseline_day:
            return None
        share = (day - self.baseline_day).days / (self.due - self.baseline_day).days
        return self.baseline_value + (self.value - self.baseline_value) * share


def no_target_reason(selection: Selection) -> str:
    """The French reason why a selection has no target."""
    if selection.codes("porteur") or selection.codes("typologie"):
        kind = "type de porteur" if selection.codes("porteur") else "typologie"
        return f"pas d’objectif voté par {kind}"
    territories = len(selection.codes("dep")) + len(selection.codes("epci"))
    if territories > 1:
        return "pas d’objectif voté pour plusieurs territoires à la fois"
    return "pas d’objectif voté pour ce territoire" if territories else "pas d’objectif voté pour la Région"


def read_target(connection: Connection, slug: str, selection: Selection) -> Target | None:
    """The target of an indicator voted for exactly the selected territory; None without one, or under a filter by
    holder or typology.

    Of several, the next one due at `until`, else the last one due.
    """
    deps, epcis = selection.codes("dep"), selection.codes("epci")
    if len(deps) + len(epcis) > 1 or selection.codes("porteur") or selection.codes("typologie"):
        return None
    targets = _read_targets(connection, slug).get((*deps, *epcis, "")[0], [])
    ahead = (each for each in targets if each.due >= selection.until)
    return next(ahead, targets[-1] if targets else None)


@cached_on_snapshot
def _read_targets(connection: Connection, slug: str) -> dict[str, list[Target]]:
    """Targets of an indicator by territory, in the order of their due dates."""
    targets: dict[str, list[Target]] = {}
    for territory, *row in connection.execute(_TARGETS, {"slug": slug}):
        targets.setdefault(territory, []).append(Target(*row))
    return targets


_TARGETS = (
    select(target.c.territory)
    .add_columns(target.c.value, target.c.due, target.c.baseline_day, target.c.baseline_value, target.c.origin)
    .where(live(target), target.c.indicator == bindparam("slug"))
    .where(target.c.partner == "", target.c.scheme == "")
    .order_by(target.c.due)
)
