"""The envelopes of credits, and what is used of each."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.drill import Drill
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.amounts import EnvelopeLabels, draw_envelopes
from dashboard.figures.base import BLUE, MUTED, records
from data.facts.credits import CREDIT_NAMES
from data.i18n import NARROW, euros, percent, sentence_list
from data.queries.aid import read_envelopes
from data.queries.credits import INAPPLICABLE_FILTERS, NO_ENVELOPE_REASON, no_envelope_reason
from data.selection import FilterOptions, Selection
from data.units import EUROS, EXACT_EUROS, SHARE

PAGES = ("/aides",)
CREDIT_VERBS = {"AE": "votées", "AP": "votées", "CP": "mandatés"}  # how each kind of credits is used
ENVELOPE_LABELS = EnvelopeLabels(EUROS, "enveloppe", "de l’enveloppe", CREDIT_VERBS)
MANAGEMENT_DATA_NOTE = "donnée de gestion, ne vaut pas compte administratif"


def read_envelope_use(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per exercice and kind of credits with an envelope: `year`, `credit` (AE, AP, CP), `envelope`, `used`
    (euros: voted of AE and AP, ordered of CP), `share`. Schemes of one kind are added, kinds never are.
    """
    sums: dict[tuple[int, str], tuple[float, float]] = {}
    for use in read_envelopes(connection, selection):
        envelope, used = sums.get((use.fiscal_year, use.credit), (0.0, 0.0))
        sums[use.fiscal_year, use.credit] = (envelope + use.envelope, used + use.used)
    rows = [(*key, envelope, used, used / envelope) for key, (envelope, used) in sorted(sums.items()) if envelope]
    return pd.DataFrame(rows, columns=["year", "credit", "envelope", "used", "share"], dtype=object)


def envelope_use_finding(frame: pd.DataFrame) -> str:
    """The use of the envelopes of the last exercice."""
    rows = records(frame)
    last = rows[-1]["year"]
    shares = [
        f"{percent(row['share'])} des {row['credit']} {CREDIT_VERBS[row['credit']]}"
        for row in rows
        if row["year"] == last
    ]
    return f"Exercice {last}{NARROW}: {sentence_list(shares)}"


def describe_envelope_use(frame: pd.DataFrame) -> str:
    uses = [
        f"{row['credit']} {row['year']}, {euros(row['used'])} sur {euros(row['envelope'])}" for row in records(frame)
    ]
    return f"Barres de ce qui est utilisé dans chaque enveloppe{NARROW}: {sentence_list(uses)}."


def message_without_envelope(selection: Selection, options: FilterOptions) -> str:
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucune enveloppe à montrer {where} {when}{NARROW}: {no_envelope_reason(selection) or NO_ENVELOPE_REASON}"


ENVELOPES = Chart(
    slug="enveloppes",
    subtitle=(
        f"Votes dans les {CREDIT_NAMES['AE']} et {CREDIT_NAMES['AP']}, mandats dans les {CREDIT_NAMES['CP']}, "
        f"Région entière{NARROW}; ces crédits ne s’additionnent jamais{NARROW}; {MANAGEMENT_DATA_NOTE}"
    ),
    read=read_envelope_use,
    finding=envelope_use_finding,
    describe=describe_envelope_use,
    draw=partial(draw_envelopes, labels=ENVELOPE_LABELS),
    office=OfficeChart("column", ("year", "credit"), ("envelope", "used"), colours=(MUTED, BLUE)),
    columns=(
        TableColumn("year", "Exercice", "year"),
        TableColumn("credit", "Crédits"),
        TableColumn("envelope", "Enveloppe", "value", EXACT_EUROS),
        TableColumn("used", "Utilisé", "value", EXACT_EUROS),
        TableColumn("share", "Part utilisée", "value", SHARE),
    ),
    indicators=("enveloppe-votee", "cp-mandates"),
    ignores=INAPPLICABLE_FILTERS,
    drill=Drill(period="year"),
    empty_message=message_without_envelope,
    pages=PAGES,
)
