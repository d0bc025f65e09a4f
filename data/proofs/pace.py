"""The rows behind the label against its target: labels in force, entries and exits, the target and its baseline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Select, false, literal, select, union_all

from data.i18n import count, number
from data.model.groups import WHOLE_KEY, single_group
from data.model.proofs import Arithmetic, Proof
from data.proofs.builders import exact_number_text, null_text, with_file
from data.proofs.label import (
    ENTRY_ROLE,
    EXIT_ROLE,
    IN_FORCE_ROLE,
    ROLE_COLUMNS,
    label_entry_rows,
    label_exit_rows,
    label_in_force_rows,
)
from data.queries.pace import DAYS_A_MONTH, MONTHS_A_YEAR, TARGET_INDICATOR, read_label_turnover, read_labelled_by_group
from data.queries.targets import Target, read_target
from data.schema import live, target
from data.search_keys import with_search_keys
from data.selection import Selection

TARGET_ROLE, BASELINE_ROLE = "objectif", "point de départ"
_HEADERS = {
    "role": "Rôle",
    "code": "Identifiant",
    "name": "Tiers-lieu",
    "commune": "Commune",
    "day": "Date",
    "number": "Nombre",
    "decision_reference": "Décision",
}
_ROLES_NOTE = (
    f"Rôles\u202f: «\u202f{IN_FORCE_ROLE}\u202f», un lieu labellisé à la date\u202f; «\u202f{ENTRY_ROLE}\u202f» et "
    f"«\u202f{EXIT_ROLE}\u202f», un label qui commence ou finit dans les douze mois\u202f; «\u202f{TARGET_ROLE}\u202f» "
    f"et «\u202f{BASELINE_ROLE}\u202f», la valeur visée à l’échéance et celle d’où part la trajectoire."
)
_TargetArithmetic = Callable[[Target, Selection, int], str]


def _rows_reader(
    *parts: Callable[[Selection], Select[Any]], aimed: bool
) -> Callable[[Connection, Selection], Select[Any]]:
    """A reader of the rows of some parts, and of the target and its baseline when `aimed`."""

    def rows(connection: Connection, selection: Selection) -> Select[Any]:
        voted = read_target(connection, TARGET_INDICATOR, selection) if aimed else None
        branches = [part(selection) for part in parts]
        if aimed:
            branches += [_target_rows(voted, selection), _baseline_rows(voted, selection)]
        keyed = (with_search_keys(branch, required=("name", "commune", "decision_reference")) for branch in branches)
        return with_file(union_all(*keyed).subquery("rows"), ROLE_COLUMNS)

    return rows


def _target_rows(voted: Target | None, selection: Selection) -> Select[Any]:
    return _target_columns(TARGET_ROLE, target.c.due, target.c.value).where(*_target_conditions(voted, selection))


def _baseline_rows(voted: Target | None, selection: Selection) -> Select[Any]:
    has_baseline = (target.c.baseline_day.is_not(None), target.c.baseline_value.is_not(None))
    return _target_columns(BASELINE_ROLE, target.c.baseline_day, target.c.baseline_value).where(
        *_target_conditions(voted, selection), *has_baseline
    )


def _target_columns(role: str, day: Any, value: Any) -> Select[Any]:
    return select(
        literal(role).label("role"),
        *(null_text().label(name) for name in ("code", "name", "commune")),
        day.label("day"),
        value.label("number"),
        target.c.origin.label("decision_reference"),
        *(target.c[name] for name in ("load_id", "sheet", "line")),
    )


def _target_conditions(voted: Target | None, selection: Selection) -> list[Any]:
    """SQL: conditions of the row of the target that the figure uses."""
    if voted is None:
        return [false()]
    territory = (*selection.codes("dep"), *selection.codes("epci"), "")[0]
    key = (target.c.partner == "", target.c.scheme == "", target.c.indicator == TARGET_INDICATOR)
    return [live(target), *key, target.c.territory == territory, target.c.due == voted.due]


def _target_arithmetic(arithmetic: _TargetArithmetic) -> Arithmetic:
    """The arithmetic of a value computed from the target, the selection and the number of labelled places."""

    def expression(connection: Connection, selection: Selection) -> str:
        voted = read_target(connection, TARGET_INDICATOR, selection)
        return (
            arithmetic(voted, selection, read_labelled_by_group(connection, single_group(selection))[WHOLE_KEY])
            if voted
            else ""
        )

    return expression


def _share_arithmetic(voted: Target, _selection: Selection, labelled: int) -> str:
    return f"{_labelled_text(labelled)} ÷ {_target_text(voted)}"


def _expected_arithmetic(voted: Target, selection: Selection, _labelled: int = 0) -> str:
    if selection.until >= voted.due or voted.baseline_day is None or voted.baseline_value is None:
        return f"{_target_text(voted)} à l’échéance"
    start = exact_number_text(voted.baseline_value)
    gone, whole = (
        _days_text((selection.until - voted.baseline_day).days),
        _days_text((voted.due - voted.baseline_day).days),
    )
    return f"{start} au départ + ({exact_number_text(voted.value)} − {start}) × {gone} ÷ {whole}"


def _lead_arithmetic(voted: Target, selection: Selection, labelled: int) -> str:
    return f"{_labelled_text(labelled)} − ({_expected_arithmetic(voted, selection)})"


def _lead_in_days_arithmetic(voted: Target, selection: Selection, labelled: int) -> str:
    if voted.baseline_day is None or voted.baseline_value is None:
        return ""
    gone, whole = (
        _days_text((selection.until - voted.baseline_day).days),
        _days_text((voted.due - voted.baseline_day).days),
    )
    start = exact_number_text(voted.baseline_value)
    if voted.value == voted.baseline_value:
        return f"0 − {gone} écoulés depuis le départ"
    share = f"({_labelled_text(labelled)} − {start} au départ) ÷ ({exact_number_text(voted.value)} − {start})"
    return f"{share} × {whole} − {gone} écoulés"


def _required_pace_arithmetic(voted: Target, selection: Selection, labelled: int) -> str:
    if labelled >= voted.value:
        return "0, l’objectif étant atteint"
    left = _days_text((voted.due - selection.until).days)
    return f"({_target_text(voted)} − {_labelled_text(labelled)}) ÷ ({left} ÷ {exact_number_text(DAYS_A_MONTH)})"


def _pace_arithmetic(connection: Connection, selection: Selection) -> str:
    return f"{_net_change_text(connection, selection)} ÷ {MONTHS_A_YEAR} mois"


def _projection_arithmetic(connection: Connection, selection: Selection) -> str:
    voted = read_target(connection, TARGET_INDICATOR, selection)
    if voted is None:
        return ""
    labelled, year = (
        read_labelled_by_group(connection, single_group(selection))[WHOLE_KEY],
        read_label_turnover(connection, selection),
    )
    left = (voted.due - selection.until).days
    years = f"{_days_text(left)} ÷ {exact_number_text(DAYS_A_MONTH * MONTHS_A_YEAR)}"
    text = f"{_labelled_text(labelled)} + {_net_change_text(connection, selection)} × {years}"
    falls = labelled + (year.awards - year.exits) * left / DAYS_A_MONTH / MONTHS_A_YEAR < 0
    return f"0, car {text} est négatif" if falls else text


def _net_change_text(connection: Connection, selection: Selection) -> str:
    year = read_label_turnover(connection, selection)
    return f"({count(year.awards, 'entrée', 'entrées')} − {count(year.exits, 'sortie', 'sorties')})"


def _labelled_text(places: int) -> str:
    return count(places, "labellisé", "labellisés")


def _target_text(voted: Target) -> str:
    return f"{exact_number_text(voted.value)} {'visé' if voted.value < 2 else 'visés'}"


def _days_text(days: int) -> str:
    return f"{number(days)} {'jour' if -2 < days < 2 else 'jours'}"


def _proof(rows: Callable[[Connection, Selection], Select[Any]], arithmetic: Arithmetic) -> Proof:
    key = ("role", "load_id", "sheet", "line")
    return Proof(
        rows, _HEADERS, default_sort="day", key=key, arithmetic=arithmetic, note=_ROLES_NOTE, place_column="code"
    )


_LABELS_AND_TARGET_ROWS = _rows_reader(label_in_force_rows, aimed=True)
TARGET_SHARE_PROOF = _proof(_LABELS_AND_TARGET_ROWS, _target_arithmetic(_share_arithmetic))
EXPECTED_PROOF = _proof(_rows_reader(aimed=True), _target_arithmetic(_expected_arithmetic))
LEAD_PROOF = _proof(_LABELS_AND_TARGET_ROWS, _target_arithmetic(_lead_arithmetic))
LEAD_IN_DAYS_PROOF = _proof(_LABELS_AND_TARGET_ROWS, _target_arithmetic(_lead_in_days_arithmetic))
REQUIRED_PACE_PROOF = _proof(_LABELS_AND_TARGET_ROWS, _target_arithmetic(_required_pace_arithmetic))
PACE_PROOF = _proof(_rows_reader(label_entry_rows, label_exit_rows, aimed=False), _pace_arithmetic)
PROJECTION_PROOF = _proof(
    _rows_reader(label_in_force_rows, label_entry_rows, label_exit_rows, aimed=True), _projection_arithmetic
)
