"""Every chart of a page in one ZIP: pictures, numbers, and an index with the findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from io import BytesIO
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from flask import Flask, Response, abort, request

from dashboard.charts import Chart, charts_of_page
from dashboard.drawing import DrawingBusyError, DrawingError
from dashboard.exports.csv import write_csv
from dashboard.exports.picture import write_png, write_svg
from dashboard.exports.prepared import PreparedExport
from dashboard.requests.page_request import OpenRequest, PageRequest
from dashboard.urls import CHART_ARCHIVE_PATH, PAGE_PARAMETER
from dashboard.web.downloads import download_response, new_file
from dashboard.web.export_routes import request_query
from dashboard.web.heavy_responses import HeavyResponseLimit
from dashboard.web.prepared_exports import export_stem, prepare_chart
from data.i18n import day_long

WRITERS = {"png": write_png, "svg": write_svg, "csv": write_csv}
PICTURES = frozenset({"png", "svg"})
INDEX_STYLE = "body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}img{width:100%}"


def register(server: Flask, open_request: OpenRequest, limit: HeavyResponseLimit) -> None:
    """Add the address `/exports/graphiques.zip?page=/aides&…`, with the filters of the page."""

    @server.get(CHART_ARCHIVE_PATH)
    def chart_archive() -> Response:
        """Aborts with 404 for a page without charts, with 503 when too many files are being prepared."""
        path = request.args.get(PAGE_PARAMETER, "")
        charts = charts_of_page(path)
        if not charts:
            abort(404, f"Aucune page avec des graphiques n’est à l’adresse «\u202f{path[:80]}\u202f».")
        with new_file() as file, limit.slot(), open_request(request.path, request_query()) as page_request:
            name = export_stem(page_request, f"graphiques-{path.strip('/') or 'accueil'}", charts[0].filters)
            write_archive(page_request, charts, cast("IO[bytes]", file))
        return download_response(file, f"{name}.zip", "application/zip", in_pieces=True)


def write_archive(page_request: PageRequest, charts: Sequence[Chart], file: IO[bytes]) -> None:
    """Write the ZIP. Raises DrawingBusyError."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        entries = "".join(_write_chart(page_request, chart, archive) for chart in charts)
        day = day_long(page_request.options.today)
        filters = escape(page_request.selection.caption(page_request.options))
        archive.writestr(
            "index.html",
            f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Graphiques</title>'
            f"<style>{INDEX_STYLE}</style></head><body><h1>Graphiques</h1><p>{filters}</p><p>Édité le {day}</p>"
            f"{entries}</body></html>",
        )


def _write_chart(page_request: PageRequest, chart: Chart, archive: ZipFile) -> str:
    """Add the files of a chart; gives its entry of the index, which says why a picture is missing."""
    with prepare_chart(page_request, chart) as prepared:
        assert prepared.chart is not None, "a chart has a drawing (prepared_exports.py)"
        is_empty = prepared.chart().picture is None
        written: list[str] = []
        problem = ""
        for extension in WRITERS:
            if is_empty and extension in PICTURES:
                continue
            try:
                archive.writestr(f"{prepared.stem}.{extension}", _content(prepared, extension))
                written.append(extension)
            except DrawingBusyError:
                raise
            except DrawingError as reason:
                problem = str(reason)
        return "".join(_index_entry(prepared, written, problem))


def _content(prepared: PreparedExport, extension: str) -> bytes:
    content = BytesIO()
    WRITERS[extension](prepared, content)
    return content.getvalue()


def _index_entry(prepared: PreparedExport, written: list[str], problem: str) -> Iterator[str]:
    assert prepared.chart is not None, "a chart has a drawing (prepared_exports.py)"
    passport, stem = prepared.passport(), escape(prepared.stem)
    yield f"<h2>{escape(passport.title)}</h2><p>{escape(passport.subtitle)}</p>"
    if "png" in written:
        yield f'<img src="{stem}.png" alt="{escape(prepared.chart().alt)}">'
    if problem:
        yield f"<p>{escape(problem)}</p>"
    links = (f'<a href="{stem}.{extension}">{extension.upper()}</a>' for extension in written)
    yield f"<p>{escape(passport.foot)}</p><p>{' · '.join(links)}</p>"
