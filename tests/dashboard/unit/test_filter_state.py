"""Filter controls ↔ selection: what goes in comes out."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.callbacks.filter_state import Controls, control_inputs, control_values, without_outside_epcis
from dashboard.components.filter_bar import (
    control_options,
    departements_by_epci,
    filter_choice_label,
    filter_count_label,
    filter_label_updates,
    is_filter_visible,
    period_label,
)
from dashboard.requests.page_request import query_parameter, unknown_parameter_notices
from data.filters import FILTERS
from data.filters.options import Option
from data.selection import FilterOptions, Selection

KNOWN = FilterOptions(
    by_filter={one.key: () for one in FILTERS}
    | {
        "dep": (Option("50", "Manche"), Option("61", "Orne"), Option("76", "Seine-Maritime")),
        "epci": (Option("1", "CC A", ("50",)), Option("2", "CC B", ("50", "61")), Option("3", "CC C", ("76",))),
        "porteur": (Option("public", "public"), Option("prive", "privé")),
        "typologie": (Option("coworking", "coworking"), Option("fablab", "fablab")),
        "dispositif": (Option("emergence", "Émergence"),),
        "unite": (Option("visites", "visites"), Option("heures", "heures")),
    },
    until=date(2020, 12, 31),
    today=date(2026, 11, 22),
)


def selected(query: str) -> Selection:
    return Selection.from_query(query, KNOWN)[0]


def codes(key: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from([option.code for option in KNOWN.by_filter[key]]), unique=True)


@given(
    st.fixed_dictionaries({key: codes(key) for key in ("dep", "epci", "porteur", "typologie", "dispositif")}),
    st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2020, 12, 31))),
)
def test_the_control_values_of_a_selection_give_that_selection(
    chosen: dict[str, list[str]], since: date | None
) -> None:
    parts = [f"{key}={code}" for key, listed in chosen.items() for code in listed]
    selection = selected("&".join([*parts, *([f"du={since}"] if since else [])]))
    assert selected(Controls.of(control_values(selection)).query()) == selection


CONTROLS = len(control_inputs())


@given(
    st.lists(st.one_of(st.none(), st.text(), st.integers(), st.lists(st.text())), min_size=CONTROLS, max_size=CONTROLS)
)
def test_any_control_values_give_a_readable_query(values: list[Any]) -> None:
    Selection.from_query(Controls.of(values).query(), KNOWN)


def test_intercommunalites_outside_the_departements_are_dropped() -> None:
    epci = FILTERS[1]
    assert [one["value"] for one in control_options(epci, KNOWN)] == ["1", "2", "3"]
    assert departements_by_epci(KNOWN) == [
        ["50"],
        ["50", "61"],
        ["76"],
    ]  # the browser narrows the list (assets/shell.js)
    assert without_outside_epcis(selected("dep=61&epci=2,3"), KNOWN).codes("epci") == ("2",)


def test_only_changed_filter_labels_are_updated() -> None:
    notice = dict(filter_label_updates(selected("dep=61&porteur=public"), KNOWN, selected("dep=61")))
    assert set(notice) == {"filter-label-porteur"}
    assert not list(filter_label_updates(selected("dep=61"), KNOWN, selected("dep=61")))


def test_filter_choice_label_names_the_choice() -> None:
    dep = FILTERS[0]
    assert filter_choice_label(dep, selected(""), KNOWN) == "tous"
    assert filter_choice_label(dep, selected("dep=61"), KNOWN) == "Orne"
    assert filter_choice_label(dep, selected("dep=61,50"), KNOWN) == "Manche et 1 autre"
    assert filter_choice_label(dep, selected("dep=61,50,76"), KNOWN) == "Manche et 2 autres"
    assert filter_count_label(selected("")) == ""
    assert filter_count_label(selected("dep=61,50&porteur=public&au=2020-01-01")) == " (3)"
    assert filter_count_label(selected("dep=61,50&porteur=public&au=2020-01-01"), ("dep", "epci")) == " (2)"
    assert filter_count_label(selected("dep=61"), ("dep", "epci")) == ""
    assert period_label(selected("")) == "jusqu’au 31/12/2020"
    assert period_label(selected("du=2019-01-01&au=2019-12-31")) == "01/01/2019 → 31/12/2019"


def test_a_filter_shows_where_it_narrows_or_is_chosen() -> None:
    scheme = next(one for one in FILTERS if one.key == "dispositif")
    assert not is_filter_visible(scheme, selected(""), ("label",))
    assert is_filter_visible(scheme, selected(""), ("aides",))
    assert is_filter_visible(scheme, selected("dispositif=emergence"), ())


def test_unknown_parameters_give_one_notice_each() -> None:
    assert len(list(unknown_parameter_notices("?a=1&a=2&dep=61&page-lignes=2&b"))) == 2
    assert len(list(unknown_parameter_notices("?page=2&page-rien=2"))) == 2  # each list has a page of its own
    assert "…" in next(unknown_parameter_notices("x" * 99 + "=1"))
    assert query_parameter("page=2&page=3", "page") == "2"
    assert query_parameter("", "page") is None
