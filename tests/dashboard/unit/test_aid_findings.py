"""The sentences of the page of aid, computed from their frames."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.charts.aid_money import (
    aid_by_funder_finding,
    aid_by_holder_finding,
    aid_cascade_finding,
)
from dashboard.charts.envelopes import ENVELOPE_LABELS, envelope_use_finding
from dashboard.figures.amounts import draw_envelopes, draw_ranked_amounts
from data.units import EUROS


def plain(text: str) -> str:
    return text.replace("\u202f", " ")


def stages(amounts: tuple[float, float, float, float], cut: bool = False) -> pd.DataFrame:
    rows = [
        {"stage": stage, "label": "Émergence", "amount": amount, "share": None, "has_start": cut}
        for stage, amount in zip(("Voté", "Engagé", "Mandaté", "Payé"), amounts, strict=True)
    ]
    return pd.DataFrame(rows, dtype=object)


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (stages((1000, 980, 700, 600)), "Sur 1 000 € votés, 98 % engagés, 70 % mandatés et 60 % payés"),
        (stages((1000, 0, 0, 0)), "1 000 € votés, rien d’engagé à ce jour"),
        (
            stages((1000, 500, 1200, 1200), cut=True),
            "1 000 € votés et 1 200 € payés dans la période, en partie pour des votes antérieurs",
        ),
        (stages((0, 0, 300, 200)), "0 € voté et 200 € payés dans la période"),
    ],
)
def test_cascade_finding(frame: pd.DataFrame, sentence: str) -> None:
    assert plain(aid_cascade_finding(frame)) == sentence


def shares(**amounts: float) -> pd.DataFrame:
    whole = sum(amounts.values())
    rows = [
        {"label": label, "amount": amount, "share": amount / whole if whole else None, "files": 1, "text": label}
        for label, amount in amounts.items()
    ]
    return pd.DataFrame(rows, dtype=object)


@pytest.mark.parametrize(
    ("frame", "sentence"),
    [
        (shares(public=60, privé=40), "Type de porteur le plus aidé : public, 60 % des montants votés"),
        (shares(public=50, privé=50), "Autant d’aide votée aux porteurs de types « public » et « privé », 50 % chacun"),
        (shares(public=5), "5 € votés à des porteurs de type « public »"),
        (shares(public=0, privé=0), "Les aides votées sont toutes d’un montant nul"),
    ],
)
def test_holders_finding(frame: pd.DataFrame, sentence: str) -> None:
    assert plain(aid_by_holder_finding(frame)) == sentence


def test_funders_finding() -> None:
    frame = shares(**{"Union européenne": 600, "Région Normandie": 400})
    assert plain(aid_by_funder_finding(frame)) == (
        "1 000 € d’aides complémentaires, à côté des leviers, dont 60 % de l’Union européenne"
    )


def credit(year: int, kind: str, used: float) -> dict[str, object]:
    return {"year": year, "credit": kind, "envelope": 100.0, "used": used, "share": used / 100}


def test_credits_of_the_last_exercice_are_never_added() -> None:
    frame = pd.DataFrame([credit(2019, "AE", 10), credit(2020, "AE", 66), credit(2020, "CP", 130)], dtype=object)
    assert plain(envelope_use_finding(frame)) == "Exercice 2020 : 66 % des AE votées et 130 % des CP mandatés"
    given, *used, _words = draw_envelopes(frame, ENVELOPE_LABELS)["data"]
    assert given["y"] == [100, 100, 100]
    assert [trace["y"] for trace in used] == [[10, 66], [130]]


def test_funders_beyond_the_first_are_added_together() -> None:
    frame = shares(**{f"F{rank:02d}": 100.0 - rank for rank in range(12)})
    bars = draw_ranked_amounts(frame, EUROS)["data"][0]
    assert len(bars["y"]) == 9
    assert sum(bars["x"]) == pytest.approx(sum(frame["amount"]))
