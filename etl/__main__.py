"""The command line, python -m etl: one function for each command."""

from __future__ import annotations

import gc
import json
import os
import signal
import sys

if __name__ == "__main__":
    gc.disable()  # a command leaves few cycles, and looking for them among a million rows takes a tenth of its time

    def _exit_interrupted(*_signal: object) -> None:  # Ctrl+C during the second that the imports below take
        os.write(2, "Interrompu avant d’avoir commencé.\n".encode())
        os._exit(1)

    signal.signal(signal.SIGINT, _exit_interrupted)

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from sqlalchemy import Engine

from data.engine import open_engine, reading, writing
from data.i18n import NARROW, count, number
from data.readiness import find_not_ready_reason
from data.settings import read_database_url
from data.sources import SOURCES, source_named
from etl.cli.process import console, refuse, run_command
from etl.failures import PreparationError
from etl.reference_data import today

# The rest is imported by the commands that use it: one with nothing to do would spend most of its time on imports.
if TYPE_CHECKING:
    from etl.loading.report import Report

app = typer.Typer(
    help="Remplit la base de données du tableau de bord Tiers-Lieux Normandie.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
output = Console(soft_wrap=True)  # results; progress and failures go to standard error
Files = Annotated[
    list[Path],  # readable: what cannot be read has a report like any other file
    typer.Argument(metavar="FICHIER…", help="Fichiers CSV, XLSX, ODS ou JSON de la Région.", readable=False),
]
SourceName = Annotated[str | None, typer.Option(help="Source du fichier, s’il n’est pas reconnu à ses colonnes.")]
JsonFile = Annotated[
    Path | None, typer.Option(help="Correspondance des colonnes d’un expéditeur (JSON) avec les nôtres.")
]
Confirm = Annotated[bool, typer.Option("--confirm", help="Charger malgré la raison qui a fait mettre en attente.")]
AsJson = Annotated[bool, typer.Option("--json", help="Un objet JSON par fichier, pour les scripts.")]


@app.command()
def load(
    files: Files, source: SourceName = None, mapping: JsonFile = None, confirm: Confirm = False, as_json: AsJson = False
) -> None:
    """Charge des fichiers. Code de sortie : 0 tout est accepté, 2 des lignes sont à corriger, 1 rien de chargé."""
    from etl.cli.load_options import load_options
    from etl.cli.reports import load_reports

    options = load_options(_known_source(source), mapping, confirm=confirm, keep=True)
    _print_and_exit(load_reports(_ready_engine, files, options, as_json=as_json), as_json=as_json)


@app.command()
def check(
    files: Files, source: SourceName = None, mapping: JsonFile = None, confirm: Confirm = False, as_json: AsJson = False
) -> None:
    """Vérifie des fichiers sans rien écrire, et dit quels indicateurs bougeraient."""
    from etl.cli.load_options import load_options
    from etl.cli.reports import load_reports

    options = load_options(_known_source(source), mapping, confirm=confirm, keep=False)
    _print_and_exit(load_reports(_current_engine, files, options, as_json=as_json), as_json=as_json, rehearsal=True)


@app.command()
def status(as_json: AsJson = False) -> None:
    """Dit ce que contient la base : sources, chargements, lignes à corriger."""
    from etl.cli.status import read_status
    from etl.cli.status_tables import print_status

    with _current_engine() as engine, reading(engine) as connection:
        content = read_status(connection)
    if as_json:
        typer.echo(json.dumps(content, ensure_ascii=False))
    else:
        print_status(output, content)


@app.command()
def rollback(number_: Annotated[int, typer.Argument(metavar="CHARGEMENT", help="Numéro du chargement.")]) -> None:
    """Annule un chargement : la base redevient ce qu’elle était avant lui."""
    from etl import rollups
    from etl.loading.rollback import RollbackRefused, attendance_pairs, require_load, roll_back

    try:
        with _current_engine() as engine, writing(engine) as connection:
            require_load(connection, number_)
            rollups.mark_changed_months(connection, [attendance_pairs(number_)])
            rollups.refresh(connection, roll_back(connection, number_), today())
    except RollbackRefused as refusal:
        refuse(str(refusal))
    output.print(f"Chargement {number(number_)} annulé.")


@app.command()
def template(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Source à remplir, comme places ou aids.")],
    path: Annotated[Path, typer.Argument(metavar="SORTIE.xlsx", help="Classeur à écrire\u202f; jamais remplacé.")],
) -> None:
    """Écrit un classeur à remplir : en-têtes, listes de choix, mode d’emploi."""
    from etl.cli.templates import TemplateError, write_template

    name = _known_source(source)
    try:
        write_template(source_named(str(name)), path)
    except TemplateError as problem:
        refuse(str(problem))
    output.print(f"Modèle écrit{NARROW}: {escape(str(path))}")


@app.command()
def schema(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Source à décrire, comme places ou aids.")],
) -> None:
    """Décrit les colonnes d’une source, au format Table Schema (JSON)."""
    from data.sources.table_schema import table_schema

    name = _known_source(source)
    typer.echo(json.dumps(table_schema(source_named(str(name))), ensure_ascii=False, indent=2))


@app.command()
def export(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="Source à écrire, comme places ou aids.")],
    path: Annotated[Path, typer.Argument(metavar="SORTIE.csv", help="Fichier à écrire\u202f; jamais remplacé.")],
) -> None:
    """Écrit les lignes en vigueur d’une source, comme un fichier que « load » relit sans rien changer."""
    from etl.cli.export import ExportError, write_export

    name = _known_source(source)
    try:
        with _current_engine() as engine, reading(engine) as connection:
            rows = write_export(connection, source_named(str(name)), path)
    except ExportError as problem:
        refuse(str(problem))
    output.print(f"{count(rows, 'ligne écrite', 'lignes écrites')}{NARROW}: {escape(str(path))}")


