"""The output of commands for people: in French, on a terminal."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from data.i18n import NARROW, count, number
from data.units import EXACT_EUROS
from etl.checks.causes import by_cause
from etl.loading.report import Report
from etl.problems import Problem

MAX_LISTED = 10  # problems of a file that are listed one by one; more are grouped by cause
_VERDICTS = {
    "loaded": "[green]chargé[/]",
    "loaded_with_rejects": "[yellow]chargé, avec des lignes à corriger[/]",
    "already_loaded": "déjà chargé, rien n’a changé",
    "refused": "[red]refusé, rien n’a été chargé[/]",
    "held": "[yellow]en attente, rien n’a été chargé[/]",
}


def print_report(console: Console, report: Report, *, rehearsal: bool = False, listed: Path | None = None) -> None:
    """The outcome of one file: verdict, counts, problems and remarks, the indicators that move.

    `listed`: the file that lists every refused row.
    """
    source = f" ({report.source})" if report.source else ""
    verdict = _VERDICTS[report.status]
    if rehearsal and report.status in ("loaded", "loaded_with_rejects"):
        verdict = "[green]peut être chargé[/] (vérification seule, rien n’a été écrit)"
    console.print(f"[bold]{escape(report.file)}[/]{source}{NARROW}: {verdict}")
    if report.accepted or report.rejected:
        parts = [
            count(report.accepted, "ligne acceptée", "lignes acceptées"),
            *_changes(report),
            count(report.rejected, "ligne à corriger", "lignes à corriger"),
            count(report.warnings, "remarque", "remarques"),
        ]
        console.print("  " + ", ".join(parts))
    _print_problems(console, report, report.problems, "red")
    if listed:
        console.print(f"  Toutes les lignes à corriger, une par une{NARROW}: {escape(str(listed))}")
    _print_problems(console, report, report.remarks, "yellow")
    _print_changes(console, report)


def _print_changes(console: Console, report: Report) -> None:
    """The indicators that move, before and after."""
    if not report.indicator_changes:
        return
    from data.indicators import indicator_named  # noqa: PLC0415  a fifth of a second, for a check alone

    for move in report.indicator_changes:
        indicator = indicator_named(move.slug)
        if indicator:
            before, after = indicator.unit.text(move.before), indicator.unit.text(move.after)
            console.print(f"  {indicator.label}{NARROW}: {before} → {after}")


def _changes(report: Report) -> list[str]:
    """What the accepted rows of a loaded file changed, and the known rows that it ended."""
    if report.status not in ("loaded", "loaded_with_rejects"):
        return []
    added = count(report.added, "ajoutée", "ajoutées")
    replaced = count(report.replaced, "corrigée", "corrigées")
    parts = [f"dont {added}, {replaced} et {number(report.unchanged)} sans changement"]
    if report.ended:
        parts.append(count(report.ended, "ligne connue retirée", "lignes connues retirées"))
    return parts


def _print_problems(console: Console, report: Report, problems: tuple[Problem, ...], colour: str) -> None:
    """A few problems one by one; more of them by cause. Those of the file as a whole come first, always in full."""
    of_file = [problem for problem in problems if not problem.line]
    rows = [problem for problem in problems if problem.line]
    for problem in [*of_file, *rows] if len(rows) <= MAX_LISTED else of_file:
        console.print(f"  [{colour}]•[/] {_location(problem)}{escape(problem.message)}")
    if len(rows) > MAX_LISTED:
        for cause in by_cause(rows, report.cents, report.causes):
            column = f"colonne {escape(cause.example.column)}{NARROW}: " if cause.example.column else ""
            money = f", {EXACT_EUROS.text(Decimal(cause.cents) / 100)} non comptés" if cause.cents else ""
            first = escape(_location(cause.example, column=False).removesuffix(f"{NARROW}: "))
            rest = f" ({count(cause.rows, 'fois', 'fois')}{money}{NARROW}; d’abord {first})"
            console.print(f"  [{colour}]•[/] {column}{escape(cause.message)}{rest}")


def _location(problem: Problem, *, column: bool = True) -> str:
    """« ligne 3, colonne nom « Le Préau » : », or nothing for a problem of the whole file."""
    place = [f"ligne {problem.line}"] if problem.line else []
    place += [f"colonne {escape(problem.column)}"] if problem.column and column else []
    value = f" «\u202f{escape(problem.value)}\u202f»" if problem.value else ""
    return f"{', '.join(place)}{value}{NARROW}: " if place else ""
