"""Codes of communes against the town and the postcode beside them, in every source that has both."""

from __future__ import annotations

import polars as pl

from data.sources import Source
from etl.checks.model import Check

_CORRECTED = "code INSEE contredit par la commune et le code postal écrits à côté\u202f: ce sont eux qui sont suivis"
_DOUBTFUL = "code INSEE contredit par ce qui est écrit à côté, qui ne suffit pas à trouver la commune"
_RESTORED = "code INSEE à 4 chiffres, zéro de tête rétabli comme le veut la commune écrite à côté"
_OTHER_NAME = "ce nom n’est pas celui de la commune du code INSEE, qui seul compte"


def checks(source: Source) -> tuple[Check, ...]:
    """The checks of codes that the town or the postcode contradicts; a required commune is never left empty."""
    required = source.column("commune").required
    finding = pl.col("_finding")
    doubtful = finding == "doubtful"
    kept = "" if required else ", lieu gardé sans territoire"
    return (
        Check("commune", finding == "mended", _CORRECTED, against="commune_name"),
        Check("commune", finding == "restored", _RESTORED, against="commune_name"),
        Check("commune", doubtful, f"{_DOUBTFUL}{kept}", refuses=required, against="commune_name"),
        Check("commune_name", finding == "other_name", _OTHER_NAME, against="commune"),
    )
