"""The rows behind the label against its target: labels in force, what moved them, the target and its baseline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Select, false, literal, select, union_all

from data.i18n import count, number
from data.model.groups import WHOLE, whole
from data.model.proofs import Expression, Proof
from data.proofs.builders import exact, located, no_text
from data.proofs.label import ENTRY, EXIT, IN_FORCE, ROLES, entries, exits, labels_in_force
from data.queries.pace import AIMED, MONTH, YEAR, read_label_turnover, read_labelled
from data.queries.targets import Target, read_target
from data.schema import live, target
from data.search_keys import with_search_keys
from data.selection import Selection

TARGET, BASELINE = "objectif", "point de départ"
_SHOWN = {
    "role": "Rôle",
    "code": "Identifiant",
    "name": "Tiers-lieu",
    "commune": "Commune",
    "day": "Date",
    "number": "Nombre",
    "decision_reference": "Décision",
}
_NOTE = (
    f"Rôles\u202f: «\u202f{IN_FORCE}\u202f», un lieu labellisé à la date\u202f; «\u202f{ENTRY}\u202f» et "
    f"«\u202f{EXIT}\u202f», un label qui commence ou finit dans les douze mois\u202f; «\u202f{TARGET}\u202f» et "
    f"«\u202f{BASELINE}\u202f», la valeur visée à l’échéance et celle d’où part la trajectoire."
)
_Words = Callable[[Target, Selection, int], str]


def _rows(*parts: Callable[[Selection], Select[Any]], aimed: bool) -> Callable[[Connection, Selection], Select[Any]]:
    """One row per label or move of the parts, then the target and its baseline where one was voted."""

    def rows(connection: Connection, selection: Selection) -> Select[Any]:
        voted = read_target(connection, AIMED, selection) if aimed else None
        branches = [part(selection) for part in parts]
        if aimed:
            branches += [_target_rows(voted, selection), _baseline_rows(voted, selection)]
        keyed = (with_search_keys(branch, required=("name", "commune", "decision_reference")) for branch in branches)
        return located(union_all(*keyed).subquery("rows"), ROLES)

    return rows


def _target_rows(voted: Target | None, selection: Selection) -> Select[Any]:
    return _of_target(TARGET, target.c.due, target.c.value).where(*_kept(voted, selection))


def _baseline_rows(voted: Target | None, selection: Selection) -> Select[Any]:
    known = (target.c.baseline_day.is_not(None), target.c.baseline_value.is_not(None))
    return _of_target(BASELINE, target.c.baseline_day, target.c.baseline_value).where(*_kept(voted, selection), *known)


def _of_target(role: str, day: Any, value: Any) -> Select[Any]:
    return select(
        literal(role).label("role"),
        *(no_text().label(name) for name in ("code", "name", "commune")),
        day.label("day"),
        value.label("number"),
        target.c.origin.label("decision_reference"),
        *(target.c[name] for name in ("load_id", "sheet", "line")),
    )


def _kept(voted: Target | None, selection: Selection) -> list[Any]:
    """SQL: the row of the target that the figure reads."""
    if voted is None:
        return [false()]
    territory = (*selection.codes("dep"), *selection.codes("epci"), "")[0]
    key = (target.c.partner == "", target.c.scheme == "", target.c.indicator == AIMED)
    return [live(target), *key, target.c.territory == territory, target.c.due == voted.due]


def _against(words: _Words) -> Expression:
    """The arithmetic of a value of the target, the day and the labelled places."""

    def expression(connection: Connection, selection: Selection) -> str:
        voted = read_target(connection, AIMED, selection)
        return words(voted, selection, read_labelled(connection, whole(selection))[WHOLE]) if voted else ""

    return expression


def _share(voted: Target, _selection: Selection, labelled: int) -> str:
    return f"{_labelled(labelled)} ÷ {_aimed(voted)}"


def _expected(voted: Target, selection: Selection, _labelled: int = 0) -> str:
    if selection.until >= voted.due or voted.baseline_day is None or voted.baseline_value is None:
        return f"{_aimed(voted)} à l’échéance"
    start = exact(voted.baseline_value)
    gone, whole = _days((selection.until - voted.baseline_day).days), _days((voted.due - voted.baseline_day).days)
    return f"{start} au départ + ({exact(voted.value)} − {start}) × {gone} ÷ {whole}"


def _lead(voted: Target, selection: Selection, labelled: int) -> str:
    return f"{_labelled(labelled)} − ({_expected(voted, selection)})"


def _lead_in_days(voted: Target, selection: Selection, labelled: int) -> str:
    if voted.baseline_day is None or voted.baseline_value is None:
        return ""
    gone, whole = _days((selection.until - voted.baseline_day).days), _days((voted.due - voted.baseline_day).days)
    start = exact(voted.baseline_value)
    if voted.value == voted.baseline_value:
        return f"0 − {gone} écoulés depuis le départ"
    share = f"({_labelled(labelled)} − {start} au départ) ÷ ({exact(voted.value)} − {start})"
    return f"{share} × {whole} − {gone} écoulés"


def _required(voted: Target, selection: Selection, labelled: int) -> str:
    if labelled >= voted.value:
        return "0, l’objectif étant atteint"
    left = _days((voted.due - selection.until).days)
    return f"({_aimed(voted)} − {_labelled(labelled)}) ÷ ({left} ÷ {exact(MONTH)})"


def _rhythm(connection: Connection, selection: Selection) -> str:
    return f"{_moves(connection, selection)} ÷ {YEAR} mois"


def _projected(connection: Connection, selection: Selection) -> str:
    voted = read_target(connection, AIMED, selection)
    if voted is None:
        return ""
    labelled, year = read_labelled(connection, whole(selection))[WHOLE], read_label_turnover(connection, selection)
    left = (voted.due - selection.until).days
    words = f"{_labelled(labelled)} + {_moves(connection, selection)} × {_days(left)} ÷ {exact(MONTH * YEAR)}"
    falls = labelled + (year.awards - year.exits) * left / MONTH / YEAR < 0
    return f"0, car {words} est négatif" if falls else words


def _moves(connection: Connection, selection: Selection) -> str:
    year = read_label_turnover(connection, selection)
    return f"({count(year.awards, 'entrée', 'entrées')} − {count(year.exits, 'sortie', 'sorties')})"


def _labelled(places: int) -> str:
    return count(places, "labellisé", "labellisés")


def _aimed(voted: Target) -> str:
    return f"{exact(voted.value)} {'visé' if voted.value < 2 else 'visés'}"


def _days(days: int) -> str:
    return f"{number(days)} {'jour' if -2 < days < 2 else 'jours'}"


def _proof(rows: Callable[[Connection, Selection], Select[Any]], arithmetic: Expression) -> Proof:
    key = ("role", "load_id", "sheet", "line")
    return Proof(rows, _SHOWN, newest="day", key=key, arithmetic=arithmetic, note=_NOTE, place="code")


_AGAINST = _rows(labels_in_force, aimed=True)
SHARE_ROWS = _proof(_AGAINST, _against(_share))
EXPECTED_ROWS = _proof(_rows(aimed=True), _against(_expected))
LEAD_ROWS = _proof(_AGAINST, _against(_lead))
LEAD_IN_DAYS_ROWS = _proof(_AGAINST, _against(_lead_in_days))
REQUIRED_ROWS = _proof(_AGAINST, _against(_required))
RHYTHM_ROWS = _proof(_rows(entries, exits, aimed=False), _rhythm)
PROJECTED_ROWS = _proof(_rows(labels_in_force, entries, exits, aimed=True), _projected)
