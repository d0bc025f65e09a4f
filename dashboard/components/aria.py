"""Attributes that Python cannot name as arguments."""

from __future__ import annotations

from typing import Any


def aria(**values: str) -> dict[str, Any]:
    """`aria(label="Filtres")` -> {"aria-label": "Filtres"}, to be spread into a component."""
    return {f"aria-{name}": value for name, value in values.items()}
