"""The money of aid: its four steps, its envelopes, its holders, what others add."""

from __future__ import annotations

from functools import partial

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts.model import Chart
from dashboard.charts.phrases import period_text, territory_text
from dashboard.exports.columns import TableColumn
from dashboard.figures.amounts import EnvelopeLabels, draw_cascade, draw_envelopes, draw_ranked
from dashboard.figures.base import FrameRow, records, sums_by
from data.facts.credits import CREDIT_NAMES
from data.facts.scope import NO_CODE
from data.filters import FILTERS
from data.i18n import NARROW, agree, count, euros, percent, sentence_list
from data.queries.aid import (
    STEPS_BY_STAGE,
    AidShare,
    read_aid_by_funder,
    read_aid_by_holder_type,
    read_amounts_by_stage,
    read_envelopes,
)
from data.queries.credits import INAPPLICABLE_FILTERS, NO_ENVELOPE_REASON, no_envelope_reason
from data.selection import FilterOptions, Selection
from data.sources import REGION_SIREN
from data.units import EUROS, EXACT_EUROS, FILES, SHARE

MOST = 2 / 3
PAGES = ("/aides",)
STAGE_NAMES = {"voted": "Voté", "committed": "Engagé", "ordered": "Mandaté", "paid": "Payé"}
STAGE_VERBS = {"Engagé": "engagés", "Mandaté": "mandatés", "Payé": "payés"}
CREDIT_VERBS = {"AE": "votées", "AP": "votées", "CP": "mandatés"}  # how each kind of credits is used
ENVELOPE_LABELS = EnvelopeLabels(EUROS, "enveloppe", "de l’enveloppe", CREDIT_VERBS)
MANAGEMENT_DATA_NOTE = "donnée de gestion, ne vaut pas compte administratif"


