"""The command line, python -m dashboard: reports and sheets without a browser, as for a task at night."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Annotated, Never

import typer
from rich.progress import Progress

from dashboard.pages.report.site import REPORT_SITE, territory_of
from dashboard.reports.compose import compose, compose_sheets
from dashboard.reports.draft import draft_query
from dashboard.reports.formats import REPORT_FORMATS, report_format
from dashboard.reports.models import MODELS, model_named
from dashboard.reports.pdf import write_sheets
from dashboard.requests.page_request import PageRequest, open_request
from dashboard.urls import REPORT_PATH
from dashboard.web.factory import paris_today
from dashboard.web.settings import Settings, read_settings
from data.database_errors import DATABASE_ERRORS, describe_database_error
from data.engine import open_engine
from data.i18n import NARROW, count
from data.queries.options import LoadCache
from data.readiness import find_not_ready_reason
from data.settings import SettingsError

app = typer.Typer(
    help="Écrit les rapports du tableau de bord Tiers-Lieux Normandie.",
    add_completion=False,
    pretty_exceptions_enable=False,
)
_MODEL_NAMES = ", ".join(model.slug for model in MODELS)
_EXTENSIONS = ", ".join(format_.extension for format_ in REPORT_FORMATS)
READABLE = 0o644  # the mode of files: temporary ones are private
Query = Annotated[str, typer.Option(help="Filtres, comme dans l’adresse d’une page (dep=61&au=2020-12-31).")]


@app.command()
def report(
    model: Annotated[str, typer.Argument(metavar="MODÈLE", help=f"Un de{NARROW}: {_MODEL_NAMES}.")],
    out: Annotated[Path, typer.Option(help=f"Fichier à écrire{NARROW}; son extension dit le format ({_EXTENSIONS}).")],
    query: Query = "",
) -> None:
    """Écrit un rapport à partir d’un modèle."""
    declared, format_ = model_named(model), report_format(out.suffix.lower().removeprefix("."))
    if declared is None:
        _refuse(f"Modèle inconnu{NARROW}: {model}. Modèles{NARROW}: {_MODEL_NAMES}.")
    if format_ is None:
        _refuse(f"Le format de {out.name} est inconnu. Extensions possibles{NARROW}: {_EXTENSIONS}.")
    with _opened(query) as (page_request, settings):
        draft = declared.draft(page_request.selection.to_query(), territory_of(page_request.selection))
        link = f"{settings.public_url}{REPORT_PATH}?{draft_query(draft)}" if settings.public_url else ""
        document = replace(compose(page_request, draft, REPORT_SITE, link), template=settings.report_template)
        with _new_file(out) as file:
            format_.write(document, file)
    typer.echo(f"Rapport écrit{NARROW}: {out}")


@app.command()
def sheets(
    out: Annotated[Path, typer.Option(help="Dossier (une fiche par fichier), ou fichier .pdf (une page par fiche).")],
    query: Query = "",
) -> None:
    """Écrit la fiche de chaque territoire, une page A4 chacune."""
    territories = REPORT_SITE.territories()
    with _opened(query) as (page_request, _settings), Progress(transient=True) as progress:
        filters = page_request.selection.without_territory().to_query()
        codes = progress.track(list(territories), description="Fiches")
        documents = compose_sheets(page_request, codes, filters, REPORT_SITE)
        if out.suffix.lower() == ".pdf":
            with _new_file(out) as file:
                write_sheets(list(documents), file)
        else:
            out.mkdir(parents=True, exist_ok=True)
            for code, document in zip(territories, documents, strict=True):
                with _new_file(out / f"tiers-lieux_fiche_{code}.pdf") as file:
                    write_sheets([document], file)
    typer.echo(f"{count(len(territories), 'fiche écrite', 'fiches écrites')}{NARROW}: {out}")


@contextmanager
def _opened(query: str) -> Iterator[tuple[PageRequest, Settings]]:
    """A request on one snapshot, and the settings. Filters must all be known: nobody reads the notices of a task at
    night.
    """
    settings = read_settings(os.environ)
    engine = open_engine(settings.database_url, create=False)
    try:
        if reason := find_not_ready_reason(engine):
            _refuse(reason)
        with open_request(engine, paris_today, LoadCache(), REPORT_PATH, query) as page_request:
            if page_request.notices:
                _refuse(" ".join(page_request.notices))
            yield page_request, settings
    finally:
        engine.dispose()


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name once it is whole."""
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}-", delete=False) as file:
            try:
                yield file
            except BaseException:
                Path(file.name).unlink()
                raise
        Path(file.name).chmod(READABLE)
        Path(file.name).replace(path)
    except OSError:
        _refuse(
            f"«{NARROW}{path}{NARROW}» ne peut pas être écrit{NARROW}: vérifiez son dossier, ses droits, le disque."
        )


def _refuse(message: str) -> Never:
    typer.echo(message, err=True)
    raise typer.Exit(1)


def main() -> None:
    """Run the command given on the command line; what can be foreseen ends in one sentence and the code 1."""
    try:
        app(sys.argv[1:] or ["--help"], prog_name="python -m dashboard")
    except SettingsError as problem:
        sys.exit(str(problem))
    except DATABASE_ERRORS as failure:
        sentence = describe_database_error(failure)
        if sentence is None:
            raise
        sys.exit(sentence)


if __name__ == "__main__":
    main()
