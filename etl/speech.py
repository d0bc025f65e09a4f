"""What the commands say to people, in French, on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from data.i18n import NARROW, count, number
from data.indicators import indicator_named
from etl.problems import Problem
from etl.report import Report

SHOWN = 10  # problems of a file that are told one by one
_VERDICTS = {
    "loaded": "[green]chargé[/]",
    "loaded_with_rejects": "[yellow]chargé, avec des lignes à corriger[/]",
    "already_loaded": "déjà chargé, rien n’a changé",
    "refused": "[red]refusé, rien n’a été chargé[/]",
    "held": "[yellow]en attente, rien n’a été chargé[/]",
}
_STATUSES = {"loaded": "chargé", "loaded_with_rejects": "à corriger", "rolled_back": "annulé", "withdrawn": "retiré"}


def tell_report(console: Console, report: Report, *, rehearsal: bool = False) -> None:
    """The outcome of one file: verdict, counts, the first problems and remarks, the indicators that move."""
    source = f" ({report.source})" if report.source else ""
    verdict = _VERDICTS[report.status]
    if rehearsal and report.status in ("loaded", "loaded_with_rejects"):
        verdict = "[green]peut être chargé[/] (vérification seule, rien n’a été écrit)"
    console.print(f"[bold]{escape(report.file)}[/]{source}{NARROW}: {verdict}")
    if report.accepted or report.rejected:
        parts = [
            count(report.accepted, "ligne acceptée", "lignes acceptées"),
            f"dont {number(report.unchanged)} sans changement et {number(report.replaced)} corrigées",
            count(report.rejected, "ligne à corriger", "lignes à corriger"),
            count(report.warnings, "remarque", "remarques"),
        ]
        console.print("  " + ", ".join(parts))
    _tell_problems(console, report.problems, "red")
    _tell_problems(console, report.remarks, "yellow")
    for move in report.moves:
        indicator = indicator_named(move.slug)
        if indicator:
            before, after = indicator.unit.text(move.before), indicator.unit.text(move.after)
            console.print(f"  {indicator.label}{NARROW}: {before} → {after}")


def _tell_problems(console: Console, problems: tuple[Problem, ...], colour: str) -> None:
    for problem in problems[:SHOWN]:
        place = [f"ligne {problem.line}"] if problem.line else []
        place += [f"colonne {escape(problem.column)}"] if problem.column else []
        value = f" «\u202f{escape(problem.value)}\u202f»" if problem.value else ""
        where = f"{', '.join(place)}{value}{NARROW}: " if place else ""
        console.print(f"  [{colour}]•[/] {where}{escape(problem.message)}")
    if len(problems) > SHOWN:
        console.print(f"  … et {number(len(problems) - SHOWN)} autres (toutes avec --json).")


def tell_status(console: Console, status: Mapping[str, Any]) -> None:
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
