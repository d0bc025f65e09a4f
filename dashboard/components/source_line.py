"""The source line of cards and lists: sources, last dates, rejected rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dashboard.charts.phrases import capitalised
from data.i18n import NARROW, agree, count, day_short, euros
from data.indicators import indicator_named
from data.queries.sources import Provenance, SourceState
from data.sources import source_named

DEMONSTRATION = "Données de démonstration"


def indicator_sources(indicators: Sequence[str]) -> tuple[str, ...]:
    """The names of the sources of some indicators, without duplicates, in their order."""
    declared = (indicator_named(slug) for slug in indicators)
    return tuple(dict.fromkeys(name for indicator in declared if indicator for name in indicator.sources))


@dataclass(frozen=True)
class SourceLine:
    """The sources of a card or a list: `summary` at its foot on screen, in one line; `text` the whole, folded under it
    on screen, in full on paper and in files.
    """

    summary: str
    text: str


def source_line(provenance: Provenance, indicators: Sequence[str], filters: str) -> str:
    """The whole source line of some indicators."""
    return list_source_line(provenance, indicator_sources(indicators), filters).text


def list_source_line(
    provenance: Provenance, names: Sequence[str], filters: str, note: str = "", unused: str = ""
) -> SourceLine:
    """« Sources : registre du label, dernier fait le 31/12/2020 · 2 lignes à corriger · Normandie · arrêté au … », and
    « Registre du label, 31/12/2020 · 2 lignes à corriger »; `filters` are the filters that apply, `unused` names the
    chosen ones that do not (`unused_filters_text`).
    """
    states = tuple(provenance.states[name] for name in names if name in provenance.states)
    texts = source_texts(provenance, names)
    noun = "Source" if len(texts) == 1 else "Sources"
    joined_texts = f"{NARROW}; ".join(texts)
    parts = (
        DEMONSTRATION if provenance.is_demonstration else "",
        f"{noun}{NARROW}: {joined_texts}" if names else "",
        rejected_rows_text(states),
        filters,
        unused,
        note,
    )
    summary = (*_main_source_texts(provenance, names), *_rejected_row_counts(states), unused)
    return SourceLine(capitalised(_joined(summary)), _joined(parts))


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def _main_source_texts(provenance: Provenance, names: Sequence[str]) -> list[str]:
    """The first source with a dated fact (else the first) and its last date, then the sources never loaded."""
    days = {name: _last_fact(name, provenance.states.get(name)) for name in names if name in provenance.loaded_sources}
    main = max(days, key=lambda name: days[name] is not None, default=None)  # the first of the equal ones
    day = days[main] if main else None
    return [
        *([f"{source_named(main).label}, {day_short(day)}" if day else source_named(main).label] if main else []),
        *_never_loaded_texts(provenance, names),
    ]


def _never_loaded_texts(provenance: Provenance, names: Sequence[str]) -> list[str]:
    """Of each source never loaded; a supplementary one is left out."""
    sources = (source_named(name) for name in names if name not in provenance.loaded_sources)
    return [source.never_loaded_text for source in sources if not source.supplements]


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
    day = _last_fact(name, state)
    return f"{source_named(name).label}, dernier fait le {day_short(day)}" if day else source_named(name).label


def last_fact_text(provenance: Provenance, names: Sequence[str]) -> str:
    """« dernier fait le 31/12/2020 »: the latest of some sources; empty when none has a dated fact."""
    days = (_last_fact(name, provenance.states.get(name)) for name in names if name in provenance.loaded_sources)
    last = max((day for day in days if day), default=None)
    return f"dernier fait le {day_short(last)}" if last else ""


def _last_fact(name: str, state: SourceState | None) -> date | None:
    return None if source_named(name).is_scheduled or state is None else state.last_day


def rejected_rows_text(states: Sequence[SourceState]) -> str:
    """« 3 lignes à corriger, 1 200 € non comptés » for the selection, then the rejected rows without a known territory:
    « toute la Région : 2 lignes à corriger non situées, 300 € non comptés ». Empty without rejected rows.
    """
    lines, unplaced = _rejected_totals(states)
    selected_text = _rejected_text(
        count(lines, "ligne à corriger", "lignes à corriger"), [state.rejected_amount for state in states]
    )
    unplaced_text = _rejected_text(
        count(unplaced, "ligne à corriger non située", "lignes à corriger non situées"),
        [state.unplaced_amount for state in states],
    )
    parts = [*([selected_text] if lines else []), *([f"toute la Région{NARROW}: {unplaced_text}"] if unplaced else [])]
    return f"{NARROW}; ".join(parts)


def _rejected_row_counts(states: Sequence[SourceState]) -> list[str]:
    """« 3 lignes à corriger », « 2 lignes à corriger non situées »: as `rejected_rows_text`, without amounts."""
    lines, unplaced = _rejected_totals(states)
    texts = (
        count(lines, "ligne à corriger", "lignes à corriger"),
        count(unplaced, "ligne à corriger non située", "lignes à corriger non situées"),
    )
    return [text for text, rows in zip(texts, (lines, unplaced), strict=True) if rows]


def _rejected_totals(states: Sequence[SourceState]) -> tuple[int, int]:
    """The rejected rows of the selection, and those without a known territory."""
    return sum(state.rejects for state in states), sum(state.unplaced for state in states)


def _rejected_text(rows_text: str, amounts: Sequence[Decimal]) -> str:
    amount = sum(amounts)
    return f"{rows_text}, {euros(amount)} {agree(amount, 'non compté', 'non comptés')}" if amount else rows_text
