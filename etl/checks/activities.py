"""What partners do: what is still to come, what cannot be put on a map, what is not counted."""

from __future__ import annotations

import polars as pl

from data.i18n import fold
from etl.checks.model import FIRST_DAY_OF_POLICY, Check, future
from etl.reference_data import ReferenceData

LONGEST_HOURS, MOST_PEOPLE = 24, 2_000
_ONLINE = frozenset({"2", "en ligne", "online"})
_PUBLISHED = frozenset({"2", "publie", "published"})
_CANCELLED = frozenset({"6", "annule", "cancelled", "canceled"})


def checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of an activity of a partner."""
    nowhere = pl.col("place_id").is_null() & pl.col("commune").is_null()
    alone = pl.col("place_id").is_null() & pl.col("holder").is_null() & pl.col("aid_reference").is_null()
    return (
        future("day", reference.today, "action à venir\u202f: montrée dans l’agenda, comptée à sa date"),
        Check("day", pl.col("day") < FIRST_DAY_OF_POLICY, "action avant 2016, à vérifier"),
        Check("place_id", nowhere, "ni lieu ni commune\u202f: action comptée comme non localisée"),
        Check(
            "holder",
            (pl.col("kind") == "prior_meeting") & alone,
            "rencontre préalable sans lieu, porteur ni dossier\u202f: aucune aide ne pourra en être rapprochée",
        ),
        Check("hours", pl.col("hours") > LONGEST_HOURS, "durée de plus de 24 heures, à vérifier"),
        Check("participants", pl.col("participants") > MOST_PEOPLE, "plus de 2\u202f000 participants, à vérifier"),
    )


def agenda_checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of an event of an open agenda."""
    nowhere = published() & pl.col("_commune").is_null() & ~_among("attendance_mode", _ONLINE)
    return (
        Check("state", ~_is_published(), "évènement non publié, laissé de côté"),
        Check("event_status", _is_published() & _is_cancelled(), "évènement annulé, laissé de côté"),
        Check(
            "location",
            published() & (pl.col("_place_finding") == "ambiguous"),
            "plusieurs tiers-lieux répondent à ce lieu\u202f: évènement montré sans tiers-lieu",
        ),
        Check("city", nowhere & pl.col("_outside"), "évènement hors de Normandie, montré sans territoire"),
        Check("city", nowhere & ~pl.col("_outside"), "commune introuvable\u202f: évènement montré sans territoire"),
    )


def published() -> pl.Expr:
    """True at events that took or will take place, and that their agenda shows."""
    return _is_published() & ~_is_cancelled()


def _is_published() -> pl.Expr:
    return pl.col("state").is_null() | _among("state", _PUBLISHED)


def _is_cancelled() -> pl.Expr:
    return _among("event_status", _CANCELLED)


def _among(column: str, words: frozenset[str]) -> pl.Expr:
    folded = pl.col(column).map_elements(lambda text: fold(text).removesuffix(".0"), return_dtype=pl.String)
    return folded.is_in(list(words)).fill_null(value=False)
