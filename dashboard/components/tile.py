"""A tile: one big number, what it is compared with, and the rows behind it."""

from __future__ import annotations

from typing import Any

from dash import Output, html
from dash.development.base_component import Component

from dashboard import ids
from dashboard.components.page import address
from dashboard.components.tile_values import Tile, Tone

__all__ = ["Tile", "tile", "tile_outputs", "tile_values"]

ICONS: dict[Tone, str] = {"good": "●", "late": "▲", "neutral": "○"}


def tile(shown: Tile) -> Component:
    """The tile, drawn."""
    slug = shown.slug
    hidden: dict[str, Any] = {"aria-hidden": "true"}
    return html.Div(
        [
            html.H2(shown.label, id=ids.tile(slug, "label"), className="tile-label"),
            html.P(
                [
                    html.Span(shown.value, id=ids.tile(slug, "value"), className="tile-value"),
                    html.Span(f" {shown.unit}", id=ids.tile(slug, "unit"), className="tile-unit"),
                ],
                className="tile-number",
            ),
            html.Div(
                html.Div(id=ids.tile(slug, "bar"), className="tile-bar", style=_width(shown)),
                id=ids.tile(slug, "track"),
                className="tile-track",
                hidden=shown.share is None,
                **hidden,
            ),
            html.P(_status(shown), id=ids.tile(slug, "status"), className="tile-status"),
            html.A(
                ["Les lignes", html.Span(f"\u202f: {shown.name}", className="visually-hidden")],
                id=ids.tile(slug, "link"),
                href=_href(shown),
                className="tile-link",
            ),
        ],
        id=ids.tile(slug, "box"),
        className=_tone(shown),
    )


def _status(shown: Tile) -> list[Component | str]:
    hidden: dict[str, Any] = {"aria-hidden": "true"}
    return [html.Span(ICONS[shown.tone], className="tile-icon", **hidden), f" {shown.status}"]


def _tone(shown: Tile) -> str:
    return f"tile tile-{shown.tone}"


def _width(shown: Tile) -> dict[str, str]:
    return {"width": f"{round(100 * min(shown.share or 0.0, 1.0), 1)}%"}


def _href(shown: Tile) -> str:
    return address(f"/indicateurs/{shown.slug}/lignes", shown.query)


def tile_outputs(slug: str) -> list[Output]:
    """What changes with the filters, in the order of `tile_values`."""
    return [
        Output(ids.tile(slug, "label"), "children"),
        Output(ids.tile(slug, "value"), "children"),
        Output(ids.tile(slug, "unit"), "children"),
        Output(ids.tile(slug, "bar"), "style"),
        Output(ids.tile(slug, "track"), "hidden"),
        Output(ids.tile(slug, "status"), "children"),
        Output(ids.tile(slug, "link"), "href"),
        Output(ids.tile(slug, "box"), "className"),
    ]


def tile_values(shown: Tile) -> list[Any]:
    """The values of `tile_outputs`."""
    return [
        shown.label,
        shown.value,
        f" {shown.unit}",
        _width(shown),
        shown.share is None,
        _status(shown),
        _href(shown),
        _tone(shown),
    ]
