"""A chart's numbers as a file."""

from __future__ import annotations

from sqlalchemy import Connection

from dashboard.charts import Chart
from dashboard.components.source_line import DEMONSTRATION
from dashboard.exports.csv import csv_bytes
from dashboard.exports.naming import file_name
from data.queries.sources import read_is_demonstration
from data.selection import Known, Selection


def read_chart_csv(connection: Connection, chart: Chart, selection: Selection, known: Known) -> tuple[bytes, str]:
    """The CSV file of a chart for a selection, and its name; each line says the filters and, if so, demonstration."""
    demonstration = read_is_demonstration(connection)
    same = {"Filtres": selection.caption(known)} | ({"Nature": DEMONSTRATION} if demonstration else {})
    content = csv_bytes(chart.columns, chart.read(connection, selection, known), same)
    return content, file_name(chart.slug, selection.until, "csv", demonstration)
