"""The declaration of an indicator: French texts, and a value over rows that can be shown one by one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy import Connection

from data.filters import FILTERS
from data.model.cases import Cases
from data.model.facts import Fact, Measure, MeasuredValue, Total
from data.model.groups import GroupKey, Groups
from data.model.proofs import Proof
from data.selection import Selection, unit_of
from data.types import TimeKind
from data.units import DAYS, EUROS, Unit

Theme = Literal["label", "aides", "partenaires", "reseau", "frequentation", "territoires"]


@dataclass(frozen=True)
class ComputedMeasure:
    """A value that no single aggregate gives: against a target, per inhabitant, a median, a share of territories.

    `read` answers every group of a selection at once: a whole is one group, a breakdown has one for each key. `basis`
    are the facts of which it speaks: they give its kind of time and its start. `groupings` are the keys by which it can
    be broken down. `read_cases` gives the cases of a share or of a rate, where they are independent of each other: only
    then has it a margin of error.
    """

    basis: Measure
    read: Callable[[Connection, Groups], Mapping[GroupKey, MeasuredValue]]
    groupings: tuple[str, ...]
    filters: tuple[str, ...] | None = None  # the keys of those that change it, where they are not those of its basis
    read_cases: Callable[[Connection, Groups], Mapping[GroupKey, Cases]] | None = None


@dataclass(frozen=True)
class UnitWording:
    """Label, definition and unit of an indicator in one unit of attendance."""

    label: str
    definition: str
    unit: Unit


@dataclass(frozen=True)
class Indicator:
    """One figure, declared once.

    `definition` is one sentence that a citizen understands; `method` how the value is computed; `why` what it is for;
    `limits` what it does not show. `sources` are names of data.sources, `optional_sources` those without which the
    value is still valid. `proof` has the rows of which the value is made. `better` says which direction is good.
    `read_note` reads the French note beside the value of an aggregate, as a response rate. `unit_wording` gives label,
    definition and unit for a unit of attendance, where the selection chooses it.
    """

    slug: str
    label: str
    theme: Theme
    definition: str
    method: str
    why: str
    limits: str
    unit: Unit
    measure: Measure | ComputedMeasure
    proof: Proof
    sources: tuple[str, ...]
    better: Literal["higher", "lower", "neutral"]
    read_note: Callable[[Connection, Selection], str | None] | None = None
    unit_wording: Callable[[str], UnitWording] | None = None
    optional_sources: tuple[str, ...] = ()

    @property
    def required_sources(self) -> tuple[str, ...]:
        """The sources without which the value is unknown."""
        return tuple(name for name in self.sources if name not in self.optional_sources)

    def in_selected_unit(self, selection: Selection) -> Indicator:
        """This indicator with label, definition and unit of the unit of attendance in the selection."""
        return self.in_unit(unit_of(selection))

    def in_unit(self, attendance_unit: str) -> Indicator:
        """This indicator with label, definition and unit of a unit of attendance (`visits`)."""
        if self.unit_wording is None:
            return self
        wording = self.unit_wording(attendance_unit)
        return replace(self, label=wording.label, definition=wording.definition, unit=wording.unit)

    @property
    def basis(self) -> Measure:
        """The measure that it counts, or on which it is computed."""
        return self.measure.basis if isinstance(self.measure, ComputedMeasure) else self.measure

    @property
    def filters(self) -> tuple[str, ...]:
        """The keys of the filters that change its value."""
        if isinstance(self.measure, ComputedMeasure) and self.measure.filters is not None:
            return self.measure.filters
        columns = {each.key: each.column for each in FILTERS}
        return tuple(key for key in self.fact.filters if columns[key] not in self.basis.fixed_columns)

    @property
    def adds_up(self) -> bool:
        """Whether it counts things or sums an amount: the value of the Région is then no yardstick for a part of it,
        nor a target one for a single period of a flow.
        """
        if isinstance(self.measure, Measure):
            return isinstance(self.measure.value, Total)
        return self.unit == EUROS or (bool(self.unit.plural) and self.unit != DAYS)

    @property
    def fact(self) -> Fact:
        """The fact of its measure."""
        return self.basis.fact

    @property
    def time(self) -> TimeKind:
        """How the dates of a selection apply to it."""
        return self.fact.time


def unused_filter_notices(indicator: Indicator, selection: Selection) -> list[str]:
    """A sentence for each filter with a choice that changes nothing of an indicator."""
    return [
        f"Le filtre «\u202f{label}\u202f» ne change rien à cet indicateur\u202f: il a été ignoré."
        for label in selection.unused_labels(indicator.filters)
    ]


@dataclass(frozen=True)
class Grouping:
    """One way to break an indicator down: `par=departement` in the API. `column` of the facts; empty for periods."""

    key: str
    label: str
    column: str = ""
    filter: str = ""  # the filter whose codes are the keys
    period: Literal["", "year", "month"] = ""


GROUPINGS: tuple[Grouping, ...] = (
    Grouping("departement", "Département", "dep", "dep"),
    Grouping("epci", "Intercommunalité", "epci", "epci"),
    Grouping("annee", "Année", period="year"),
    Grouping("mois", "Mois", period="month"),
    Grouping("dispositif", "Dispositif", "scheme", "dispositif"),
    Grouping("porteur", "Porteur", "holder_type", "porteur"),
    Grouping("partenaire", "Partenaire", "partner", "partenaire"),
    Grouping("theme", "Thème du besoin", "theme", "theme"),
    Grouping("axe", "Axe de la feuille de route", "axis", "axe"),
)


def groupings_of(indicator: Indicator) -> tuple[Grouping, ...]:
    """The groupings that an indicator allows: those it names, or those of its facts."""
    measure = indicator.measure
    if isinstance(measure, ComputedMeasure):
        return tuple(grouping for grouping in GROUPINGS if grouping.key in measure.groupings)
    columns, dated = measure.fact.rows.c, measure.fact.time != "undated"
    return tuple(grouping for grouping in GROUPINGS if (dated if grouping.period else grouping.column in columns))
