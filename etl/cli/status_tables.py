"""The tables that `status` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from data.i18n import number

_STATUSES = {"loaded": "chargé", "loaded_with_rejects": "à corriger", "rolled_back": "annulé", "withdrawn": "retiré"}


def print_status(console: Console, status: Mapping[str, Any]) -> None:
    """Two tables: the sources, the loads."""
    sources = Table("Source", "Dernier fait", "Lignes à corriger", title="Sources")
    for row in status["sources"]:
        sources.add_row(row["source"], row["last_day"] or "—", number(row["rejects"]))
    state = Column("État", min_width=15)  # « (démonstration) » is never cut
    loads = Table("N°", "Source", "Fichier", state, "Acceptées", "À corriger", title="Chargements")
    for row in status["loads"]:
        kind = {"demo": " (démonstration)", "reference": " (référence)"}.get(row["kind"], "")
        loads.add_row(
            str(row["load"]),
            row["source"],
            escape(row["file"]),
            _STATUSES[row["status"]] + kind,
            number(row["accepted"]),
            number(row["rejected"]),
        )
    console.print(sources)
    console.print(loads)
