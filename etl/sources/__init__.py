"""How the loader reads each source of `data.sources`: one declaration each."""

from __future__ import annotations

from data.sources import SOURCES, Source
from etl.sources.activities import ACTIVITIES
from etl.sources.agenda import ACTIVITIES_OPENAGENDA
from etl.sources.aids import AID_STEPS, AIDS
from etl.sources.aids_scdl import AIDS_SCDL
from etl.sources.annotations import ANNOTATIONS
from etl.sources.attendance import ATTENDANCE
from etl.sources.managers import NEEDS, NETWORK_MEETINGS, ROADMAP
from etl.sources.model import DerivedTable, LoadSource, check_rows, rows_by_table
from etl.sources.network import MEDIATION_PLACES
from etl.sources.partnership import CONVENTIONS, QVT_SUGGESTIONS
from etl.sources.places import LABELS, PLACES
from etl.sources.policy import ENVELOPES, PARTNERS, SCHEMES, SESSIONS, TARGETS
from etl.sources.standard import STANDARD_DECLARATIONS, STANDARDS

_SOURCES = (
    ACTIVITIES,
    ACTIVITIES_OPENAGENDA,
    AIDS,
    AIDS_SCDL,
    AID_STEPS,
    ANNOTATIONS,
    ATTENDANCE,
    CONVENTIONS,
    ENVELOPES,
    LABELS,
    MEDIATION_PLACES,
    NEEDS,
    NETWORK_MEETINGS,
    PARTNERS,
    PLACES,
    QVT_SUGGESTIONS,
    ROADMAP,
    SCHEMES,
    SESSIONS,
    STANDARDS,
    STANDARD_DECLARATIONS,
    TARGETS,
)
LOAD_SOURCES: tuple[LoadSource, ...] = tuple(sorted(_SOURCES, key=lambda one: SOURCES.index(one.columns)))
"""Every source, in the order of `data.sources.SOURCES`."""

_BY_NAME = {source.columns.name: source for source in LOAD_SOURCES}


def load_source_of(columns: Source) -> LoadSource:
    """How the loader takes in a source. Raises KeyError, in words, when it is not declared here."""
    found = _BY_NAME.get(columns.name)
    if found is None:
        raise KeyError(f"{columns.name} has columns in data.sources and no LoadSource in etl.sources.LOAD_SOURCES")
    return found


def sources_beside(columns: Source) -> list[str]:
    """Names of the sources whose loads may change what a file of this one gives, itself among them: those that fill a
    table which it fills, and those that its transform looks up.
    """
    own = load_source_of(columns)
    return [
        source.columns.name
        for source in LOAD_SOURCES
        if set(own.tables) & set(source.tables) or source.columns.name in own.reference_sources
    ]


__all__ = [
    "LOAD_SOURCES",
    "DerivedTable",
    "LoadSource",
    "check_rows",
    "load_source_of",
    "rows_by_table",
    "sources_beside",
]
