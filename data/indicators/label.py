"""Indicators of the label."""

from __future__ import annotations

from sqlalchemy import func

from data.facts.label import LABELS
from data.facts.model import Measure, Total
from data.indicators.model import Indicator
from data.units import PLACES

LIEUX_LABELLISES = Indicator(
    slug="lieux-labellises",
    label="Tiers-lieux labellisés",
    theme="label",
    definition=(
        "Nombre de tiers-lieux dont le label «\u202fTiers-Lieux Normandie\u202f» est en vigueur à la date choisie."
    ),
    method=(
        "On compte les lieux dont la dernière étape parmi labellisé, renouvelé, retiré et expiré, à "
        "la date «\u202farrêté "
        "au\u202f» ou avant, est labellisé ou renouvelé, et qui n’ont pas fermé. Le même jour, l’ordre des étapes est "
        "celui de cette liste."
    ),
    why="C’est la grandeur que vise l’objectif de la politique régionale.",
    limits=(
        "Les 17 adhésions annoncées le 10 septembre 2018 sont une annonce, non un décompte du registre. "
        "Un lieu fermé sans date de fermeture reste compté."
    ),
    unit=PLACES,
    measure=Measure(LABELS, Total(lambda _rows: func.count()), only=lambda rows: (rows.state == "labelled",)),
    sources=("labels", "places"),
    better="higher",
)

INDICATORS = (LIEUX_LABELLISES,)
