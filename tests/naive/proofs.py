"""Figures rebuilt from their rows, as a reader does with a spreadsheet: nothing but the columns of the list.

Each function gives the value and the numbers that the sentence above the list must write, in its order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from data.indicators import Indicator
from data.selection import Selection
from tests import naive
from tests.naive.coverage import inhabitants
from tests.naive.pace import year_ago
from tests.naive.standard import in_force

Row = Mapping[str, Any]
MASKED = {"shown_value": "value", "shown_before": "value_before"}  # what is shown -> what counts
NUMBER = re.compile(r"\d+(?:\u202f\d{3})*(?:,\d+)?")


@dataclass(frozen=True)
class Rebuilt:
    """The value, and the numbers of the sentence."""

    value: float | None
    parts: tuple[float, ...] = ()
    half_known: bool = field(default=False)  # the rows cannot say that the figure is unknown


Rebuild = Callable[[Sequence[Row], naive.Facts, Selection], Rebuilt]


def number(value: Any) -> float:
    return float(value or 0)


def counted(rows: Sequence[Row], _facts: naive.Facts, _selection: Selection) -> Rebuilt:
    return Rebuilt(len(rows))


def summed(column: str) -> Rebuild:
    return lambda rows, _facts, _selection: Rebuilt(sum(number(row[column]) for row in rows))


def summed_if_known(column: str, *, empty: float | None = 0) -> Rebuild:
    """Unknown when no row says it."""

    def rebuild(rows: Sequence[Row], _facts: naive.Facts, _selection: Selection) -> Rebuilt:
        known = [number(row[column]) for row in rows if row[column] is not None]
        return Rebuilt(sum(known) if known else None if rows else empty)

    return rebuild


def middle(column: str) -> Rebuild:
    def rebuild(rows: Sequence[Row], _facts: naive.Facts, _selection: Selection) -> Rebuilt:
        known = [row[column] for row in rows if row[column] is not None]
        return Rebuilt(median(known) if known else None)

    return rebuild


def ratio(over: float, under: float, *between: float) -> Rebuilt:
    value = over / under if under else None
    for factor in between:
        value = None if value is None else value * factor
    return Rebuilt(value, (over, *between, under))


def of_columns(over: str, under: str) -> Rebuild:
    def rebuild(rows: Sequence[Row], _facts: naive.Facts, _selection: Selection) -> Rebuilt:
        return ratio(sum(number(row[over]) for row in rows), sum(number(row[under]) for row in rows))

    return rebuild


def share_of_yes(column: str, weight: str = "") -> Rebuild:
    """Rows, or what a column of theirs sums to, that say « oui »."""

    def rebuild(rows: Sequence[Row], _facts: naive.Facts, _selection: Selection) -> Rebuilt:
        weights = [(row[column] == "oui", row[weight] if weight else 1) for row in rows]
        return ratio(sum(one for yes, one in weights if yes), sum(one for _yes, one in weights))

    return rebuild


def share_of_known(rows: Sequence[Row], facts: naive.Facts, selection: Selection) -> Rebuilt:
    """The numbers of criteria of each row agree with its answer, and with every compulsory criterion in force."""
    compulsory = sum(one.is_compulsory for one in in_force(facts, selection.until))
    for row in rows:
        met, missing, unknown = (int(row[name] or 0) for name in ("met", "missing", "unknown"))
        assert met + missing + unknown == compulsory
        assert row["has_fact"] == ("inconnu" if unknown or not compulsory else "non" if missing else "oui")
    return share_of_yes("has_fact")([row for row in rows if row["has_fact"] != "inconnu"], facts, selection)


def to_check(rows: Sequence[Row], facts: naive.Facts, selection: Selection) -> Rebuilt:
    for row in rows:
        named = [len((row[f"{compliance}_names"] or "").split(", ")) for compliance in ("missing", "unknown")]
        assert named == [max(1, row["missing"]), max(1, row["unknown"])]
        assert row["missing"] + row["unknown"]
    return counted(rows, facts, selection)


def per_100000(rows: Sequence[Row], facts: naive.Facts, selection: Selection) -> Rebuilt:
    return ratio(len(rows), inhabitants(facts, selection), 100_000)


def per_inhabitant(rows: Sequence[Row], facts: naive.Facts, selection: Selection) -> Rebuilt:
    return ratio(sum(number(row["amount"]) for row in rows), inhabitants(facts, selection))


def per_place(rows: Sequence[Row], facts: naive.Facts, selection: Selection) -> Rebuilt:
    return ratio(sum(number(row["amount"]) for row in rows), len(naive.lieux_labellises(facts, selection)))


def left_to_order(rows: Sequence[Row], _facts: naive.Facts, _selection: Selection) -> Rebuilt:
    committed = sum(number(row["amount"]) for row in rows if row["step_label"] == "engagement")
    ordered = sum(number(row["amount"]) for row in rows if row["step_label"] != "engagement")
    return Rebuilt(committed - ordered, (committed, ordered))


def within_15_km(rows: Sequence[Row], facts: naive.Facts, selection: Selection) -> Rebuilt:
    for row in rows:
        assert (row["has_fact"] == "oui") == (row["kilometres"] is not None and row["kilometres"] <= 15)
    return share_of_yes("has_fact", "inhabitants")(rows, facts, selection)


def followed(rows: Sequence[Row], _facts: naive.Facts, _selection: Selection) -> Rebuilt:
    return ratio(sum(row["voted"] is not None for row in rows), len(rows))


def different(column: str) -> Rebuild:
    def rebuild(rows: Sequence[Row], _facts: naive.Facts, _selection: Selection) -> Rebuilt:
        found = len({row[column] for row in rows})
        return Rebuilt(found, (found,))

    return rebuild


def envelope(rows: Sequence[Row], _facts: naive.Facts, _selection: Selection) -> Rebuilt:
    voted = [row for row in rows if row["role"] == "enveloppe"]
    used = sum(number(row["amount"]) for row in rows if row["role"] != "enveloppe")
    if len({row["credit"] for row in voted}) != 1:
        return Rebuilt(None)
    assert {(row["scheme_label"], row["fiscal_year"]) for row in rows} == {
        (row["scheme_label"], row["fiscal_year"]) for row in voted
    }
    return ratio(used, sum(number(row["amount"]) for row in voted))


def change(rows: Sequence[Row], _facts: naive.Facts, _selection: Selection) -> Rebuilt:
    now, before = (sum(number(row[name]) for row in rows) for name in ("value", "value_before"))
    if not before:
        return Rebuilt(None)
    return Rebuilt(now / before - 1, (now, before, 1), half_known=True)  # too few places, or too small a share


def rhythm(rows: Sequence[Row], _facts: naive.Facts, selection: Selection) -> Rebuilt:
    began, ended = moves(rows, selection)
    return Rebuilt((began - ended) / 12, (began, ended, 12))


def moves(rows: Sequence[Row], selection: Selection) -> tuple[int, int]:
    for row in rows:
        if row["role"] in ("entrée", "sortie"):
            assert year_ago(selection.until) < row["day"] <= selection.until
    roles = [row["role"] for row in rows]
    return roles.count("entrée"), roles.count("sortie")


@dataclass(frozen=True)
class Line:
    """What the rows of a target say: labels in force, the value and day aimed at, those of the baseline."""

    labelled: int
    value: float
    due: date
    start: float | None
    start_day: date | None

    def expected(self, day: date) -> Rebuilt:
        if day >= self.due:
            return Rebuilt(self.value, (self.value,))
        if self.start is None or self.start_day is None or day < self.start_day:
            return Rebuilt(None)
        gone, whole = (day - self.start_day).days, (self.due - self.start_day).days
        value = self.start + (self.value - self.start) * gone / whole
        return Rebuilt(value, (self.start, self.value, self.start, gone, whole))


def line_of(rows: Sequence[Row]) -> Line | None:
    aimed = [row for row in rows if row["role"] == "objectif"]
    start = next((row for row in rows if row["role"] == "point de départ"), None)
    if not aimed:
        return None
    [target] = aimed
    labelled = sum(row["role"] == "label en vigueur" for row in rows)
    baseline = (float(start["number"]), start["day"]) if start else (None, None)
    return Line(labelled, float(target["number"]), target["day"], *baseline)


def of_target(value: Callable[[Line, Sequence[Row], Selection], Rebuilt]) -> Rebuild:
    def rebuild(rows: Sequence[Row], _facts: naive.Facts, selection: Selection) -> Rebuilt:
        line = line_of(rows)
        return value(line, rows, selection) if line else Rebuilt(None)

    return rebuild


def lead(line: Line, _rows: Sequence[Row], selection: Selection) -> Rebuilt:
    expected = line.expected(selection.until)
    if expected.value is None:
        return expected
    return Rebuilt(line.labelled - expected.value, (line.labelled, *expected.parts))


def lead_in_days(line: Line, _rows: Sequence[Row], selection: Selection) -> Rebuilt:
    day = selection.until
    if line.start is None or line.start_day is None or day < line.start_day:
        return Rebuilt(None)
    if not min(line.start, line.value) <= line.labelled <= max(line.start, line.value):
        return Rebuilt(None)
    gone, whole = (day - line.start_day).days, (line.due - line.start_day).days
    share = (line.labelled - line.start) / (line.value - line.start)
    return Rebuilt(share * whole - gone, (line.labelled, line.start, line.value, line.start, whole, gone))


def required(line: Line, _rows: Sequence[Row], selection: Selection) -> Rebuilt:
    left = (line.due - selection.until).days
    if left < 0:
        return Rebuilt(None)
    if line.labelled >= line.value:
        return Rebuilt(0, (0,))
    value = (line.value - line.labelled) / (left / 30.4375) if left else None
    return Rebuilt(value, (line.value, line.labelled, left, 30.4375))


def projected(line: Line, rows: Sequence[Row], selection: Selection) -> Rebuilt:
    began, ended = moves(rows, selection)
    left = (line.due - selection.until).days
    if left < 0 or began + ended < 6:
        return Rebuilt(None)
    parts = (line.labelled, began, ended, left, 365.25)
    raw = line.labelled + (began - ended) * left / 365.25
    return Rebuilt(max(raw, 0), parts if raw >= 0 else (0, *parts))


REBUILD: dict[str, Rebuild] = {
    "lieux-labellises": counted,
    "labellisations-cumulees": counted,
    "lieux-en-cours": counted,
    "standard-respecte": share_of_known,
    "labels-a-verifier": to_check,
    "delai-labellisation": middle("waited"),
    "part-objectif": of_target(lambda line, _rows, _selection: ratio(line.labelled, line.value)),
    "attendu-a-date": of_target(lambda line, _rows, selection: line.expected(selection.until)),
    "avance-labels": of_target(lead),
    "avance-jours": of_target(lead_in_days),
    "rythme-requis": of_target(required),
    "rythme-observe": rhythm,
    "projection-echeance": of_target(projected),
    "epci-couverts": share_of_yes("has_fact"),
    "labellises-pour-100000": per_100000,
    "population-15km": within_15_km,
    "aides-votees": summed("amount"),
    "aides-annulees": summed("amount"),
    "aides-engagees": summed("amount"),
    "aides-mandatees": summed("amount"),
    "aides-payees": summed("amount"),
    "aides-complementaires": summed("amount"),
    "dossiers-aides": counted,
    "depenses-eligibles": summed_if_known("eligible"),
    "taux-aide": of_columns("eligible_voted", "eligible"),
    "depenses-par-euro": of_columns("eligible", "eligible_voted"),
    "effet-levier": of_columns("private_money", "costed_voted"),
    "reste-a-mandater": left_to_order,
    "delai-premier-mandat": middle("waited"),
    "dossiers-a-verifier": counted,
    "aide-par-habitant": per_inhabitant,
    "aide-par-lieu": per_place,
    "enveloppe-votee": envelope,
    "enveloppe-engagee": envelope,
    "cp-mandates": envelope,
    "actions-partenaires": counted,
    "participations": summed_if_known("participants"),
    "epci-touches": share_of_yes("has_fact"),
    "lieux-visites": different("place_code"),
    "rencontres-prealables": counted,
    "rencontres-vers-emergence": followed,
    "lieux-animes": share_of_yes("has_fact"),
    "lieux-au-reseau": share_of_yes("has_fact"),
    "besoins-ouverts": counted,
    "delai-reponse": middle("waited"),
    "feuille-de-route": share_of_yes("has_fact"),
    "visites": summed_if_known("value", empty=None),
    "evolution-lieux-comparables": change,
    "taux-reponse": share_of_yes("answered"),
    "visites-par-poste": of_columns("value", "seats"),
    "epn": counted,
    "epn-pour-100000": per_100000,
}


def seen(indicator: Indicator, row: Row) -> dict[str, Any]:
    """What a reader of the list sees of a row; of a private place, what counts in the figure in place of the mask."""
    columns = indicator.proof.headers
    return {name: row[name] for name in columns} | {
        MASKED[name]: row[MASKED[name]] for name in columns if name in MASKED
    }


def numbers(words: str) -> list[float]:
    """The numbers of a sentence, as French writes them."""
    return [float(text.replace("\u202f", "").replace(",", ".")) for text in NUMBER.findall(words)]


def worked_out(words: str, indicator: Indicator, rows: Sequence[Row]) -> float:
    """The right-hand side of the sentence, done: what it says of the rows, else its sum with the words left out."""
    if words == "nombre de lignes":
        return len(rows)
    column = re.fullmatch(r"(somme|médiane) de la colonne «\u202f(.+)\u202f»", words)
    if column:
        name = next(name for name, header in indicator.proof.headers.items() if header == column[2])
        values = [float(row[MASKED.get(name, name)]) for row in rows if row[MASKED.get(name, name)] is not None]
        return sum(values) if column[1] == "somme" else median(values)
    if words.startswith("0, "):
        return 0
    signs = {"−": "-", "÷": "/", "×": "*"}
    kept = re.findall(rf"{NUMBER.pattern}|[−÷×+()]", words)
    sum_ = "".join(signs.get(one, one.replace("\u202f", "").replace(",", ".")) for one in kept)
    return float(eval(sum_))  # digits and signs alone
