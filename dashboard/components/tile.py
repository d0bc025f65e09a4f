"""A tile: one big number, what it is compared with, and the rows behind it."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.page import address
from dashboard.components.tile_values import Tile, Tone

__all__ = ["Tile", "tile"]

ICONS: dict[Tone, str] = {"good": "●", "late": "▲", "neutral": "○"}


def tile(shown: Tile) -> Component:
    """The tile, drawn."""
    slug = shown.slug
    hidden: dict[str, Any] = {"aria-hidden": "true"}
    bar = html.Div(html.Div(className="tile-bar", style=_width(shown)), className="tile-track", **hidden)
    parts = [
        html.H2(shown.label, className="tile-label"),
        html.P(
            [
                html.Span(shown.value, id=ids.tile(slug, "value"), className="tile-value"),
                html.Span(f" {shown.unit}", className="tile-unit"),
            ],
            className="tile-number",
        ),
        *([bar] if shown.share is not None else []),
        html.P(_status(shown), id=ids.tile(slug, "status"), className="tile-status"),
        html.A(
            ["Les lignes", html.Span(f"\u202f: {shown.name}", className="visually-hidden")],
            id=ids.tile(slug, "link"),
            href=_href(shown),
            className="tile-link",
        ),
    ]
    return html.Div(parts, id=ids.tile(slug, "box"), className=f"tile tile-{shown.tone}")


def _status(shown: Tile) -> list[Component | str]:
    hidden: dict[str, Any] = {"aria-hidden": "true"}
    return [html.Span(ICONS[shown.tone], className="tile-icon", **hidden), f" {shown.status}"]


def _width(shown: Tile) -> dict[str, str]:
    return {"width": f"{round(100 * min(shown.share or 0.0, 1.0), 1)}%"}


def _href(shown: Tile) -> str:
    return address(f"/indicateurs/{shown.slug}/lignes", shown.query)
