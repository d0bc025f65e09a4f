"""A source → its Table Schema, the standard by which other tools check a file before it is sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from data.sources.model import Column, Source
from data.sources.values import allowed_values, example_of, explain_column, has_closed_list

JsonObject = Mapping[str, object]

_NUMBER_TYPE: JsonObject = {"type": "number", "decimalChar": ",", "groupChar": " ", "bareNumber": False}
_TYPES: Mapping[str, JsonObject] = {
    "day": {"type": "date", "format": "%d/%m/%Y"},
    "amount": _NUMBER_TYPE,
    "whole": {"type": "integer"},
    "number": _NUMBER_TYPE,
    "lon": _NUMBER_TYPE,
    "lat": _NUMBER_TYPE,
    "year": {"type": "year"},
    "yes_no": {"type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]},
}
_CONSTRAINTS: Mapping[str, JsonObject] = {
    "whole": {"minimum": 0},
    "year": {"minimum": 2000},
    "share": {"pattern": r"^(\d{1,3}([.,]\d+)?\s?%|[01]([.,]\d+)?)$"},
    "commune": {"pattern": r"^(14|27|50|61|76)\d{3}$"},
    "insee": {"pattern": r"^([013-9]\d|2[AB1-9])\d{3}$"},
    "rna": {"pattern": r"^W\d[0-9A-Z]\d{7}$"},
    "siret": {"pattern": r"^\d{14}$"},
    "lon": {"minimum": -180, "maximum": 180},
    "lat": {"minimum": -90, "maximum": 90},
}


def table_schema(source: Source) -> JsonObject:
    """name, title, description, fields, missingValues; primaryKey when columns of the file make one."""
    headers = {column.name: column.header for column in source.columns}
    key = [headers[name] for name in source.key if name in headers]
    empty = dict.fromkeys(text for column in source.columns for text in column.empty_words)
    return {
        "$schema": "https://specs.frictionlessdata.io/schemas/table-schema.json",
        "name": source.name,
        "title": source.label,
        "description": source.help,
        "fields": [_field(column) for column in source.columns],
        **({"primaryKey": key} if len(key) == len(source.key) else {}),
        "missingValues": ["", *empty],
    }


def _field(column: Column) -> JsonObject:
    example = _example(column)
    constraints = _constraints(column)
    return {
        "name": column.header,
        "title": column.header.replace("_", " "),
        **_TYPES.get(column.kind, {"type": "string"}),
        "description": _description(column),
        **({} if example == "" else {"example": example}),
        **({"constraints": constraints} if constraints else {}),
    }


def _example(column: Column) -> object:
    """The example as the type of the field has it: a number and no French text for a number."""
    text = example_of(column)
    if not text or column.kind not in _TYPES:
        return text
    readers: Mapping[object, Callable[[str], object]] = {
        "number": lambda number: float(number.replace(",", ".")),
        "integer": int,
        "year": int,
    }
    return readers.get(_TYPES[column.kind]["type"], str)(text)


def _constraints(column: Column) -> JsonObject:
    enum = allowed_values(column) if has_closed_list(column) and column.kind != "yes_no" else ()
    return {
        **({"required": True} if column.required else {}),
        **_CONSTRAINTS.get(column.kind, {}),
        **({"minimum": 0} if column.kind in {"amount", "number"} and not column.signed else {}),
        **({"enum": list(enum)} if enum else {}),
    }


def _description(column: Column) -> str:
    values = () if has_closed_list(column) else allowed_values(column)
    listed = f" Valeurs connues\u202f: {', '.join(values)}." if values else ""
    return f"{explain_column(column)}.{listed}"
