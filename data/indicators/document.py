"""docs/indicators.md, written from the declarations: `python -m data.indicators.document`."""

from __future__ import annotations

import sys

from data.indicators import INDICATORS, Indicator, groupings_of
from data.sources import source_named

_DIRECTION_LABELS = {
    "higher": "plus c’est haut, mieux c’est",
    "lower": "plus c’est bas, mieux c’est",
    "neutral": "ni bon ni mauvais",
}


def dictionary_markdown() -> str:
    """The dictionary of indicators, in Markdown and in French."""
    lines = [
        "# Dictionnaire des indicateurs",
        "",
        "Écrit par `make docs` à partir de `data/indicators/`\u202f: ne pas modifier à la main.",
        "",
        "| indicateur | ce qu’il dit | unité |",
        "|---|---|---|",
        *(f"| [`{one.slug}`](#{one.slug}) | {one.label} | {one.unit.code} |" for one in INDICATORS),
    ]
    for indicator in INDICATORS:
        lines += _indicator_section(indicator)
    return "\n".join(lines) + "\n"


def _indicator_section(indicator: Indicator) -> list[str]:
    groupings = [grouping.key for grouping in groupings_of(indicator)]
    sources = [f"{source_named(name).label} (`{name}`)" for name in indicator.sources]
    return [
        "",
        f"## {indicator.slug}",
        "",
        f"**{indicator.label}.** {indicator.definition}",
        "",
        f"* Méthode\u202f: {indicator.method}",
        f"* Utilité\u202f: {indicator.why}",
        f"* Limites : {indicator.limits}",
        f"* Unité\u202f: {indicator.unit.code}\u202f; sens\u202f: {_DIRECTION_LABELS[indicator.better]}",
        f"* Sources : {', '.join(sources)}",
        f"* Se décline par\u202f: {', '.join(groupings)}",
    ]


if __name__ == "__main__":
    sys.stdout.write(dictionary_markdown())
