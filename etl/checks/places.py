"""Places: dates in order, coordinates where the commune is."""

from __future__ import annotations

import polars as pl

from data.facts.privacy import SOLE_TRADERS
from data.i18n import fold
from data.sources.places import PLACES
from etl.checks import communes
from etl.checks.model import Check
from etl.reference_data import ReferenceData
from etl.territory.locator import locate

MARGIN = 0.2  # degrees around the commune centres, within which a point is taken to be in Normandie
FAR_KM = 25
_KM_PER_DEGREE = 111.2


def checks(reference: ReferenceData) -> tuple[Check, ...]:
    """The checks of a place; `mend` then corrects its coordinates."""
    lon, lat = pl.col("lon"), pl.col("lat")
    nowhere = (lon == 0) & (lat == 0)
    inside = inside_normandie(reference, lon, lat)
    swapped = ~inside & inside_normandie(reference, lat, lon)
    north = (lat - pl.col("_lat")) * _KM_PER_DEGREE
    east = (lon - pl.col("_lon")) * _KM_PER_DEGREE * pl.col("_lat").radians().cos()
    return (
        Check("closed", pl.col("closed") < pl.col("opened"), "fermeture avant l’ouverture", True, "opened"),
        Check("lon", nowhere, "coordonnées 0, 0 (dans l’Atlantique)\u202f: corrigez-les ou laissez-les vides", True),
        Check("lon", swapped, "longitude et latitude inversées, remises dans l’ordre", against="lat"),
        Check(
            "lon",
            ~inside & ~swapped & ~nowhere,
            "coordonnées hors de Normandie, laissées vides\u202f: le centre de la commune est pris à leur place",
            against="lat",
        ),
        Check("lon", lon.is_null() & lat.is_not_null(), "latitude sans longitude, laissée vide", against="lat"),
        Check("lat", lat.is_null() & lon.is_not_null(), "longitude sans latitude, laissée vide", against="lon"),
        Check(
            "lon",
            inside & (north**2 + east**2 > FAR_KM**2),
            f"point à plus de {FAR_KM} km du centre de la commune du lieu, à vérifier",
            against="lat",
        ),
        *communes.checks(PLACES),
        Check(
            "name",
            pl.col("_is_named_after_person"),
            "nom du lieu\u202f: celui d’une personne. Remplacé par «\u202fTiers-lieu\u202f» et sa commune",
            is_personal=True,
        ),
    )


def located_with_centre(rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    """The rows with the commune found (`etl.territory.locator.locate`), `_lon` and `_lat`, its centre, and
    `_is_named_after_person`.
    """
    known = pl.DataFrame(
        [(code, commune.lon, commune.lat) for code, commune in reference.communes.items()],
        schema={"_commune": pl.String, "_lon": pl.Float64, "_lat": pl.Float64},
        orient="row",
    )
    located = locate(rows, reference).join(known, on="_commune", how="left", maintain_order="left")
    return located.with_columns(_is_named_after_person().alias("_is_named_after_person"))


def mend(rows: pl.DataFrame, reference: ReferenceData) -> pl.DataFrame:
    """Their commune as found; coordinates put back in order, both null when one is missing or outside Normandie; a name
    that is not that of a person.
    """
    towns = {code: commune.name for code, commune in reference.communes.items()}
    neutral_name = pl.format("Tiers-lieu ({})", pl.col("_commune").replace_strict(towns, default=""))
    lon, lat = pl.col("lon"), pl.col("lat")
    inside, swapped = inside_normandie(reference, lon, lat), inside_normandie(reference, lat, lon)
    return rows.with_columns(
        pl.col("_commune").alias("commune"),
        pl.when("_is_named_after_person").then(neutral_name).otherwise(pl.col("name")).alias("name"),
        pl.when(inside).then(lon).when(swapped).then(lat).alias("lon"),
        pl.when(inside).then(lat).when(swapped).then(lon).alias("lat"),
    )


def _is_named_after_person() -> pl.Expr:
    """True at the places of sole traders whose name holds that of their holder: it goes out with public data."""
    is_sole_trader = pl.col("legal_form").str.strip_chars().str.to_lowercase().is_in(SOLE_TRADERS)
    names = pl.struct("name", "holder").map_elements(
        lambda row: f" {fold(row['holder'])} " in f" {fold(row['name'])} ", return_dtype=pl.Boolean
    )
    return (is_sole_trader & names).fill_null(value=False)


def inside_normandie(reference: ReferenceData, lon: pl.Expr, lat: pl.Expr) -> pl.Expr:
    """True where a point is in Normandie, give or take a margin."""
    lons = [commune.lon for commune in reference.communes.values()] or [0.0]
    lats = [commune.lat for commune in reference.communes.values()] or [0.0]
    return lon.is_between(min(lons) - MARGIN, max(lons) + MARGIN) & lat.is_between(
        min(lats) - MARGIN, max(lats) + MARGIN
    )
