"""Input files of the policy around the places: envelopes, meetings, partners' activities, the network of EPN."""

from datetime import date

import numpy as np
import polars as pl

LEVERS = ("emergence", "services-numeriques")
PARTNERS = ("aract", "aten", "tes", "universites")
PARTNER_SHARE = (0.6, 0.25, 0.1, 0.05)
ACTIVITIES = (
    "rencontre préalable", "avis label", "accompagnement", "temps d’échange QVT", "réunion de gérants", "atelier",
    "séminaire", "évènement",
)  # fmt: skip
ACTIVITY_SHARE = (0.3, 0.1, 0.2, 0.08, 0.07, 0.15, 0.03, 0.07)


def days(first: np.ndarray, later: np.ndarray) -> np.ndarray:
    """First dates (datetime64[D]) moved by whole days."""
    return first + later.astype("timedelta64[D]")


def make_envelopes(aids: pl.DataFrame) -> pl.DataFrame:
    """One row per lever, fiscal year and credit type: a little more than what was voted."""
    voted = (
        aids.filter(pl.col("dispositif").is_in(LEVERS))
        .group_by("dispositif", "exercice")
        .agg(pl.col("montant_vote").sum())
        .sort("dispositif", "exercice")
    )
    kinds = pl.DataFrame({"type_credit": ["AE", "CP"], "room": [1.15, 1.05]})
    return voted.join(kinds, how="cross").select(
        "dispositif", "exercice", "type_credit", montant=(pl.col("montant_vote") * pl.col("room")).round(2)
    )


def make_sessions(dates: np.ndarray) -> pl.DataFrame:
    """One row per decision meeting."""
    return pl.DataFrame({"date": dates, "libelle": "Commission permanente"})


def make_activities(
    count: int, until: date, places: pl.DataFrame, aids: pl.DataFrame, rng: np.random.Generator
) -> pl.DataFrame:
    """One row per activity of a partner, over four years; a third of the prior meetings name an aid file."""
    at = rng.integers(0, len(places), count)
    kind = rng.choice(len(ACTIVITIES), count, p=ACTIVITY_SHARE)
    first, length = np.datetime64("2018-01-01"), (until - date(2018, 1, 1)).days
    named = rng.random(count) < 0.33
    frame = pl.DataFrame(
        {
            "id_action": [f"ACT-{n:06d}" for n in range(1, count + 1)],
            "partenaire": rng.choice(PARTNERS, count, p=PARTNER_SHARE),
            "type": np.array(ACTIVITIES)[kind],
            "date": days(np.full(count, first), rng.integers(0, length, count)),
            "id_lieu": places["id_lieu"][at],
            "participants": rng.integers(1, 40, count),
            "porteur": places["porteur"][at],
            "reference_aide": aids["reference"][rng.integers(0, len(aids), count)],
            "named": named,
        }
    )
    named_meeting = (pl.col("type") == ACTIVITIES[0]) & pl.col("named")
    return frame.with_columns(pl.when(named_meeting).then("reference_aide").alias("reference_aide")).drop("named")


def make_mediation_places(count: int, until: date, communes: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """One row per EPN, in real communes, in the national format."""
    at = rng.integers(0, len(communes), count)
    return pl.DataFrame(
        {
            "id": [f"epn-{n}" for n in range(1, count + 1)],
            "pivot": "00000000000000",
            "nom": [f"EPN de mesure {n}" for n in range(1, count + 1)],
            "commune": communes["name"][at],
            "code_postal": [f"{code[:2]}000" for code in communes["code"][at]],
            "code_insee": communes["code"][at],
            "adresse": "1 rue de la Mesure",
            "date_maj": [until] * count,
        }
    )
