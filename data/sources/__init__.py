"""The sources, in the order in which files given together are loaded."""

from __future__ import annotations

from data.sources.activities import ACTIVITIES, ACTIVITIES_OPENAGENDA
from data.sources.aids import AID_STEPS, AIDS, REGION_SIREN, REGION_SIRET
from data.sources.annotations import ANNOTATIONS
from data.sources.attendance import ATTENDANCE
from data.sources.managers import NEEDS, NETWORK_MEETINGS, ROADMAP
from data.sources.model import Choice, Column, Kind, Source, fold_header
from data.sources.network import MEDIATION_PLACES
from data.sources.partnership import CONVENTIONS, QVT_SUGGESTIONS
from data.sources.places import LABELS, PLACES
from data.sources.policy import ENVELOPES, PARTNERS, SCHEMES, SESSIONS, TARGETS
from data.sources.scdl import AIDS_SCDL
from data.sources.standard import STANDARD_DECLARATIONS, STANDARDS

SOURCES: tuple[Source, ...] = (
    SCHEMES,
    PARTNERS,
    TARGETS,
    ENVELOPES,
    SESSIONS,
    CONVENTIONS,
    STANDARDS,
    QVT_SUGGESTIONS,
    ANNOTATIONS,
    PLACES,
    LABELS,
    STANDARD_DECLARATIONS,
    NETWORK_MEETINGS,
    NEEDS,
    ROADMAP,
    AIDS,
    AIDS_SCDL,
    AID_STEPS,
    ACTIVITIES,
    ACTIVITIES_OPENAGENDA,
    ATTENDANCE,
    MEDIATION_PLACES,
)


def source_named(name: str) -> Source:
    """The source of that name. Raises KeyError."""
    return next((source for source in SOURCES if source.name == name), None) or _unknown(name)


def _unknown(name: str) -> Source:
    raise KeyError(f"no source is called {name}")


__all__ = [
    "REGION_SIREN",
    "REGION_SIRET",
    "SOURCES",
    "Choice",
    "Column",
    "Kind",
    "Source",
    "fold_header",
    "source_named",
]
