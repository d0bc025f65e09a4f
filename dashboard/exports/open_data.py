"""Public datasets as files: CSV, GeoJSON, and the Table Schema beside them. Only declared columns are written."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import orjson

from data.formulas import escape_formula
from data.model.public import PublicColumn, PublicDataset

LICENCE = {
    "name": "etalab-2.0",
    "title": "Licence Ouverte 2.0",
    "path": "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
}
INVENTED_PLACES = "Données de démonstration\u202f: ces lieux sont inventés."
_TYPES: Mapping[str, str] = {"day": "date", "whole": "integer", "number": "number", "yes_no": "boolean"}


@dataclass(frozen=True)
class Publication:
    """What a file says of itself: its day (« arrêté au »), and whether its data are invented."""

    until: date
    is_demonstration: bool

    @property
    def warning(self) -> str:
        """The French warning; empty for real data."""
        return INVENTED_PLACES if self.is_demonstration else ""


Row = Mapping[Any, Any]
WritePublic = Callable[[PublicDataset, Sequence[Row], Publication], bytes]


@dataclass(frozen=True)
class PublicFile:
    """One file of a dataset: the end of its address, its French label, its type, and its writer."""

    extension: Literal["csv", "geojson", "schema.json"]
    label: str
    content_type: str
    write: WritePublic


def public_path(dataset: PublicDataset, file: PublicFile) -> str:
    """The address of a file, which never changes: `/exports/tiers-lieux-labellises.geojson`."""
    return f"/exports/{dataset.slug}.{file.extension}"


def write_public_csv(dataset: PublicDataset, rows: Sequence[Row], _publication: Publication) -> bytes:
    """Commas, UTF-8 without BOM, days of ISO 8601, decimal points, true and false; unknown values are empty."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.header for column in dataset.columns])
    writer.writerows([_cell(column, row[column.name]) for column in dataset.columns] for row in rows)
    return text.getvalue().encode()


def write_public_geojson(dataset: PublicDataset, rows: Sequence[Row], publication: Publication) -> bytes:
    """A FeatureCollection (RFC 7946) with the day, the licence and, for invented data, a warning. A row without a
    position has a null geometry.
    """
    collection = {
        "type": "FeatureCollection",
        "name": dataset.slug,
        "titre": dataset.title,
        "arrete_au": publication.until.isoformat(),
        "licence": LICENCE["title"],
        **({"avertissement": publication.warning} if publication.warning else {}),
        "features": [_feature(dataset, row) for row in rows],
    }
    return orjson.dumps(collection)


def write_public_schema(dataset: PublicDataset, _rows: Iterable[Row], publication: Publication) -> bytes:
    """The Table Schema of the CSV file: every public column, its type and its meaning."""
    description = f"{publication.warning} {dataset.description}".strip()
    schema = {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": dataset.slug,
        "title": dataset.title,
        "description": description,
        "licenses": [LICENCE],
        "fields": [_field(column) for column in dataset.columns],
        "primaryKey": [dataset.columns[0].header],
        "missingValues": [""],
    }
    return orjson.dumps(schema, option=orjson.OPT_INDENT_2)


PUBLIC_FILES = (
    PublicFile("csv", "CSV", "text/csv; charset=utf-8", write_public_csv),
    PublicFile("geojson", "GeoJSON", "application/geo+json", write_public_geojson),
    PublicFile("schema.json", "schéma des colonnes (JSON)", "application/json", write_public_schema),
)


def _feature(dataset: PublicDataset, row: Row) -> dict[str, Any]:
    located = row["lon"] is not None and row["lat"] is not None
    return {
        "type": "Feature",
        "id": row[dataset.columns[0].name],
        "geometry": {"type": "Point", "coordinates": [row["lon"], row["lat"]]} if located else None,
        "properties": {
            column.header: _public_value(column, row[column.name])
            for column in dataset.columns
            if column.name not in {"lon", "lat"}
        },
    }


def _public_value(column: PublicColumn, value: Any) -> Any:
    """A value as JSON has it; codes are named, several are separated by a bar."""
    if column.kind != "choices" or value is None:
        return value
    labels = {choice.code: choice.label for choice in column.choices}
    return "|".join(labels.get(code, code) for code in value.split("|") if code)


def _cell(column: PublicColumn, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return escape_formula(str(_public_value(column, value))) if isinstance(value, str) else str(value)


def _field(column: PublicColumn) -> dict[str, Any]:
    return {
        "name": column.header,
        "title": column.title,
        "type": _TYPES.get(column.kind, "string"),
        "description": f"{column.description}.",
        **({"constraints": {"required": True}} if column.is_required else {}),
    }
