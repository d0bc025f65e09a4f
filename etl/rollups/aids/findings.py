"""The findings of the rules on each aid file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, case, delete, insert, or_, select, update

from data.i18n import NARROW, search_key
from data.rules.aid import RULES, Rule, rows_to_judge
from data.schema import aid_file, aid_finding

Finding = dict[str, Any]  # one row to write, by column
SEVERITY = ("broken", "unverifiable", "derogation")


def refresh_findings(connection: Connection) -> None:
    """Compute `aid_finding` again: every file is judged once, by all rules.

    Sentences are written here, one for each rule that a file breaks: pages only show them.
    """
    rows = rows_to_judge().subquery("judged")
    broken = [case((rule.broken(rows.c), 1), else_=0).label(f"broken_{at}") for at, rule in enumerate(RULES)]
    unknown = [case((rule.unverifiable(rows.c), 1), else_=0).label(f"unknown_{at}") for at, rule in enumerate(RULES)]
    verdicts = select(rows, *broken, *unknown).subquery("verdicts")
    not_conform = [verdicts.c[column.name] == 1 for column in (*broken, *unknown)]
    found = [
        finding for row in connection.execute(select(verdicts).where(or_(*not_conform))) for finding in _findings(row)
    ]
    connection.execute(delete(aid_finding))
    if found:
        connection.execute(insert(aid_finding), found)
        connection.execute(
            update(aid_file)
            .values(verdict=bindparam("worst"), why=bindparam("sentences"), why_search_key=bindparam("sentences_key"))
            .where(aid_file.c.aid_id == bindparam("of")),
            _verdicts(found),
        )


def _verdicts(found: Sequence[Finding]) -> list[Finding]:
    """One verdict for each file: broken when one rule is, else not verifiable when one rule is, else its derogation."""
    verdicts: dict[object, Finding] = {}
    for one in found:
        file = verdicts.setdefault(one["aid_id"], {"of": one["aid_id"], "worst": one["verdict"], "sentences": ""})
        file["worst"] = min(file["worst"], one["verdict"], key=SEVERITY.index)
        file["sentences"] = f"{file['sentences']}{NARROW}; {one['says']}" if file["sentences"] else one["says"]
    return [{**file, "sentences_key": search_key(file["sentences"])} for file in verdicts.values()]


def _findings(row: Row[Any]) -> list[Finding]:
    broken, unknown = row[-2 * len(RULES) : -len(RULES)], row[-len(RULES) :]
    return [
        {"aid_id": row.aid_id, "rule": rule.slug, "verdict": verdict, "says": says}
        for at, rule in enumerate(RULES)
        if broken[at] or unknown[at]
        for verdict, says in (_verdict(row, rule, is_unknown=unknown[at]),)
    ]


def _verdict(row: Row[Any], rule: Rule, *, is_unknown: int) -> tuple[str, str]:
    """The verdict on a file that does not conform, and its sentence."""
    if is_unknown:
        return "unverifiable", rule.missing
    return "derogation" if row.derogation else "broken", rule.describe(row)
