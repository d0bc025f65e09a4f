"""A sender's own columns → those of a source, by a small declarative file: the configurations of mednum-cli.

A JSON object: each name is a header of ours, its value where it comes from in the sender's file:
`{"colonne": "Lieu"}`, `{"joindre": {"colonnes": ["N°", "Rue"], "séparateur": " "}}`, `{"valeur": "Hub du Sud"}`, or a
list of `{"colonnes": […], "termes": […], "sauf": […], "cible": "ASSO"}`: the targets whose terms are in these columns,
separated by `|`; without terms, the columns themselves; without columns, the target in every row. Names that no source
declares (telephone…) are left out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import polars as pl

from data.i18n import NARROW, fold, quote_french
from data.sources import SOURCES, fold_header
from etl.files.model import Sheet, Signature, UnreadableFile

_SEPARATOR = "|"


class MappingError(Exception):
    """The mapping file cannot be used; the message, in French, is the reason."""


@dataclass(frozen=True)
class HeaderMapping:
    """`targets`: a header of ours -> the rule that fills it."""

    targets: Mapping[str, Any]

    @property
    def signature(self) -> Signature:
        """Recognises the header row by the sender's columns that the mapping names."""
        named = {_key(name) for rule in self.targets.values() for name in _columns_of(rule)}
        return Signature(lambda cells: sum(_key(cell) in named for cell in cells if cell))

    def apply(self, sheet: Sheet) -> Sheet:
        """The sheet with our headers. Raises UnreadableFile when it has none of the columns that the mapping names."""
        at = {_key(name): str(position) for position, name in enumerate(sheet.header) if name}
        if not any(_key(name) in at for rule in self.targets.values() for name in _columns_of(rule)):
            raise UnreadableFile("aucune colonne du fichier n’est nommée dans la correspondance (--mapping).")
        rules = {name: _expression(rule, at) for name, rule in self.targets.items()}
        filled = {name: rule for name, rule in rules.items() if rule is not None}
        return replace(sheet, header=tuple(filled), batches=_mapped(sheet.batches, list(filled.values())))


def read_mapping(path: Path) -> HeaderMapping:
    """The mapping in a JSON file. Raises MappingError, OSError."""
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise MappingError(f"{quote_french(path.name)} n’est pas un fichier JSON lisible{NARROW}: {error}.") from error
    if not isinstance(found, dict):
        raise MappingError(f"{quote_french(path.name)} n’est pas un objet JSON {{colonne{NARROW}: provenance}}.")
    ours = {fold_header(column.header) for source in SOURCES for column in source.columns}
    targets = {name: rule for name, rule in found.items() if fold_header(name) in ours}
    if not targets:
        raise MappingError(f"{quote_french(path.name)} ne nomme aucune colonne connue.")
    for name, rule in targets.items():
        if not _is_rule(rule):
            raise MappingError(f"{quote_french(name)}{NARROW}: colonne, joindre, valeur ou une liste est attendu.")
    return HeaderMapping(targets)


def _is_rule(rule: object) -> bool:
    if isinstance(rule, list):
        return all(isinstance(one, dict) and (isinstance(one.get("colonnes"), list) or "cible" in one) for one in rule)
    if not isinstance(rule, dict):
        return False
    joined = rule.get("joindre")
    is_join = isinstance(joined, dict) and isinstance(joined.get("colonnes"), list)
    return is_join or isinstance(rule.get("colonne"), str) or isinstance(rule.get("valeur"), str)


def _key(name: str) -> str:
    """Names of a sender are compared without case, accents or surplus spaces."""
    return fold(name)


def _columns_of(rule: Any) -> list[str]:
    if isinstance(rule, list):
        return [name for one in rule for name in one.get("colonnes", ())]
    if "joindre" in rule:
        return list(rule["joindre"]["colonnes"])
    return [rule["colonne"]] if rule.get("colonne") else []


def _expression(rule: Any, at: Mapping[str, str]) -> pl.Expr | None:
    """What fills a column; None when the file has nothing for it."""
    if isinstance(rule, dict) and "valeur" in rule:
        return pl.lit(rule["valeur"])
    if isinstance(rule, list):
        parts = [_listed(one, at) for one in rule if "colonnes" not in one or _present(one["colonnes"], at)]
        return _joined(parts, _SEPARATOR) if parts else None
    if not any(_key(name) in at for name in _columns_of(rule)):
        return None
    if "joindre" in rule:
        return _joined(_present(rule["joindre"]["colonnes"], at), rule["joindre"].get("séparateur", " "))
    return pl.col(at[_key(rule["colonne"])])


def _present(names: Sequence[str], at: Mapping[str, str]) -> list[pl.Expr]:
    return [pl.col(at[_key(name)]) for name in names if _key(name) in at]


def _listed(rule: Mapping[str, Any], at: Mapping[str, str]) -> pl.Expr:
    """The target where one of the columns holds one of the terms, and no column an excluded one."""
    if "colonnes" not in rule:
        return pl.lit(str(rule["cible"]))
    columns = _present(rule["colonnes"], at)
    if not rule.get("termes"):
        return _joined(columns, _SEPARATOR)
    is_named = _holds(columns, rule["termes"])
    if rule.get("sauf"):
        is_named &= ~_holds(columns, rule["sauf"])
    return pl.when(is_named).then(pl.lit(str(rule.get("cible", ""))))


def _holds(columns: Sequence[pl.Expr], terms: Sequence[str]) -> pl.Expr:
    return pl.any_horizontal(
        column.str.to_lowercase().str.contains(str(term).lower(), literal=True).fill_null(value=False)
        for column in columns
        for term in terms
    )


def _joined(parts: Sequence[pl.Expr], separator: str) -> pl.Expr:
    joined = pl.concat_str(parts, separator=separator, ignore_nulls=True)
    return pl.when(joined != "").then(joined)


def _mapped(batches: Iterator[pl.DataFrame], rules: Sequence[pl.Expr]) -> Iterator[pl.DataFrame]:
    """Batches with one column for each rule; rows of the wrong length stay so."""
    for batch in batches:
        width = len(batch.columns) - 2
        longer = pl.col("cells").cast(pl.Int32) - width + len(rules)
        yield batch.select(
            "line",
            longer.clip(lower_bound=0).cast(pl.UInt16).alias("cells"),
            *(rule.cast(pl.String).alias(str(at)) for at, rule in enumerate(rules)),
        )
