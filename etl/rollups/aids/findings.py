"""What the rules say of each aid file."""

from __future__ import annotations

from sqlalchemy import Connection, and_, delete, insert, literal, not_, select

from data.rules.aid import RULES, Rule, judged
from data.schema import aid_finding

NAMES = ["aid_id", "rule", "verdict", "says"]


def refresh_findings(connection: Connection) -> None:
    """Compute `aid_finding` again, rule by rule."""
    connection.execute(delete(aid_finding))
    for rule in RULES:
        _note_unverifiable(connection, rule)
        _note_broken(connection, rule)


def _note_unverifiable(connection: Connection, rule: Rule) -> None:
    rows = judged().subquery("judged")
    query = select(rows.c.aid_id, literal(rule.slug), literal("unverifiable"), literal(rule.missing))
    connection.execute(insert(aid_finding).from_select(NAMES, query.where(rule.unverifiable(rows.c))))


def _note_broken(connection: Connection, rule: Rule) -> None:
    """Sentences are written here, one for each file that breaks the rule: pages only show them."""
    rows = judged().subquery("judged")
    broken = select(rows).where(and_(rule.broken(rows.c), not_(rule.unverifiable(rows.c))))
    found = [
        (row.aid_id, rule.slug, "derogation" if row.derogation else "broken", rule.say(row))
        for row in connection.execute(broken)
    ]
    if found:
        connection.execute(insert(aid_finding), [dict(zip(NAMES, one, strict=True)) for one in found])