@app.command()
def past(
    load_id: Annotated[
        int, typer.Argument(metavar="CHARGEMENT", help="Numéro du chargement, celui que donne «\u202fstatus\u202f».")
    ],
    path: Annotated[Path, typer.Argument(metavar="SORTIE.sqlite", help="Base à écrire\u202f; jamais remplacée.")],
) -> None:
    """Écrit la base telle qu’elle était connue après un chargement\u202f; l’application l’ouvre comme une autre."""
    from etl.past.writer import PastError, write_past

    try:
        with _current_engine() as engine:
            write_past(engine, load_id, path)
    except PastError as problem:
        refuse(str(problem))
    output.print(f"Base du chargement {load_id} écrite{NARROW}: {escape(str(path))}")


@app.command()
def init() -> None:
    """Crée ou met à jour la base ; charge les données de démonstration quand elle est vide."""
    from etl.loading.progress import progress_bar
    from etl.preparation.database import complete_demonstration

    with _ready_engine() as engine, progress_bar(console, quiet=False) as progress:
        rows = complete_demonstration(engine, today(), progress)
    if rows:
        _print_demonstration(rows)


@app.command()
def refresh() -> None:
    """Recalcule toutes les sommes que lisent les pages."""
    from etl.preparation.database import prepare

    with _opened(create=True) as engine:
        prepare(engine, today(), recompute=True)
    output.print("Toutes les sommes sont recalculées.")


@app.command()
def demo() -> None:
    """Charge les données de démonstration, tant qu’aucun fichier de la Région ne l’est."""
    from etl.loading.progress import progress_bar
    from etl.preparation.database import load_demonstration

    with _ready_engine() as engine, progress_bar(console, quiet=False) as progress:
        rows = load_demonstration(engine, today(), progress)
    _print_demonstration(rows)


@app.command()
def boundaries(
    file: Annotated[
        Path | None,
        typer.Argument(help="GeoJSON officiel\u202f; sans lui, les contours schématiques.", readable=False),
    ] = None,
) -> None:
    """Remplace les contours des cartes, ou recalcule les contours schématiques."""
    from data.reference import OUTLINES_FILE, read_outlines
    from etl.preparation.outlines import write_outlines
    from etl.territory.geojson import OutlinesError, read_geojson
    from etl.territory.outlines import write_outlines as compute_outlines_file

    with _ready_engine() as engine:
        try:
            if file is None:
                compute_outlines_file(OUTLINES_FILE)
            outlines = read_geojson(file) if file else read_outlines()
        except OutlinesError as problem:
            refuse(str(problem))
        with writing(engine) as connection:
            write_outlines(connection, outlines)
    output.print(f"Contours remplacés{NARROW}: {outlines.epci_source or outlines.departement_source}.")


@contextmanager
def _ready_engine() -> Iterator[Engine]:
    """The database at its latest version, with territory and policy; made when it is not there."""
    with _opened(create=True) as engine:
        if find_not_ready_reason(engine) is not None:
            from etl.preparation.database import prepare

            prepare(engine, today())
        yield engine


@contextmanager
def _current_engine() -> Iterator[Engine]:
    """The database as it is. Nothing is created. Raises PreparationError when it is not ready."""
    with _opened(create=False) as engine:
        problem = find_not_ready_reason(engine)
        if problem:
            raise PreparationError(problem)
        yield engine


@contextmanager
def _opened(*, create: bool) -> Iterator[Engine]:
    engine = open_engine(read_database_url(os.environ), create=create)
    try:
        yield engine
    finally:
        engine.dispose()


def _known_source(name: str | None) -> str | None:
    if name is not None and name not in (names := [source.name for source in SOURCES]):
        refuse(f"Source inconnue{NARROW}: {name}. Sources connues{NARROW}: {', '.join(names)}.")
    return name


def _print_demonstration(rows: int) -> None:
    content = count(rows, "ligne", "lignes") if rows else "déjà chargées"
    output.print(f"Données de démonstration{NARROW}: {content}.")


def _print_and_exit(reports: list[Report], *, as_json: bool, rehearsal: bool = False) -> None:
    from etl.cli.outcome import print_outcome

    code = print_outcome(output, reports, as_json=as_json, rehearsal=rehearsal)
    if code:
        raise typer.Exit(code)


def main() -> None:
    """Run the command given on the command line."""
    run_command(app, sys.argv[1:] or ["--help"])


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)
    main()
