"""What explains the curve of a card: drawn on its axis, named under it, hidden and shown by the address."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy import Connection

from dashboard.charts import Chart
from dashboard.components.page import filtered_href
from dashboard.elements import tags
from dashboard.elements.tags import Element
from dashboard.figures.annotations import TimeAnnotation
from data.i18n import NARROW, count, day_short
from data.queries.annotations import Annotation, annotation_text, annotations_between, read_annotations
from data.selection import FilterOptions, Selection


@dataclass(frozen=True)
class AxisAnnotations:
    """The annotations of a time axis, the longest first, each with its text. `switch_query`: the filters with the
    annotations hidden, or shown again; None where there is nothing to hide.
    """

    texts: tuple[tuple[Annotation, str], ...] = ()
    is_hidden: bool = False
    switch_query: str | None = None

    @property
    def drawn(self) -> tuple[TimeAnnotation, ...]:
        """Those to draw, none when they are hidden."""
        return () if self.is_hidden else tuple(TimeAnnotation(one.starts, one.ends, text) for one, text in self.texts)

    @property
    def sentence(self) -> str:
        """« Repères : Premier confinement (du 17/03/2020 au 10/05/2020). », after another sentence; empty without."""
        return f" Repères{NARROW}: {self._list}." if self.drawn else ""

    @property
    def caption(self) -> str:
        """The same at the end of a caption."""
        return f" – repères{NARROW}: {self._list}" if self.drawn else ""

    @property
    def _list(self) -> str:
        return ", ".join(f"{text} ({days_text(one)})" for one, text in self.texts)


NO_ANNOTATIONS = AxisAnnotations()


def days_text(one: Annotation) -> str:
    """« du 17/03/2020 au 10/05/2020 », « le 10/09/2018 »."""
    if not one.is_span:
        return f"le {day_short(one.starts)}"
    return f"du {day_short(one.starts)} au {day_short(one.ends)}"


def read_axis_annotations(
    connection: Connection, chart: Chart, frame: pd.DataFrame, selection: Selection, options: FilterOptions
) -> AxisAnnotations:
    """The annotations of the axis of a chart, for its own filters; none for a chart without a time axis."""
    span = chart.time_span(frame)
    if span is None:
        return NO_ANNOTATIONS
    found = annotations_between(read_annotations(connection), span, chart.themes, selection, options)
    if not found:
        return NO_ANNOTATIONS
    return AxisAnnotations(
        tuple((one, annotation_text(one, options)) for one in found),
        is_hidden=not selection.annotated,
        switch_query=replace(selection, annotated=not selection.annotated).to_query(),
    )


def annotations_box(annotations: AxisAnnotations, query: str) -> Element:
    """The annotations of a card by name and day, folded, with the link that hides those of every curve of the view, or
    shows them again; hidden without any.
    """
    listed = sorted(annotations.texts, key=lambda pair: pair[0].starts)
    switch = "Afficher les repères sur les courbes" if annotations.is_hidden else "Masquer les repères des courbes"
    return tags.Details(
        [
            tags.Summary(_summary(len(listed), annotations.is_hidden)),
            tags.Ul([tags.Li(f"{text}, {days_text(one)}") for one, text in listed]),
            tags.P(
                [
                    tags.A(switch, href=f"?{annotations.switch_query or ''}", className="view-link"),
                    " — ",
                    tags.A("Leurs sources", href=filtered_href("/donnees", query)),
                ]
            ),
        ],
        className="card-annotations no-print",
        hidden=annotations.switch_query is None,
    )


def _summary(number: int, is_hidden: bool) -> str:
    return count(number, "repère masqué", "repères masqués") if is_hidden else count(number, "repère", "repères")