def read_cascade(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per step and scheme of the levers: `stage` (in French), `label`, `position` (of the scheme, among those
    known), `amount` (euros of the steps dated in the period), `share` (of the step in all that was voted; None when
    nothing was), `cut` (the period has a start: its payments may be those of older votes, so no share is made of them).
    Empty when nothing happened.
    """
    found = read_amounts_by_stage(connection, selection)
    schemes = sorted({scheme for _stage, scheme in found}, key=lambda code: options.position("dispositif", code))
    totals = {stage: sum(found.get((stage, scheme), 0.0) for scheme in schemes) for stage in STEPS_BY_STAGE}
    voted, cut = totals["voted"], selection.since is not None
    rows = [
        (
            STAGE_NAMES[stage],
            options.label("dispositif", scheme),
            options.position("dispositif", scheme),
            found.get((stage, scheme), 0.0),
            totals[stage] / voted if voted and not cut else None,
            cut,
        )
        for scheme in schemes
        for stage in STEPS_BY_STAGE
    ]
    return pd.DataFrame(rows, columns=["stage", "label", "position", "amount", "share", "cut"], dtype=object)


def cascade_finding(frame: pd.DataFrame) -> str:
    """How far the money went; over a period, side by side: its payments may follow older votes."""
    totals = sums_by(frame, "stage", "amount")
    voted, paid = totals["Voté"], totals["Payé"]
    voted_words = f"{euros(voted)} {agree(voted, 'voté', 'votés')}"
    if not voted or frame["cut"].iloc[0]:
        earlier = "en partie pour" if paid > voted else "dont peut-être pour"
        after = f", {earlier} des votes antérieurs" if paid and frame["cut"].iloc[0] else ""
        return f"{voted_words} et {euros(paid)} {agree(paid, 'payé', 'payés')} dans la période{after}"
    reached = [(name, amount) for name, amount in totals.items() if name in STAGE_VERBS and amount]
    if not reached:
        return f"{voted_words}, rien d’engagé à ce jour"
    shares = [f"{percent(amount / voted)} {STAGE_VERBS[name]}" for name, amount in reached]
    return f"Sur {voted_words}, {sentence_list(shares)}"


def describe_cascade(frame: pd.DataFrame) -> str:
    totals = ", ".join(f"{name.lower()} {euros(amount)}" for name, amount in sums_by(frame, "stage", "amount").items())
    schemes = sentence_list(list(dict.fromkeys(frame["label"].tolist())))
    return f"Barres empilées des quatre étapes de l’argent, par dispositif ({schemes}){NARROW}: {totals}."


def message_without_step(selection: Selection, options: FilterOptions) -> str:
    """Why there is no bar."""
    return f"Aucune aide votée, engagée ni payée {territory_text(selection, options)} {period_text(selection)}"


def read_holders(connection: Connection, selection: Selection, options: FilterOptions) -> pd.DataFrame:
    """One row per type of holder, largest first: `label`, `amount` (euros voted by the levers), `share` of all of
    them (None when they are nothing), `files` (first voted in the period), `words`. Empty without any vote.
    """
    holder = next(one for one in FILTERS if one.key == "porteur")
    return _share_frame(
        {
            "non renseigné" if value == NO_CODE else options.label("porteur", holder.code_of_value(value)): one
            for value, one in read_aid_by_holder_type(connection, selection).items()
        }
    )


def read_funders(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per funder, largest first: `label`, `amount` (euros voted beside the levers), `share`, `files`,
    `words`. Empty without any.
    """
    return _share_frame({_funder_label(code): one for code, one in read_aid_by_funder(connection, selection).items()})


def _funder_label(code: str) -> str:
    if code == REGION_SIREN:
        return "Région Normandie"
    return f"SIREN {code}" if code.isdigit() else code


def _share_frame(found: dict[str, AidShare]) -> pd.DataFrame:
    whole = sum(one.amount for one in found.values())
    rows = [
        (
            label,
            one.amount,
            one.amount / whole if whole else None,
            one.files,
            f"{label}{NARROW}: {euros(one.amount)}, {count(one.files, 'dossier', 'dossiers')}",
        )
        for label, one in found.items()
    ]
    return pd.DataFrame(rows, columns=["label", "amount", "share", "files", "words"], dtype=object)


def holders_finding(frame: pd.DataFrame) -> str:
    """Who receives the most."""
    first = records(frame)[0]
    if first["share"] is None:
        return "Les aides votées sont toutes d’un montant nul"
    if len(frame) == 1:
        given = f"{euros(first['amount'])} {agree(first['amount'], 'voté', 'votés')}"
        return f"{given} à des porteurs de type «{NARROW}{first['label']}{NARROW}»"
    second = records(frame)[1]
    if percent(first["share"]) == percent(second["share"]):
        both = f"«{NARROW}{first['label']}{NARROW}» et «{NARROW}{second['label']}{NARROW}»"
        return f"Autant d’aide votée aux porteurs de types {both}, {percent(first['share'])} chacun"
    return f"Type de porteur le plus aidé{NARROW}: {first['label']}, {percent(first['share'])} des montants votés"


def funders_finding(frame: pd.DataFrame) -> str:
    """How much stands beside the levers, and from whom."""
    whole, first = sum(frame["amount"].tolist()), records(frame)[0]
    said = f"{euros(whole)} d’aides complémentaires, à côté des leviers"
    if len(frame) == 1:
        return f"{said}, de {_funder_with_article(first)}"
    return f"{said}, dont {percent(first['share'])} de {_funder_with_article(first)}" if first["share"] else said


def _funder_with_article(row: FrameRow) -> str:
    """« la Région Normandie », « l’Union européenne » for those whose article is known."""
    articles = {"Région Normandie": "la Région Normandie", "Union européenne": "l’Union européenne"}
    return articles.get(row["label"], f"«{NARROW}{row['label']}{NARROW}»")


def describe_ranked_amounts(frame: pd.DataFrame) -> str:
    return f"Barres horizontales des montants votés{NARROW}: {sentence_list(frame['words'].tolist()[:8])}."


def message_without_aid(selection: Selection, options: FilterOptions) -> str:
    """Why there is no bar of the levers."""
    return f"Aucune aide votée au titre des leviers {territory_text(selection, options)} {period_text(selection)}"


def message_without_complementary_aid(selection: Selection, options: FilterOptions) -> str:
    """Why there is no bar of the other schemes."""
    return f"Aucune aide complémentaire connue {territory_text(selection, options)} {period_text(selection)}"


def read_credits(connection: Connection, selection: Selection, _options: FilterOptions) -> pd.DataFrame:
    """One row per exercice and kind of credits with an envelope: `year`, `credit` (AE, AP, CP), `envelope`, `used`
    (euros: voted of AE and AP, ordered of CP), `share`. Schemes of one kind are added, kinds never are.
    """
    sums: dict[tuple[int, str], tuple[float, float]] = {}
    for one in read_envelopes(connection, selection):
        given, used = sums.get((one.fiscal_year, one.credit), (0.0, 0.0))
        sums[one.fiscal_year, one.credit] = (given + one.envelope, used + one.used)
    rows = [(*key, given, used, used / given) for key, (given, used) in sorted(sums.items()) if given]
    return pd.DataFrame(rows, columns=["year", "credit", "envelope", "used", "share"], dtype=object)


def credits_finding(frame: pd.DataFrame) -> str:
    """The use of the envelopes of the last exercice."""
    rows = records(frame)
    last = rows[-1]["year"]
    shares = [
        f"{percent(row['share'])} des {row['credit']} {CREDIT_VERBS[row['credit']]}"
        for row in rows
        if row["year"] == last
    ]
    return f"Exercice {last}{NARROW}: {sentence_list(shares)}"


def describe_credits(frame: pd.DataFrame) -> str:
    said = [
        f"{row['credit']} {row['year']}, {euros(row['used'])} sur {euros(row['envelope'])}" for row in records(frame)
    ]
    return f"Barres de ce qui est utilisé dans chaque enveloppe{NARROW}: {sentence_list(said)}."


def message_without_envelope(selection: Selection, options: FilterOptions) -> str:
    """Why there is no envelope to show."""
    where, when = territory_text(selection, options), period_text(selection)
    return f"Aucune enveloppe à montrer {where} {when}{NARROW}: {no_envelope_reason(selection) or NO_ENVELOPE_REASON}"


_SHARE_COLUMNS = (
    TableColumn("amount", "Montant voté", "value", EXACT_EUROS),
    TableColumn("share", "Part", "value", SHARE),
    TableColumn("files", "Dossiers", "value", FILES),
)

CHARTS = (
    Chart(
        slug="cascade-aides",
        subtitle=f"Voté, engagé, mandaté, payé dans la période, deux leviers{NARROW}; {MANAGEMENT_DATA_NOTE}",
        read=read_cascade,
        finding=cascade_finding,
        describe=describe_cascade,
        draw=partial(draw_cascade, unit=EUROS),
        columns=(
            TableColumn("stage", "Étape"),
            TableColumn("label", "Dispositif"),
            TableColumn("amount", "Montant", "value", EXACT_EUROS),
            TableColumn("share", "Part du voté, tous dispositifs", "value", SHARE),
        ),
        indicators=("aides-votees", "aides-engagees", "aides-mandatees", "aides-payees"),
        empty_message=message_without_step,
        pages=PAGES,
    ),
    Chart(
        slug="enveloppes",
        subtitle=(
            f"Votes dans les {CREDIT_NAMES['AE']} et {CREDIT_NAMES['AP']}, mandats dans les {CREDIT_NAMES['CP']}, "
            f"Région entière{NARROW}; ces crédits ne s’additionnent jamais{NARROW}; {MANAGEMENT_DATA_NOTE}"
        ),
        read=read_credits,
        finding=credits_finding,
        describe=describe_credits,
        draw=partial(draw_envelopes, labels=ENVELOPE_LABELS),
        columns=(
            TableColumn("year", "Exercice", "year"),
            TableColumn("credit", "Crédits"),
            TableColumn("envelope", "Enveloppe", "value", EXACT_EUROS),
            TableColumn("used", "Utilisé", "value", EXACT_EUROS),
            TableColumn("share", "Part utilisée", "value", SHARE),
        ),
        indicators=("enveloppe-votee", "cp-mandates"),
        ignores=INAPPLICABLE_FILTERS,
        empty_message=message_without_envelope,
        pages=PAGES,
    ),
    Chart(
        slug="aides-par-porteur",
        subtitle="Montants votés par la Région au titre des deux leviers, par type de porteur",
        read=read_holders,
        finding=holders_finding,
        describe=describe_ranked_amounts,
        draw=partial(draw_ranked, unit=EUROS),
        columns=(TableColumn("label", "Type de porteur"), *_SHARE_COLUMNS),
        indicators=("aides-votees", "dossiers-aides"),
        empty_message=message_without_aid,
        height="13rem",
        pages=PAGES,
    ),
    Chart(
        slug="aides-complementaires",
        subtitle="Montants votés par d’autres dispositifs, par financeur, jamais comptés parmi les aides votées",
        read=read_funders,
        finding=funders_finding,
        describe=describe_ranked_amounts,
        draw=partial(draw_ranked, unit=EUROS),
        columns=(TableColumn("label", "Financeur"), *_SHARE_COLUMNS),
        indicators=("aides-complementaires",),
        empty_message=message_without_complementary_aid,
        height="13rem",
        pages=PAGES,
    ),
)
