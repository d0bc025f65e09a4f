"""What the rules say of each aid file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, case, delete, insert, or_, select

from data.rules.aid import RULES, Rule, judged
from data.schema import aid_finding


def refresh_findings(connection: Connection) -> None:
    """Compute `aid_finding` again: every file is judged once, by all rules.

    Sentences are written here, one for each rule that a file breaks: pages only show them.
    """
    rows = judged().subquery("judged")
    broken = [case((rule.broken(rows.c), 1), else_=0).label(f"broken_{at}") for at, rule in enumerate(RULES)]
    unknown = [case((rule.unverifiable(rows.c), 1), else_=0).label(f"unknown_{at}") for at, rule in enumerate(RULES)]
    verdicts = select(rows, *broken, *unknown).subquery("verdicts")
    told = [verdicts.c[column.name] == 1 for column in (*broken, *unknown)]
    found = [finding for row in connection.execute(select(verdicts).where(or_(*told))) for finding in _findings(row)]
    connection.execute(delete(aid_finding))
    if found:
        connection.execute(insert(aid_finding), found)


def _findings(row: Row[Any]) -> list[dict[str, Any]]:
    said = [(rule, *_verdict(row, at, rule)) for at, rule in enumerate(RULES)]
    return [
        {"aid_id": row.aid_id, "rule": rule.slug, "verdict": verdict, "says": says}
        for rule, verdict, says in said
        if verdict
    ]


def _verdict(row: Row[Any], at: int, rule: Rule) -> tuple[str, str]:
    """The verdict and its sentence; an empty verdict when the file conforms."""
    marks = row._mapping
    if marks[f"unknown_{at}"]:
        return "unverifiable", rule.missing
    if not marks[f"broken_{at}"]:
        return "", ""
    return "derogation" if row.derogation else "broken", rule.say(row)
