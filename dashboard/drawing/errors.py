"""Reasons why a figure is not drawn."""

from __future__ import annotations


class DrawingError(Exception):
    """A figure could not be drawn; the message is one sentence of French for the person who waits for it."""


class DrawingBusyError(DrawingError):
    """Too many drawings wait, or one has waited too long: the same request may succeed later."""

    def __init__(self) -> None:
        super().__init__("Le serveur dessine déjà d’autres graphiques\u202f: redemandez celui-ci dans un moment.")


class DrawingRefusedError(DrawingError):
    """The figure or its size is out of bounds, or plotly cannot draw it."""


class DrawingStoppedError(DrawingError):
    """The drawing process was stopped at a limit, crashed, or could not start; the next drawing starts another one."""
