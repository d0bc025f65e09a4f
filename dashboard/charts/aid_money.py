"""The money of aid: its four steps, the envelopes, the types of holders, the other funders."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.aid import message_without_vote
from dashboard.charts.drill import Drill, NoDrill
from dashboard.charts.envelopes import ENVELOPES, MANAGEMENT_DATA_NOTE, PAGES
from dashboard.charts.heights import height_of_rows
from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.exports.office import OfficeChart
from dashboard.figures.amounts import draw_aid_cascade, draw_ranked_amounts
from dashboard.figures.base import FrameRow, records, sums_by
from data.facts.scope import NO_CODE
from data.filters import FILTERS
from data.i18n import NARROW, agree, count, euros, percent, sentence_list
from data.queries.aid import (
    STEPS_BY_STAGE,
    AidShare,
    read_aid_by_funder,
    read_aid_by_holder_type,
    read_amounts_by_stage,
)
from data.selection import FilterOptions, Selection
from data.sources import REGION_SIREN
from data.units import EUROS, EXACT_EUROS, FILES, SHARE

STAGE_NAMES = {"voted": "Voté", "committed": "Engagé", "ordered": "Mandaté", "paid": "Payé"}
STAGE_INDICATORS = {
    "voted": "aides-votees",
    "committed": "aides-engagees",
    "ordered": "aides-mandatees",
    "paid": "aides-payees",
}
_CASCADE_COLUMNS = ["stage", "label", "position", "amount", "share", "has_start", "dispositif", "indicator"]
STAGE_VERBS = {"Engagé": "engagés", "Mandaté": "mandatés", "Payé": "payés"}


def read_aid_cascade(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per step and scheme of the levers: `stage` (in French), `label`, `position` (of the scheme among all
    known schemes), `amount` (euros of the steps dated in the period), `share` (of the step in the amount voted; None
    without any vote or when `has_start`), `has_start` (the period has a start: its payments may come from older votes,
    so that no share is computed), `dispositif` (its code), `indicator` (the slug of that of the step). Empty without
    any step.
    """
    amounts = read_amounts_by_stage(connection, selection)
    schemes = sorted({scheme for _stage, scheme in amounts}, key=lambda code: options.position("dispositif", code))
    totals = {stage: sum(amounts.get((stage, scheme), 0.0) for scheme in schemes) for stage in STEPS_BY_STAGE}
    voted, cut = totals["voted"], selection.since is not None
    rows = [
        (
            STAGE_NAMES[stage],
            options.label("dispositif", scheme),
            options.position("dispositif", scheme),
            amounts.get((stage, scheme), 0.0),
            totals[stage] / voted if voted and not cut else None,
            cut,
            scheme,
            STAGE_INDICATORS[stage],
        )
        for scheme in schemes
        for stage in STEPS_BY_STAGE
    ]
    return pd.DataFrame(rows, columns=_CASCADE_COLUMNS, dtype=object)


def aid_cascade_finding(frame: pd.DataFrame) -> str:
    """The share of the voted amount that reached each step; amounts side by side over a period with a start, since its
    payments may come from older votes.
    """
    totals = sums_by(frame, "stage", "amount")
    voted, paid = totals["Voté"], totals["Payé"]
    voted_text = f"{euros(voted)} {agree(voted, 'voté', 'votés')}"
    if not voted or frame["has_start"].iloc[0]:
        earlier = "en partie pour" if paid > voted else "dont peut-être pour"
        after = f", {earlier} des votes antérieurs" if paid and frame["has_start"].iloc[0] else ""
        return f"{voted_text} et {euros(paid)} {agree(paid, 'payé', 'payés')} dans la période{after}"
    reached = [(name, amount) for name, amount in totals.items() if name in STAGE_VERBS and amount]
    if not reached:
        return f"{voted_text}, rien d’engagé à ce jour"
    shares = [f"{percent(amount / voted)} {STAGE_VERBS[name]}" for name, amount in reached]
    return f"Sur {voted_text}, {sentence_list(shares)}"


def describe_aid_cascade(frame: pd.DataFrame) -> str:
    totals = ", ".join(f"{name.lower()} {euros(amount)}" for name, amount in sums_by(frame, "stage", "amount").items())
    schemes = sentence_list(list(dict.fromkeys(frame["label"].tolist())))
    return f"Barres empilées des quatre étapes de l’argent, par dispositif ({schemes}){NARROW}: {totals}."


def message_without_step(selection: Selection, options: FilterOptions) -> str:
    return f"Aucune aide votée, engagée ni payée {territory_text(selection, options)} {period_text(selection)}"


