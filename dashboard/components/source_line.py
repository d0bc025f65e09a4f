"""What stands at the foot of a card: where its numbers come from, up to when, and what they lack."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from data.i18n import NARROW, agree, count, day_short, euros
from data.indicators import indicator_named
from data.queries.sources import Provenance, SourceState
from data.sources import source_named

DEMONSTRATION = "Données de démonstration"


def indicator_sources(indicators: Sequence[str]) -> tuple[str, ...]:
    """The names of the sources of some indicators, once each, in their order."""
    found = (indicator_named(slug) for slug in indicators)
    return tuple(dict.fromkeys(name for indicator in found if indicator for name in indicator.sources))


def source_line(provenance: Provenance, indicators: Sequence[str], filters: str, note: str = "") -> str:
    """The line of some indicators' sources."""
    return list_source_line(provenance, indicator_sources(indicators), filters, note)


def list_source_line(provenance: Provenance, names: Sequence[str], filters: str, note: str = "") -> str:
    """« Sources : registre du label, dernier fait le 31/12/2020 · 2 lignes à corriger · Normandie · arrêté au … »;
    `filters` are in words (`filters_words`).
    """
    states = {name: provenance.states[name] for name in names if name in provenance.states}
    said = source_texts(provenance, names)
    words = "Source" if len(said) == 1 else "Sources"
    listed = f"{NARROW}; ".join(said)
    parts = (
        DEMONSTRATION if provenance.is_demonstration else "",
        f"{words}{NARROW}: {listed}" if names else "",
        rejected_rows_text(tuple(states.values())),
        filters,
        note,
    )
    return " · ".join(part for part in parts if part)


def source_texts(provenance: Provenance, names: Sequence[str]) -> list[str]:
    """Each source with its last fact; one that was never loaded says so, unless it supplements another."""
    sources = [source_named(name) for name in names]
    return [
        source_text(one.name, provenance.states.get(one.name))
        if one.name in provenance.loaded_sources
        else one.never_loaded_text
        for one in sources
        if one.name in provenance.loaded_sources or not one.supplements
    ]


def source_text(name: str, state: SourceState | None) -> str:
    """« registre du label, dernier fait le 31/12/2020 »."""
    label = source_named(name).label
    return f"{label}, dernier fait le {day_short(state.last_day)}" if state and state.last_day else label


def rejected_rows_text(states: Sequence[SourceState]) -> str:
    """« 3 lignes à corriger, 1 200 € non comptés » of the selection; those that do not say whether they are of it
    follow: « toute la Région : 2 lignes à corriger non situées, 300 € non comptés ». Empty when nothing was refused.
    """
    lines, unplaced = (sum(counts) for counts in ([one.rejects for one in states], [one.unplaced for one in states]))
    own = _rejected_text(count(lines, "ligne à corriger", "lignes à corriger"), [one.rejected_amount for one in states])
    others = _rejected_text(
        count(unplaced, "ligne à corriger non située", "lignes à corriger non situées"),
        [one.unplaced_amount for one in states],
    )
    parts = [*([own] if lines else []), *([f"toute la Région{NARROW}: {others}"] if unplaced else [])]
    return f"{NARROW}; ".join(parts)


def _rejected_text(words: str, amounts: Sequence[Decimal]) -> str:
    amount = sum(amounts)
    return f"{words}, {euros(amount)} {agree(amount, 'non compté', 'non comptés')}" if amount else words
