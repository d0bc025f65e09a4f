"""The source line of cards and lists: sources, last dates, rejected rows."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from data.i18n import NARROW, agree, count, day_short, euros
from data.indicators import indicator_named
from data.queries.sources import Provenance, SourceState
from data.sources import source_named

DEMONSTRATION = "Données de démonstration"


def indicator_sources(indicators: Sequence[str]) -> tuple[str, ...]:
    """The names of the sources of some indicators, without duplicates, in their order."""
    declared = (indicator_named(slug) for slug in indicators)
    return tuple(dict.fromkeys(name for indicator in declared if indicator for name in indicator.sources))


def source_line(provenance: Provenance, indicators: Sequence[str], filters: str, note: str = "") -> str:
    """The source line of some indicators."""
    return list_source_line(provenance, indicator_sources(indicators), filters, note)


def list_source_line(provenance: Provenance, names: Sequence[str], filters: str, note: str = "") -> str:
    """« Sources : registre du label, dernier fait le 31/12/2020 · 2 lignes à corriger · Normandie · arrêté au … »;
    `filters` is the text of the filters (`filters_text`).
    """
    states = {name: provenance.states[name] for name in names if name in provenance.states}
    texts = source_texts(provenance, names)
    noun = "Source" if len(texts) == 1 else "Sources"
    joined_texts = f"{NARROW}; ".join(texts)
    parts = (
        DEMONSTRATION if provenance.is_demonstration else "",
        f"{noun}{NARROW}: {joined_texts}" if names else "",
        rejected_rows_text(tuple(states.values())),
        filters,
        note,
    )
    return " · ".join(part for part in parts if part)


def source_texts(provenance: Provenance, names: Sequence[str]) -> list[str]:
    """Each source with its last fact, or that it was never loaded; a supplementary source never loaded is left out."""
    sources = [source_named(name) for name in names]
    return [
        source_text(source.name, provenance.states.get(source.name))
        if source.name in provenance.loaded_sources
        else source.never_loaded_text
        for source in sources
        if source.name in provenance.loaded_sources or not source.supplements
    ]


def source_text(name: str, state: SourceState | None) -> str:
    """« registre du label, dernier fait le 31/12/2020 »; the days of a scheduled source are no facts."""
    source = source_named(name)
    if source.is_scheduled or not state or not state.last_day:
        return source.label
    return f"{source.label}, dernier fait le {day_short(state.last_day)}"


def rejected_rows_text(states: Sequence[SourceState]) -> str:
    """« 3 lignes à corriger, 1 200 € non comptés » for the selection, then the rejected rows without a known territory:
    « toute la Région : 2 lignes à corriger non situées, 300 € non comptés ». Empty without rejected rows.
    """
    lines, unplaced = (
        sum(counts) for counts in ([state.rejects for state in states], [state.unplaced for state in states])
    )
    selected_text = _rejected_text(
        count(lines, "ligne à corriger", "lignes à corriger"), [state.rejected_amount for state in states]
    )
    unplaced_text = _rejected_text(
        count(unplaced, "ligne à corriger non située", "lignes à corriger non situées"),
        [state.unplaced_amount for state in states],
    )
    parts = [*([selected_text] if lines else []), *([f"toute la Région{NARROW}: {unplaced_text}"] if unplaced else [])]
    return f"{NARROW}; ".join(parts)


def _rejected_text(rows_text: str, amounts: Sequence[Decimal]) -> str:
    amount = sum(amounts)
    return f"{rows_text}, {euros(amount)} {agree(amount, 'non compté', 'non comptés')}" if amount else rows_text
