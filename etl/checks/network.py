"""The network of EPN: where its places are. Places outside Normandie are kept with a warning, and not counted."""

from __future__ import annotations

import polars as pl

from data.sources.network import MEDIATION_PLACES
from etl.checks import communes
from etl.checks.model import Check
from etl.checks.places import inside_normandie
from etl.reference_data import ReferenceData

_LON, _LAT, _OUTSIDE = pl.col("lon"), pl.col("lat"), pl.col("_outside")
_NULL_ISLAND = (_LON == 0) & (_LAT == 0)
_INCOMPLETE = _LON.is_null() != _LAT.is_null()


def checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a place of the network, on rows located by `etl.territory.locator`."""
    inside = inside_normandie(reference, _LON, _LAT)
    swapped = ~inside & inside_normandie(reference, _LAT, _LON)
    unknown = "commune introuvable par son nom et son code postal\u202f: lieu gardé, sans territoire"
    return (
        *communes.checks(MEDIATION_PLACES),
        Check("postcode", _OUTSIDE & pl.col("commune").is_null(), "lieu hors de Normandie, gardé et non compté"),
        Check(
            "commune_name",
            ~_OUTSIDE & pl.col("_commune").is_null() & pl.col("_finding").is_null(),
            unknown,
            against="postcode",
        ),
        Check("lon", _INCOMPLETE, "longitude ou latitude seule, laissée vide"),
        Check("lon", _NULL_ISLAND, "coordonnées 0, 0 (dans l’Atlantique), laissées vides"),
        Check("lon", ~_OUTSIDE & swapped, "longitude et latitude inversées, remises dans l’ordre", against="lat"),
        Check(
            "lon",
            ~_OUTSIDE & ~inside & ~swapped & ~_NULL_ISLAND,
            "coordonnées hors de Normandie alors que la commune y est, laissées vides",
            against="lat",
        ),
    )


def mend(rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    """Their commune as found; coordinates put back in order, both null when they cannot be right."""
    inside, swapped = inside_normandie(reference, _LON, _LAT), inside_normandie(reference, _LAT, _LON)
    kept = inside | (_OUTSIDE & ~_NULL_ISLAND & ~_INCOMPLETE)
    turned = ~_OUTSIDE & swapped
    return rows.with_columns(
        pl.col("_commune").alias("commune"),
        pl.when(kept).then(_LON).when(turned).then(_LAT).alias("lon"),
        pl.when(kept).then(_LAT).when(turned).then(_LON).alias("lat"),
    )
