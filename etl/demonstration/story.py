"""Who is who: the fictitious places, and what became of their label.

38 places were awarded the label and 4 of them lost it: 34 in force on 31 December 2020, where the straight line from
17 (10 September 2018) to 50 (end of 2021) expects 40. In the Orne, three complete files wait for the Aract's opinion.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from data.reference import Commune, read_communes
from etl.demonstration.calendar import COMMITTEES

Fate = Literal[
    "awarded",  # `day`: of the award
    "ready",  # complete file and favourable opinion, to be decided at the next session; `day`: of the complete file
    "waiting",  # complete file without an opinion; `day`: of the complete file
    "applied",  # `day`: of the application
    "refused",  # `day`: of the refusal
    "abandoned",  # `day`: of the abandonment
    "none",  # never applied
]


@dataclass(frozen=True)
class Story:
    """One fictitious place. `day` is None when it never applied."""

    number: int
    dep: str
    town: str
    fate: Fate
    day: date | None

    @property
    def code(self) -> str:
        """DEMO-07."""
        return f"DEMO-{self.number:02}"

    @property
    def name(self) -> str:
        """« Lieu de démonstration 07 — Lisieux »."""
        return f"Lieu de démonstration {self.number:02} — {self.town}"

    @property
    def holder(self) -> str:
        """« Porteur de démonstration 07 »."""
        return f"Porteur de démonstration {self.number:02}"

    @property
    def commune(self) -> Commune:
        """The real commune. Raises ValueError unless exactly one has that name in the département."""
        (found,) = _communes_named(self.dep, self.town)
        return found

    def awarded_by(self, day: date) -> bool:
        """True when the label was awarded on or before that day, in force since or not."""
        return self.fate == "awarded" and self.day is not None and self.day <= day


@cache
def _communes_named(dep: str, name: str) -> tuple[Commune, ...]:
    return tuple(commune for commune in read_communes() if (commune.dep, commune.name) == (dep, name))


# Awards, session by session: each town is one place, numbered in that order from 01.
_AWARDED = (
    (("14", "Caen"), ("76", "Rouen"), ("27", "Pont-Audemer")),
    (("50", "Cherbourg-en-Cotentin"), ("76", "Le Havre")),
    (("27", "Évreux"), ("14", "Lisieux"), ("50", "Saint-Lô"), ("14", "Hérouville-Saint-Clair")),
    (("61", "Alençon"), ("27", "Louviers"), ("76", "Sotteville-lès-Rouen")),
    (("14", "Vire Normandie"), ("50", "Coutances"), ("27", "Bernay"), ("76", "Le Petit-Quevilly"), ("14", "Ifs")),
    (("61", "Flers"), ("50", "Avranches"), ("76", "Yvetot")),
    (("14", "Caen"), ("27", "Val-de-Reuil"), ("76", "Fécamp"), ("50", "Granville")),
    (("61", "Argentan"), ("14", "Trouville-sur-Mer"), ("76", "Rouen"), ("14", "Falaise"), ("27", "Gisors")),
    (("76", "Le Havre"), ("14", "Colombelles"), ("50", "Carentan-les-Marais"), ("14", "Honfleur")),
    (
        ("76", "Bois-Guillaume"),
        ("76", "Neufchâtel-en-Bray"),
        ("76", "Elbeuf"),
        ("14", "Dives-sur-Mer"),
        ("27", "Verneuil d’Avre et d’Iton"),
    ),
)

_OTHERS: tuple[tuple[str, str, Fate, date | None], ...] = (
    ("14", "Bayeux", "ready", date(2020, 8, 31)),
    ("76", "Dieppe", "ready", date(2020, 9, 14)),
    ("50", "Villedieu-les-Poêles-Rouffigny", "ready", date(2020, 9, 25)),
    ("61", "L’Aigle", "waiting", date(2020, 3, 9)),
    ("61", "Mortagne-au-Perche", "waiting", date(2020, 7, 15)),
    ("61", "Domfront en Poiraie", "waiting", date(2020, 9, 21)),
    ("27", "Le Neubourg", "waiting", date(2020, 6, 26)),
    ("76", "Bolbec", "waiting", date(2020, 11, 6)),
    ("50", "Saint-James", "applied", date(2020, 10, 15)),
    ("14", "Thury-Harcourt-le-Hom", "applied", date(2020, 12, 3)),
    ("61", "Sées", "applied", date(2020, 2, 17)),
    ("14", "Mondeville", "refused", date(2019, 7, 1)),
    ("76", "Mont-Saint-Aignan", "refused", date(2019, 12, 9)),
    ("27", "Conches-en-Ouche", "refused", date(2020, 7, 6)),
    ("50", "La Haye", "abandoned", date(2019, 4, 12)),
    ("76", "Gournay-en-Bray", "abandoned", date(2020, 5, 28)),
    ("61", "Vimoutiers", "abandoned", date(2018, 10, 5)),
    ("27", "Beuzeville", "none", None),
    ("76", "Saint-Valery-en-Caux", "none", None),
    ("61", "Bagnoles de l’Orne Normandie", "none", None),
    ("50", "Les Pieux", "none", None),
    ("14", "Argences", "none", None),
)

_AWARDS = tuple((dep, town, day) for day, towns in zip(COMMITTEES, _AWARDED, strict=True) for dep, town in towns)

STORIES: tuple[Story, ...] = (
    *(Story(number, dep, town, "awarded", day) for number, (dep, town, day) in enumerate(_AWARDS, 1)),
    *(Story(number, *other) for number, other in enumerate(_OTHERS, len(_AWARDS) + 1)),
)

# What happened after, by number of the place.
CLOSED = {9: date(2019, 4, 30), 26: date(2020, 9, 30), 60: date(2020, 6, 30)}
EXPIRED = {3: date(2019, 11, 14)}
WITHDRAWN = {16: date(2020, 7, 6)}
RENEWED = {
    1: date(2019, 12, 9),
    2: date(2019, 12, 9),
    4: date(2020, 7, 6),
    5: date(2020, 7, 6),
    6: date(2020, 12, 7),
    7: date(2020, 12, 7),
    8: date(2020, 12, 7),
}
REAPPLIED = {3: date(2020, 10, 5)}  # in process again, a year after it expired
REFUSED_BEFORE = {36: date(2019, 7, 1)}  # refused, then awarded at the second try


def story_of(number: int) -> Story:
    """The place of that number (from 1). Raises IndexError."""
    return STORIES[number - 1]


def lost_on(story: Story) -> date | None:
    """The day on which the label ceased to be in force, or None."""
    days = (CLOSED.get(story.number), EXPIRED.get(story.number), WITHDRAWN.get(story.number))
    return next((day for day in days if day is not None), None)
