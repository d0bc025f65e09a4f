"""A tile: one big number, what it is compared with, and the rows behind it."""

from __future__ import annotations

from dashboard import ids
from dashboard.components.page import filtered_href
from dashboard.components.tile_values import Tile, Tone
from dashboard.elements import tags
from dashboard.elements.tags import Element

__all__ = ["Tile", "tile"]

ICONS: dict[Tone, str] = {"good": "●", "late": "▲", "neutral": "○"}


def tile(shown: Tile) -> Element:
    slug = shown.slug
    bar = tags.Div(tags.Div(className="tile-bar", style=_width(shown)), className="tile-track", aria_hidden="true")
    parts = [
        tags.H2(shown.label, className="tile-label"),
        tags.P(
            [
                tags.Span(shown.value, id=ids.tile(slug, "value"), className="tile-value"),
                tags.Span(f" {shown.unit}", className="tile-unit"),
            ],
            className="tile-number",
        ),
        *([bar] if shown.share is not None else []),
        tags.P(_status(shown), id=ids.tile(slug, "status"), className="tile-status"),
        tags.A(
            ["Les lignes", tags.Span(f"\u202f: {shown.name}", className="visually-hidden")],
            id=ids.tile(slug, "link"),
            href=_href(shown),
            className="tile-link",
        ),
    ]
    return tags.Div(parts, id=ids.tile(slug, "box"), className=f"tile tile-{shown.tone}")


def _status(shown: Tile) -> list[Element | str]:
    return [tags.Span(ICONS[shown.tone], className="tile-icon", aria_hidden="true"), f" {shown.status}"]


def _width(shown: Tile) -> dict[str, str]:
    return {"width": f"{round(100 * min(shown.share or 0.0, 1.0), 1)}%"}


def _href(shown: Tile) -> str:
    return filtered_href(f"/indicateurs/{shown.slug}/lignes", shown.query)
