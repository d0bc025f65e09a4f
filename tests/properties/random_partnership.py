"""Partners, agreements and targets of partners drawn at random, for small Régions."""

from __future__ import annotations

import random
from datetime import date, timedelta

Rows = list[dict[str, object]]


def partnership_files(draw: random.Random) -> dict[str, Rows]:
    """The files of the sources `partners` and `conventions`."""
    return {"partners": _partners(draw), "conventions": _conventions(draw)}


def partner_targets(draw: random.Random) -> Rows:
    """Targets of a calendar year, of other spans, without a start, of several indicators."""
    spans = [
        ("01/01/2020", "31/12/2020"),
        ("01/01/2021", "31/12/2021"),
        ("15/06/2019", "30/09/2020"),
        ("", "31/12/2021"),
    ]
    keys = {
        (draw.choice(("actions-partenaires", "rencontres-prealables")), draw.choice(("", "", "61")), partner, *span)
        for partner in ("aract", "aten", "tes")
        for span in draw.sample(spans, 2)
    }
    unique = {(key[:3], key[4]): key for key in sorted(keys)}
    return [
        {"indicateur": slug, "territoire": territory, "partenaire": partner, "date_reference": start, "echeance": end}
        | {"valeur": draw.choice((1, 3, 8)), "valeur_reference": "0" if start else "", "source": "convention du test"}
        for slug, territory, partner, start, end in unique.values()
    ]


def _partners(draw: random.Random) -> Rows:
    labels = {"aten": "Pôle ATEN (Chambre de métiers)", "tes": "Pôle TES", "universites": "Composantes universitaires"}
    return [
        {"partenaire": code, "libelle": label, "statut": draw.choice(("contractualisé", "approché", ""))}
        | {"depuis": draw.choice(("", _text(_day(draw))))}
        for code, label in labels.items()
    ]


def _conventions(draw: random.Random) -> Rows:
    """Agreements that follow one another, overlap, have no term, cover parts of an intercommunalité."""
    rows: Rows = []
    for partner in ("aract", "aten", "tes"):
        for start in sorted({_day(draw) for _ in range(draw.randrange(4))}):
            end = draw.choice((None, start, start + timedelta(days=365), start + timedelta(days=900)))
            rows.append(
                {
                    "partenaire": partner,
                    "debut": _text(start),
                    "fin": _text(end),
                    "objet": draw.choice(("Un objet", "Autre")),
                }
                | {"territoires": draw.choice(("", "14", "50|61", "200066827", "61|200066827", "27"))}
            )
    return rows


def _day(draw: random.Random) -> date:
    """Round days, so that agreements follow one another."""
    return date(draw.randint(2017, 2021), draw.randint(1, 12), draw.choice((1, 10, 28)))


def _text(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
