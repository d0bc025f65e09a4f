"""What loads changed, one by one and in all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dashboard.components.prose import prose_table
from dashboard.elements import tags
from dashboard.elements.tags import Element
from data.i18n import NARROW, count, day_short, number
from data.queries.knowledge import LoadChange
from data.sources import source_named

HEADS = ("Chargement", "Source", "Fichier", "Nouvelles", "Corrigées", "Retirées")


def load_changes(caption: str, changes: Sequence[LoadChange]) -> Iterator[Element]:
    """A row for each load, then the sums."""
    yield prose_table(caption, HEADS, [_change_row(change) for change in changes], HEADS[3:])
    new, corrected, withdrawn = (
        sum(counts) for counts in zip(*((one.new, one.corrected, one.withdrawn) for one in changes), strict=True)
    )
    yield tags.P(
        f"En tout{NARROW}: {count(new, 'ligne nouvelle', 'lignes nouvelles')}, "
        f"{count(corrected, 'corrigée', 'corrigées')}, {count(withdrawn, 'retirée', 'retirées')}."
    )


def source_title(name: str) -> str:
    """« Registre du label », of the name of a source."""
    label = source_named(name).label
    return f"{label[:1].upper()}{label[1:]}"


def _change_row(change: LoadChange) -> tuple[str, ...]:
    return (
        f"{change.load_id}, le {day_short(change.loaded_at.date())}",
        source_title(change.source),
        change.file,
        *(number(counted) for counted in (change.new, change.corrected, change.withdrawn)),
    )
