"""The network of managers: days in order, states that agree with them, organisations in place of persons."""

from __future__ import annotations

import polars as pl

from data.i18n import fold
from data.sources.managers import OPEN_NEED_STATES
from etl.checks.model import FIRST_DAY_OF_POLICY, Check, future
from etl.reference_data import ReferenceData

_OWNERS = (
    "région",
    "région normandie",
    "réseau",
    "réseau des gérants",
    "réseau des tiers-lieux",
    "lieux",
    "partenaires",
)


def meeting_checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a meeting of the managers."""
    present = pl.col("places").str.strip_chars("|").str.split("|").list.len()
    return (
        future("day", reference.today, "réunion à venir\u202f: elle comptera à sa date"),
        Check("day", pl.col("day") < FIRST_DAY_OF_POLICY, "réunion avant 2016, à vérifier"),
        Check("places", pl.col("places") == "", "aucun lieu présent\u202f: cette réunion n’en compte aucun"),
        Check(
            "participants",
            (pl.col("places") != "") & (pl.col("participants") < present),
            "moins de participants que de lieux présents, à vérifier",
        ),
    )


def need_checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a need."""
    is_open = pl.col("state").is_in(OPEN_NEED_STATES)
    return (
        Check("answered", pl.col("answered") < pl.col("day"), "réponse avant le besoin", refuses=True, against="day"),
        future("day", reference.today, "besoin daté dans le futur\u202f: il comptera à sa date"),
        Check("day", pl.col("day") < FIRST_DAY_OF_POLICY, "besoin avant 2016, à vérifier"),
        Check(
            "answered",
            is_open & pl.col("answered").is_not_null(),
            "date de réponse d’un besoin encore ouvert\u202f: il reste compté comme ouvert",
        ),
        Check(
            "answered",
            ~is_open & pl.col("answered").is_null(),
            "besoin clos sans date de réponse\u202f: compté comme clos dès son expression, sans délai",
        ),
    )


def action_checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of an action of the roadmap."""
    is_done = pl.col("state") == "done"
    is_undated = is_done & pl.col("done").is_null()
    return (
        future("done", reference.today, "réalisation dans le futur\u202f: elle comptera à sa date"),
        Check(
            "done",
            is_undated & pl.col("due").is_not_null(),
            "action faite sans date\u202f: comptée faite à son échéance",
        ),
        Check("done", is_undated & pl.col("due").is_null(), "action faite sans date ni échéance, jamais attendue"),
        Check("done", ~is_done & pl.col("done").is_not_null(), "date de réalisation d’une action qui n’est pas faite"),
        Check(
            "owner",
            ~is_organisation(reference),
            "pilote laissé vide\u202f: la Région, le réseau, les lieux ou un partenaire connu est attendu, jamais une "
            "personne",
            is_personal=True,
        ),
    )


def is_organisation(reference: ReferenceData) -> pl.Expr:
    """True at the actions led by the Région, the network, the places or a known partner; null without an owner."""
    known = {fold(text) for text in (*_OWNERS, *reference.partners, *reference.partners.values())}
    return pl.col("owner").map_elements(lambda text: fold(text) in known, return_dtype=pl.Boolean)
