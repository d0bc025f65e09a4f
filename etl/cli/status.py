"""What is in the database, source by source and load by load."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from data.schema import load, source_state
from data.sources import SOURCES


def read_status(connection: Connection) -> Mapping[str, Any]:
    """`sources` (every one, in order, with its last fact and lines to correct) and `loads` (oldest first)."""
    region = select(load.c.load_id).where(load.c.kind == "region", load.c.status != "rolled_back")
    withdrawn = connection.scalar(region.limit(1)) is not None
    states = {row.source: row for row in connection.execute(select(source_state))}
    return {
        "sources": [
            {
                "source": source.name,
                "label": source.label,
                "last_day": state.last_day.isoformat()
                if (state := states.get(source.name)) and state.last_day
                else None,
                "rejects": state.rejects if state else 0,
                "rejected_amount": float(state.rejected_amount) if state else 0.0,
            }
            for source in SOURCES
        ],
        "loads": [
            {
                "load": row.load_id,
                "source": row.source,
                "file": row.file,
                "kind": row.kind,
                "status": "withdrawn"
                if row.kind == "demo" and withdrawn and row.status != "rolled_back"
                else row.status,
                "loaded_at": f"{row.loaded_at.isoformat(timespec='seconds')}Z",
                "accepted": row.accepted,
                "rejected": row.rejected,
                "unchanged": row.unchanged,
                "replaced": row.replaced,
                "warnings": row.warnings,
            }
            for row in connection.execute(select(load).order_by(load.c.load_id))
        ],
    }