def read_holder_shares(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per type of holder, largest first: `label`, `amount` (euros voted by the levers), `share` of the total
    (None when the total is 0), `files` (first voted in the period), `text`, `porteur` (its code; None: not known).
    Empty without any vote.
    """
    holder_filter = next(share for share in FILTERS if share.key == "porteur")
    shares = read_aid_by_holder_type(connection, selection)
    return _share_frame(
        {
            "non renseigné" if value == NO_CODE else options.label("porteur", holder_filter.code_of_value(value)): share
            for value, share in shares.items()
        }
    ).assign(
        porteur=pd.Series(
            [None if value == NO_CODE else holder_filter.code_of_value(value) for value in shares], dtype=object
        )
    )


def read_funder_shares(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per funder, largest first: `label`, `amount` (euros voted outside the levers), `share`, `files`, `text`.
    Empty without any.
    """
    return _share_frame(
        {_funder_label(code): share for code, share in read_aid_by_funder(connection, selection).items()}
    )


def _funder_label(code: str) -> str:
    if code == REGION_SIREN:
        return "Région Normandie"
    return f"SIREN {code}" if code.isdigit() else code


def _share_frame(shares: dict[str, AidShare]) -> pd.DataFrame:
    total = sum(share.amount for share in shares.values())
    rows = [
        (
            label,
            share.amount,
            share.amount / total if total else None,
            share.files,
            f"{label}{NARROW}: {euros(share.amount)}, {count(share.files, 'dossier', 'dossiers')}",
        )
        for label, share in shares.items()
    ]
    return pd.DataFrame(rows, columns=["label", "amount", "share", "files", "text"], dtype=object)


def aid_by_holder_finding(frame: pd.DataFrame) -> str:
    """Who receives the most."""
    first = records(frame)[0]
    if first["share"] is None:
        return "Les aides votées sont toutes d’un montant nul"
    if len(frame) == 1:
        amount = f"{euros(first['amount'])} {agree(first['amount'], 'voté', 'votés')}"
        return f"{amount} à des porteurs de type «{NARROW}{first['label']}{NARROW}»"
    second = records(frame)[1]
    if percent(first["share"]) == percent(second["share"]):
        both = f"«{NARROW}{first['label']}{NARROW}» et «{NARROW}{second['label']}{NARROW}»"
        return f"Autant d’aide votée aux porteurs de types {both}, {percent(first['share'])} chacun"
    return f"Type de porteur le plus aidé{NARROW}: {first['label']}, {percent(first['share'])} des montants votés"


def aid_by_funder_finding(frame: pd.DataFrame) -> str:
    """The total of complementary aid, and the share of its first funder."""
    total, first = sum(frame["amount"].tolist()), records(frame)[0]
    total_text = f"{euros(total)} d’aides complémentaires, à côté des leviers"
    if len(frame) == 1:
        return f"{total_text}, de {_funder_with_article(first)}"
    return (
        f"{total_text}, dont {percent(first['share'])} de {_funder_with_article(first)}"
        if first["share"]
        else total_text
    )


def _funder_with_article(row: FrameRow) -> str:
    """« la Région Normandie », « l’Union européenne »; other funders between quotation marks."""
    articles = {"Région Normandie": "la Région Normandie", "Union européenne": "l’Union européenne"}
    return articles.get(row["label"], f"«{NARROW}{row['label']}{NARROW}»")


def describe_ranked_amounts(frame: pd.DataFrame) -> str:
    return f"Barres horizontales des montants votés{NARROW}: {sentence_list(frame['text'].tolist()[:8])}."


def message_without_complementary_aid(selection: Selection, options: FilterOptions) -> str:
    return f"Aucune aide complémentaire connue {territory_text(selection, options)} {period_text(selection)}"


_SHARE_COLUMNS = (
    TableColumn("amount", "Montant voté", "value", EXACT_EUROS),
    TableColumn("share", "Part", "value", SHARE),
    TableColumn("files", "Dossiers", "value", FILES),
)

CHARTS = (
    Chart(
        slug="cascade-aides",
        subtitle=f"Voté, engagé, mandaté, payé dans la période, deux leviers{NARROW}; {MANAGEMENT_DATA_NOTE}",
        read=read_aid_cascade,
        finding=aid_cascade_finding,
        describe=describe_aid_cascade,
        draw=partial(draw_aid_cascade, unit=EUROS),
        office=OfficeChart("column", ("stage",), ("amount",), series="label", position="position", stacked=True),
        columns=(
            TableColumn("stage", "Étape"),
            TableColumn("label", "Dispositif"),
            TableColumn("amount", "Montant", "value", EXACT_EUROS),
            TableColumn("share", "Part du voté, tous dispositifs", "value", SHARE),
        ),
        indicators=("aides-votees", "aides-engagees", "aides-mandatees", "aides-payees"),
        drill=Drill(filters=("dispositif",), indicator_column="indicator"),
        empty_message=message_without_step,
        pages=PAGES,
    ),
    ENVELOPES,
    Chart(
        slug="aides-par-porteur",
        subtitle="Montants votés par la Région au titre des deux leviers, par type de porteur",
        read=read_holder_shares,
        finding=aid_by_holder_finding,
        describe=describe_ranked_amounts,
        draw=partial(draw_ranked_amounts, unit=EUROS),
        office=OfficeChart("bar", ("label",), ("amount",)),
        columns=(TableColumn("label", "Type de porteur"), *_SHARE_COLUMNS),
        indicators=("aides-votees", "dossiers-aides"),
        drill=Drill(filters=("porteur",), listing="dossiers"),
        empty_message=message_without_vote,
        height=height_of_rows(2.2, 0.5),
        pages=PAGES,
    ),
    Chart(
        slug="aides-complementaires",
        subtitle="Montants votés par d’autres dispositifs, par financeur, jamais comptés parmi les aides votées",
        read=read_funder_shares,
        finding=aid_by_funder_finding,
        describe=describe_ranked_amounts,
        draw=partial(draw_ranked_amounts, unit=EUROS),
        office=OfficeChart("bar", ("label",), ("amount",)),
        columns=(TableColumn("label", "Financeur"), *_SHARE_COLUMNS),
        indicators=("aides-complementaires",),
        drill=NoDrill("Aucun filtre ni aucune liste ne distingue les financeurs"),
        empty_message=message_without_complementary_aid,
        height=height_of_rows(2.2, 0.5),
        pages=PAGES,
    ),
)
