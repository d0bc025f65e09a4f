"""Seeded input files in the Région's formats, for the benchmarks: `python bench/generate.py M`.

Writes var/bench/<size>/{places,labels,targets,envelopes,sessions,aids,activities,mediation-places,attendance,
attendance-corrected}.csv: `;`, dd/mm/yyyy,
decimal commas. Same size, seed and shares = same bytes. Real communes: read from data/reference/communes.csv.
"""

import argparse
import time
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from policy_files import days, make_activities, make_envelopes, make_mediation_places, make_sessions

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "var" / "bench"
LAST_DAY = date(2021, 12, 31)
BASELINE = date(2018, 9, 10)
HOLDERS = ("public", "privé", "associatif")
KINDS = ("coworking", "fablab", "coworking|fablab", "lieu culturel", "médiation numérique")
UNITS = ("visites", "personnes", "journées", "demi-journées", "heures")
UNIT_FACTOR = (1.0, 0.35, 0.5, 0.9, 3.2)
PUBLICS = (
    "", "salariés en télétravail", "indépendants", "entreprises et TPE", "artisans", "étudiants",
    "demandeurs d'emploi", "associations", "autres",
)  # fmt: skip
PUBLIC_SHARE = (1.0, 0.27, 0.22, 0.12, 0.06, 0.13, 0.07, 0.08, 0.05)
SEASON = (1.0, 0.95, 1.05, 1.0, 0.95, 1.05, 0.7, 0.45, 1.1, 1.15, 1.1, 0.85)
COMMISSIONS = ((1, 22), (2, 19), (3, 18), (4, 15), (5, 27), (7, 6), (9, 21), (11, 9), (12, 14))
SCHEMES = (
    "emergence", "services-numeriques", "ess", "culture-patrimoine", "adn", "amenagement-territoire", "feder",
)  # fmt: skip
SCHEME_SHARE = (0.35, 0.4, 0.07, 0.05, 0.05, 0.06, 0.02)


@dataclass(frozen=True)
class Size:
    """How much of each file: attendance rows = places x months x breakdown x response rate."""

    places: int
    aids: int
    months: int
    breakdown: int  # how many of the unit x public pairs a reporting place fills in each month
    response: float
    activities: int
    mediation: int


SIZES = {
    "S": Size(58, 300, 36, 6, 0.8, 200, 100),
    "M": Size(3_500, 200_000, 36, 10, 0.8, 20_000, 1_000),
    "L": Size(3_500, 200_000, 72, 45, 0.885, 20_000, 1_000),
}


def write(frame: pl.DataFrame, path: Path, decimals: int = 2) -> None:
    frame.write_csv(path, separator=";", date_format="%d/%m/%Y", decimal_comma=True, float_precision=decimals)


