"""What partners do: what is still to come, what cannot be put on a map, what is not counted."""

from __future__ import annotations

import re

import polars as pl

from data.i18n import fold
from etl.checks.model import FIRST_DAY_OF_POLICY, Check, future
from etl.reference_data import ReferenceData
from etl.typing.texts import STRUCK_OUT

LONGEST_HOURS, MOST_PEOPLE = 24, 2_000
_CIVILITY = r"\b(?:M\.|Mr|Mme|Mlle|Monsieur|Madame)\s+"
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
        Check(
            "title",
            pl.col("_title") != pl.col("title"),
            "intitulé\u202f: le nom du porteur, précédé d’une civilité, est remplacé par •••",
            is_personal=True,
        ),
        Check("hours", pl.col("hours") > LONGEST_HOURS, "durée de plus de 24 heures, à vérifier"),
        Check("participants", pl.col("participants") > MOST_PEOPLE, "plus de 2\u202f000 participants, à vérifier"),
    )


def with_public_title(rows: pl.DataFrame, _reference: ReferenceData) -> pl.DataFrame:
    """The rows with `_title`, their title without the name of a person."""
    titles = [without_person(title, holder) for title, holder in rows.select("title", "holder").iter_rows()]
    return rows.with_columns(pl.Series("_title", titles, dtype=pl.String))


def mend(rows: pl.DataFrame, _reference: ReferenceData) -> pl.DataFrame:
    """Their titles without the name of a person, on rows to which `with_public_title` added its column."""
    return rows.with_columns(pl.col("_title").alias("title"))


def without_person(title: str | None, holder: str | None) -> str | None:
    """The title without the name of the holder where a civility precedes it, there or in the name itself."""
    if not title or not holder:
        return title
    name = re.sub(f"^{_CIVILITY}", "", holder, flags=re.IGNORECASE)
    before = f"({_CIVILITY})" if name == holder else "()"
    return re.sub(f"{before}{re.escape(name)}", rf"\1{STRUCK_OUT}", title, flags=re.IGNORECASE)


def agenda_checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of an event of an open agenda."""
    nowhere = published() & pl.col("_commune").is_null() & ~is_online()
    return (
        Check("state", ~_is_published(), "évènement non publié, laissé de côté"),
        Check("event_status", _is_published() & _is_cancelled(), "évènement annulé, laissé de côté"),
        Check(
            "location",
            published() & (pl.col("_match_problem") == "ambiguous"),
            "plusieurs tiers-lieux répondent à ce lieu\u202f: évènement montré sans tiers-lieu",
        ),
        Check("city", nowhere & pl.col("_outside"), "évènement hors de Normandie, montré sans territoire"),
        Check("city", nowhere & ~pl.col("_outside"), "commune introuvable\u202f: évènement montré sans territoire"),
    )


def published() -> pl.Expr:
    """True at events that took or will take place, and that their agenda shows."""
    return _is_published() & ~_is_cancelled()


def is_online() -> pl.Expr:
    """True at events that nobody can go to: the place that announces them welcomes none."""
    return _among("attendance_mode", _ONLINE)


def _is_published() -> pl.Expr:
    return pl.col("state").is_null() | _among("state", _PUBLISHED)


def _is_cancelled() -> pl.Expr:
    return _among("event_status", _CANCELLED)


def _among(column: str, words: frozenset[str]) -> pl.Expr:
    folded = pl.col(column).map_elements(lambda text: fold(text).removesuffix(".0"), return_dtype=pl.String)
    return folded.is_in(list(words)).fill_null(value=False)
