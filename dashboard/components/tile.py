"""A tile: one large number, its comparison, and a link to its rows."""

from __future__ import annotations

from dashboard import ids
from dashboard.components.page import filtered_href
from dashboard.components.report_button import report_button
from dashboard.components.tile_values import Tile, Tone
from dashboard.elements import tags
from dashboard.elements.tags import Element

__all__ = ["Tile", "tile_element"]

ICONS: dict[Tone, str] = {"good": "●", "late": "▲", "neutral": "○"}


def tile_element(tile: Tile) -> Element:
    slug = tile.slug
    bar = tags.Div(tags.Div(className="tile-bar", style=_width(tile)), className="tile-track", aria_hidden="true")
    parts = [
        tags.H2(tile.label, className="tile-label"),
        tags.P(
            [
                tags.Span(tile.value, id=ids.tile(slug, "value"), className="tile-value"),
                tags.Span(f" {tile.unit}", className="tile-unit"),
            ],
            className="tile-number",
        ),
        *([bar] if tile.share is not None else []),
        tags.P(_status_content(tile), id=ids.tile(slug, "status"), className="tile-status"),
        *([_comparison_list(tile)] if tile.comparison else []),
        tags.Div(
            [
                tags.A(
                    ["Les lignes", tags.Span(f"\u202f: {tile.name}", className="visually-hidden")],
                    id=ids.tile(slug, "link"),
                    href=_href(tile),
                    className="tile-link",
                ),
                report_button("indicateur", slug, tile.name),
            ],
            className="tile-foot",
        ),
    ]
    return tags.Div(parts, id=ids.tile(slug, "box"), className=f"tile tile-{tile.tone}", data_query=tile.query)


def _status_content(tile: Tile) -> list[Element | str]:
    return [tags.Span(ICONS[tile.tone], className="tile-icon", aria_hidden="true"), f" {tile.status}"]


def _comparison_list(tile: Tile) -> Element:
    pairs = [tags.Div([tags.Dt(label), tags.Dd(value)]) for label, value in tile.comparison]
    return tags.Dl(pairs, className="tile-comparison")


def _width(tile: Tile) -> dict[str, str]:
    return {"width": f"{round(100 * min(tile.share or 0.0, 1.0), 1)}%"}


def _href(tile: Tile) -> str:
    return filtered_href(f"/indicateurs/{tile.slug}/lignes", tile.query)