def make_places(size: Size, communes: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """One row per place, in real communes drawn by the square root of their population."""
    weight = np.sqrt(communes["population"].cast(pl.Float64).to_numpy())
    at = rng.choice(len(communes), size.places, p=weight / weight.sum())
    number = np.arange(1, size.places + 1)
    opened = days(np.full(size.places, np.datetime64("2012-01-01")), rng.integers(0, 5 * 365, size.places))
    yes_no = np.array(["oui", "non"])
    return pl.DataFrame(
        {
            "id_lieu": [f"TL-{n:05d}" for n in number],
            "nom": [f"Lieu de mesure {n} — {c}" for n, c in zip(number, communes["name"][at], strict=True)],
            "code_insee": communes["code"][at],
            "commune": communes["name"][at],
            "porteur": [f"Porteur {n}" for n in number],
            "type_porteur": rng.choice(HOLDERS, size.places, p=(0.35, 0.2, 0.45)),
            "typologie": rng.choice(KINDS, size.places),
            "date_ouverture": opened,
            "postes": rng.integers(4, 60, size.places),
            "surface_m2": rng.integers(40, 900, size.places),
            "salle_reunion": yes_no[rng.integers(0, 2, size.places)],
            "espace_convivialite": yes_no[rng.integers(0, 2, size.places)],
        }
    )


def commission_dates() -> np.ndarray:
    """About nine decision meetings a year, 2018 to 2021 (datetime64[D], ascending)."""
    return np.array([date(y, m, d) for y in range(2018, 2022) for m, d in COMMISSIONS], dtype="datetime64[D]")


def label_steps(place: str, applied: date, rng: np.random.Generator) -> Iterator[tuple[str, str, date, str | None]]:
    """The life of one label: place, step, date, opinion."""
    complete = applied + timedelta(days=int(rng.integers(20, 90)))
    opinion = complete + timedelta(days=int(rng.integers(15, 90)))
    decision = opinion + timedelta(days=int(rng.integers(10, 120)))
    fate = rng.random()
    yield place, "candidature", applied, None
    if fate < 0.05:
        yield place, "abandonné", complete, None
        return
    yield place, "dossier complet", complete, None
    yield place, "avis Aract", opinion, "favorable" if fate < 0.85 else "réservé"
    yield place, "labellisé" if fate < 0.92 else "refusé", decision, None
    if 0.05 <= fate < 0.10:
        yield place, "retiré", decision + timedelta(days=int(rng.integers(300, 700))), None


def make_labels(places: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """One row per place x step, none after the last day."""
    rows = [
        step
        for place in places["id_lieu"]
        for step in label_steps(place, date(2017, 9, 1) + timedelta(days=int(rng.integers(0, 1500))), rng)
        if step[2] <= LAST_DAY
    ]
    return pl.DataFrame(rows, schema=["id_lieu", "etape", "date", "sens"], orient="row")


def make_targets(places: int) -> pl.DataFrame:
    """The target and its baseline, in proportion to the size (50 labelled of 58 at size S)."""
    return pl.DataFrame(
        {
            "indicateur": ["lieux-labellises"],
            "echeance": [LAST_DAY],
            "valeur": [round(places * 50 / 58)],
            "date_reference": [BASELINE],
            "valeur_reference": [round(places * 17 / 58)],
            "source": ["Données de mesure (bench/generate.py)"],
        }
    )


def make_aids(size: Size, places: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """One row per aid file, voted on a commission date; steps after the last day are empty."""
    count = size.aids
    at = rng.integers(0, size.places, count)
    scheme = rng.choice(len(SCHEMES), count, p=SCHEME_SHARE)
    voted = rng.choice(commission_dates(), count)
    studies, equipment = rng.uniform(4e3, 4e4, count), rng.lognormal(10.3, 0.8, count)
    eligible = np.round(np.where(scheme == 0, studies, equipment), 2)
    amount = np.round(eligible * rng.choice([0.5, 0.4, 0.3, 0.55], count, p=(0.7, 0.15, 0.14, 0.01)), 2)
    amount = np.where(scheme == 0, np.minimum(amount, 10_000), amount)
    committed = days(voted, rng.integers(10, 60, count))
    ordered = days(committed, rng.integers(45, 300, count))
    paid = days(ordered, rng.integers(8, 40, count))
    done = rng.random(count)
    ordered_amount = np.round(amount * rng.choice([1.0, 0.5, 0.3], count, p=(0.5, 0.3, 0.2)), 2)
    frame = pl.DataFrame(
        {
            "reference": [f"D{n:07d}" for n in range(1, count + 1)],
            "dispositif": np.array(SCHEMES)[scheme],
            "id_lieu": places["id_lieu"][at],
            "beneficiaire": places["porteur"][at],
            "type_porteur": places["type_porteur"][at],
            "code_insee_projet": places["code_insee"][at],
            "date_demande": days(voted, -rng.integers(40, 200, count)),
            "depenses_eligibles": eligible,
            "date_vote": voted,
            "montant_vote": amount,
            "date_engagement": committed,
            "montant_engage": amount,
            "date_premier_mandat": ordered,
            "montant_mandate": ordered_amount,
            "date_paiement": paid,
            "montant_paye": ordered_amount,
            "exercice": voted.astype("datetime64[Y]").astype(int) + 1970,
            "share": done,
        }
    )
    steps = (("engagement", "engage", 0.95), ("premier_mandat", "mandate", 0.7), ("paiement", "paye", 0.62))
    for dated, money, share in steps:
        happened = (pl.col(f"date_{dated}") <= LAST_DAY) & (pl.col("share") < share)
        frame = frame.with_columns(
            pl.when(happened).then(pl.col(name)) for name in (f"date_{dated}", f"montant_{money}")
        )
    return frame.drop("share")


def month_starts(size: Size) -> list[date]:
    """The months of attendance, the last one ending on the last day."""
    months = range(12 * LAST_DAY.year + 12 - size.months, 12 * LAST_DAY.year + 12)
    return [date(n // 12, n % 12 + 1, 1) for n in months]


def attendance_values(size: Size, month: date, base: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Whole values, place x breakdown (flat): a season, a growth, an empty spring 2020, and noise."""
    level = SEASON[month.month - 1] * 1.06 ** (month.year - 2018)
    if month.year == 2020 and month.month in (4, 5, 11):
        level *= 0.15
    pairs = [u * p for p in PUBLIC_SHARE for u in UNIT_FACTOR][: size.breakdown]
    expected = base[:, None] * level * np.array(pairs)[None, :]
    noise = rng.normal(1.0, 0.15, expected.shape).clip(0.4, 1.6)
    return np.rint(expected * noise).astype(np.int64).ravel()


def month_frame(size: Size, month: date, places: pl.Series, values: np.ndarray) -> pl.DataFrame:
    """One row per reporting place x (unit, public) of one month, all as text, as it stands in the file."""
    pairs = [(u, p) for p in PUBLICS for u in UNITS][: size.breakdown]
    which = np.tile(np.arange(size.breakdown, dtype=np.uint32), len(places))
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return pl.DataFrame(
        {
            "id_lieu": places[np.repeat(np.arange(len(places)), size.breakdown)],
            "debut": pl.repeat(f"{month:%d/%m/%Y}", len(values), eager=True),
            "fin": pl.repeat(f"{last:%d/%m/%Y}", len(values), eager=True),
            "unite": pl.Series([u for u, _ in pairs])[which],
            "public": pl.Series([p for _, p in pairs])[which],
            "valeur": pl.Series(values).cast(pl.String),
        }
    )


def spoil(frame: pl.DataFrame, share: float, rng: np.random.Generator) -> pl.DataFrame:
    """The frame with a share of defects: half impossible dates, half unknown places."""
    flaw = pl.Series(rng.random(len(frame)))
    return frame.with_columns(
        pl.when(flaw < share / 2).then(pl.lit("31/02/2020")).otherwise("debut").alias("debut"),
        pl.when(flaw.is_between(share / 2, share)).then(pl.lit("TL-INCONNU")).otherwise("id_lieu").alias("id_lieu"),
    )


def correct(frame: pl.DataFrame, values: np.ndarray, share: float, rng: np.random.Generator) -> pl.DataFrame:
    """The second delivery: the same rows, a share of the values changed."""
    changed = pl.Series(values + rng.integers(1, 6, len(values))).cast(pl.String)
    touched = pl.Series(rng.random(len(values)) < share)
    return frame.with_columns(pl.when(touched).then(changed).otherwise("valeur").alias("valeur"))


def write_attendance(size: Size, places: pl.Series, folder: Path, shares: tuple[float, float], seed: int) -> int:
    """Both deliveries, month by month so that memory stays small; returns the rows of each.

    `shares` = (rows with a defect, values changed in the second delivery).
    """
    rng, other = np.random.default_rng((seed, 2)), np.random.default_rng((seed, 3))
    base = np.random.default_rng((seed, 4)).lognormal(4.6, 0.7, size.places)
    rows = 0
    names = ("attendance.csv", "attendance-corrected.csv")
    with (folder / names[0]).open("wb") as first, (folder / names[1]).open("wb") as second:
        for month in month_starts(size):
            reporting = np.flatnonzero(rng.random(size.places) < size.response)
            values = attendance_values(size, month, base[reporting], rng)
            frame = spoil(month_frame(size, month, places[reporting], values), shares[0], other)
            for out, delivery in ((first, frame), (second, correct(frame, values, shares[1], other))):
                delivery.write_csv(out, separator=";", include_header=rows == 0, quote_style="never")
            rows += len(values)
    return rows


def generate(name: str, defects: float = 0.001, corrected: float = 0.10, seed: int = 2018) -> Path:
    """Write every file of one size and return its folder."""
    size, folder = SIZES[name], OUT / name
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng((seed, 1))
    communes = pl.read_csv(ROOT / "data/reference/communes.csv", separator=";", infer_schema=False)
    places = make_places(size, communes, rng)
    write(places, folder / "places.csv")
    write(make_labels(places, rng), folder / "labels.csv")
    write(make_targets(size.places), folder / "targets.csv")
    aids = make_aids(size, places, rng)
    write(aids, folder / "aids.csv")
    rng = np.random.default_rng((seed, 5))  # a generator of their own: the files above keep their bytes
    write(make_envelopes(aids), folder / "envelopes.csv")
    write(make_sessions(commission_dates()), folder / "sessions.csv")
    write(make_activities(size.activities, LAST_DAY, places, aids, rng), folder / "activities.csv")
    write(make_mediation_places(size.mediation, LAST_DAY, communes, rng), folder / "mediation-places.csv")
    start = time.perf_counter()
    rows = write_attendance(size, places["id_lieu"], folder, (defects, corrected), seed)
    seconds = time.perf_counter() - start
    print(f"{folder.relative_to(ROOT)}: 2 x {rows} attendance rows in {seconds:.1f} s")
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("size", nargs="+", choices=sorted(SIZES))
    parser.add_argument("--defects", type=float, default=0.001, help="share of attendance rows with a defect")
    parser.add_argument("--corrected", type=float, default=0.10, help="share of values changed afterwards")
    parser.add_argument("--seed", type=int, default=2018)
    options = parser.parse_args()
    for name in options.size:
        generate(name, options.defects, options.corrected, options.seed)


if __name__ == "__main__":
    main()
