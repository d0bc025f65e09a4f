"""The question a page asks and its URL: any text is a safe query, and what is dropped is told."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, MetaData, Table, Text

from data.filters import FILTERS
from data.filters.options import Option
from data.queries.options import read_filter_options
from data.selection import (
    COMPARISON_KINDS,
    EARLIEST_DAY,
    MAX_COMPARED_ITEMS,
    MAX_ECHO_LENGTH,
    ComparedItem,
    FilterOptions,
    Selection,
)
from data.selection.periods import months_before
from tests.conftest import TODAY, NewEngine

OPTIONS = {one.key: (Option("a", "A"), Option("b&c", "B & C")) for one in FILTERS} | {
    "dep": (Option("14", "Calvados"), Option("50", "Manche"), Option("61", "Orne")),
    "epci": (Option("200066827", "CC A", ("61",)), Option("246100663", "CU B", ("61", "14")), Option("9", "CC C")),
    "porteur": (Option("public", "public"), Option("prive", "privé"), Option("associatif", "associatif")),
    "typologie": (Option("fablab", "fablab"), Option("café & co", "café & co"), Option("50%+", "50%+")),
    "dispositif": (Option("emergence", "Émergence"), Option("adn", "ADN")),
    "partenaire": (Option("aract", "Aract"),),
    "unite": (Option("visites", "visites"), Option("heures", "heures"), Option("journees", "journées")),
}
KNOWN = FilterOptions(OPTIONS, date(2020, 12, 31), date(2021, 6, 30))
narrowed = [one.key for one in FILTERS]

codes = {key: st.lists(st.sampled_from([one.code for one in OPTIONS[key]]), unique=True) for key in narrowed}
days = st.none() | st.dates(EARLIEST_DAY, KNOWN.today)


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Anything that the filter bar can ask."""
    choices = []
    for one in FILTERS:
        chosen = draw(codes[one.key])
        ordered = [option.code for option in OPTIONS[one.key] if option.code in chosen]
        ordered = ordered if one.multiple else ordered[:1]
        if ordered and ordered != [one.default]:
            choices.append((one.key, tuple(ordered)))
    until, since = draw(days), draw(days)
    since = since if since and since <= (until or KNOWN.until) else None
    kind = draw(st.sampled_from(COMPARISON_KINDS))
    items = [ComparedItem(key, option.code) for key in kind.filters for option in OPTIONS[key]]
    compared = tuple(draw(st.lists(st.sampled_from(items), unique=True, max_size=MAX_COMPARED_ITEMS)))
    return Selection(tuple(choices), since, until or KNOWN.until, until is not None, compared)


def _read(query: str) -> tuple[Selection, list[str]]:
    selection, notices = Selection.from_query(query, KNOWN)
    return selection, [notice.replace("\u202f", " ") for notice in notices]


def test_the_options_of_these_tests_are_those_of_the_filters() -> None:
    assert list(OPTIONS) == narrowed


@given(query=st.text() | st.text(alphabet="depciaudu=&,;%+#?0123456789-", max_size=60))
def test_any_text_is_a_safe_query(query: str) -> None:
    selection, notices = Selection.from_query(query, KNOWN)
    assert EARLIEST_DAY <= selection.until <= KNOWN.today
    assert selection.since is None or selection.since <= selection.until
    for key, chosen in selection.choices:
        assert set(chosen) <= {option.code for option in OPTIONS[key]}
    assert all(len(notice) < 200 for notice in notices)
    assert Selection.from_query(selection.to_query(), KNOWN) == (selection, ())


@given(key=st.sampled_from([*narrowed, "du", "au"]), text=st.text(min_size=1))
def test_any_text_is_a_safe_value(key: str, text: str) -> None:
    asked = [part.strip() for part in text.split(",") if part.strip()]
    selection, notices = Selection.from_query(f"{key}={quote(text, errors='replace')}", KNOWN)
    if asked and not selection.choices and not selection.since and not selection.until_given:
        assert notices or asked == ["visites"]


@given(selection=selections())
def test_a_selection_is_its_query(selection: Selection) -> None:
    assert Selection.from_query(selection.to_query(), KNOWN) == (selection, ())
    assert Selection.from_query(f"?{selection.to_query()}", KNOWN) == (selection, ())


@given(selection=selections(), data=st.data())
def test_queries_with_other_order_or_repetition_are_equal(selection: Selection, data: st.DataObject) -> None:
    pairs = [(key, code) for key, chosen in selection.choices for code in chosen]
    pairs += [("du", selection.since.isoformat())] if selection.since else []
    pairs += [("au", selection.until.isoformat())] if selection.until_given else []
    shuffled = data.draw(st.permutations([*pairs, *pairs]))
    query = "&".join(f"{key}={quote(code)}" for key, code in shuffled)
    assert Selection.from_query(query, KNOWN) == (selection.without_comparison(), ())


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("?", ""),
        ("utm_source=lettre&fbclid=1", ""),
        ("dep=61&dep=50", "dep=50,61"),
        ("dep=61, 50,,61", "dep=50,61"),
        ("au=20200101", "au=2020-01-01"),
        ("unite=visites", ""),
        ("unite=heures&dep=14", "dep=14&unite=heures"),
        ("t=61,14&t=200066827,61&dep=14", "dep=14&t=61,14,200066827"),
        ("partenaires=aract", "partenaires=aract"),
        ("typologie=caf%C3%A9+%26+co", "typologie=caf%C3%A9+%26+co"),
        ("du=2019-01-01&au=2020-01-01", "du=2019-01-01&au=2020-01-01"),
    ],
)
def test_the_canonical_query(query: str, canonical: str) -> None:
    selection, notices = _read(query)
    assert (selection.to_query(), notices) == (canonical, [])


@pytest.mark.parametrize(
    ("query", "canonical", "said"),
    [
        ("dep=99", "", ["Le choix « 99 » (département) n’existe pas : il a été ignoré."]),
        ("dep=14,<script>", "dep=14", ["Le choix « <script> » (département) n’existe pas : il a été ignoré."]),
        ("au=hier", "", ["Le choix « hier » (date) n’existe pas : il a été ignoré."]),
        ("au=2021-02-30", "", ["Le choix « 2021-02-30 » (date) n’existe pas : il a été ignoré."]),
        ("unite=heures,journees", "unite=heures", ["Un seul choix est possible (unité) : « journees » a été ignoré."]),
        ("unite=visites&unite=heures", "", ["Un seul choix est possible (unité) : « heures » a été ignoré."]),
        (
            "au=2020-01-01&au=2020-02-01",
            "au=2020-01-01",
            ["Un seul choix est possible (date) : « 2020-02-01 » a été ignoré."],
        ),
        (
            "au=2021-07-01",
            "",
            ["La date « au = 01/07/2021 » est antérieure à 2000 ou dans le futur : elle a été ignorée."],
        ),
        (
            "du=1999-12-31",
            "",
            ["La date « du = 31/12/1999 » est antérieure à 2000 ou dans le futur : elle a été ignorée."],
        ),
        (
            "du=2020-02-01&au=2020-01-01",
            "au=2020-01-01",
            ["La date de début (01/02/2020) suit la date de fin : elle a été ignorée."],
        ),
        ("du=2021-03-01", "", ["La date de début (01/03/2021) suit la date de fin : elle a été ignorée."]),
    ],
)
def test_ignored_parts_of_a_query_give_notices(query: str, canonical: str, said: list[str]) -> None:
    selection, notices = _read(query)
    assert (selection.to_query(), notices) == (canonical, said)


def test_a_long_text_is_not_echoed_whole() -> None:
    _selection, [notice] = _read("dep=" + "x" * 500)
    assert "x" * MAX_ECHO_LENGTH + "…" in notice
    assert len(notice) < MAX_ECHO_LENGTH + 100


def test_a_query_of_a_megabyte_is_cut() -> None:
    selection, notices = _read("dep=14&" + "dep=zz&" * 200_000)
    assert selection.codes("dep") == ("14",)
    assert len(notices) <= 2


def test_the_default_date_is_that_of_the_last_fact() -> None:
    selection, _ = _read("")
    assert (selection.until, selection.until_given, selection.since) == (KNOWN.until, False, None)
    after, _ = _read("au=2021-06-30")
    assert (after.until, after.until_given) == (KNOWN.today, True)


def test_the_caption_of_a_selection() -> None:
    captions = {
        "": "Normandie · arrêté au 31/12/2020",
        "dep=61": "Orne · arrêté au 31/12/2020",
        "dep=61,14&du=2020-01-01": "Calvados et Orne · du 01/01/2020 au 31/12/2020",
        "dep=61&epci=200066827": "CC A · Orne · arrêté au 31/12/2020",
        "porteur=prive,public&typologie=fablab&unite=heures": (
            "Normandie · porteur : public et privé · typologie : fablab · unité : heures · arrêté au 31/12/2020"
        ),
    }
    for query, words in captions.items():
        assert _read(query)[0].caption(KNOWN).replace("\u202f", " ") == words


@given(selection=selections())
def test_every_choice_is_in_the_caption(selection: Selection) -> None:
    caption = selection.caption(KNOWN)
    for key, chosen in selection.choices:
        assert all(KNOWN.label(key, code) in caption for code in chosen)


def test_with_codes_replaces_one_filter() -> None:
    selection, _ = _read("dep=61&porteur=prive")
    assert selection.with_codes("dep", ["14"]).to_query() == "dep=14&porteur=prive"
    assert selection.with_codes("dep", []).to_query() == "porteur=prive"
    assert selection.with_codes("epci", ["9"]).to_query() == "dep=61&epci=9&porteur=prive"
    assert selection.narrowed_columns() == {"dep", "holder_type"}


def test_the_filters_named_narrow_and_no_other() -> None:
    table = Table("facts", MetaData(), Column("dep", Text), Column("holder_type", Text), Column("unit", Text))
    selection, _ = _read("dep=61,14&epci=9&porteur=prive")
    narrowed = ("dep", "porteur", "unite")
    clauses = [
        str(clause.compile(compile_kwargs={"literal_binds": True})) for clause in selection.where(table.c, narrowed)
    ]
    assert clauses == [
        "facts.dep IN ('14', '61')",
        "facts.holder_type = 'private'",
        "facts.unit = 'visits'",  # without a choice, its default: units are never added together
    ]
    assert len(selection.where(table.c, narrowed, fixed=["dep", "unit"])) == 1
    assert selection.where(table.c, ()) == []
    with pytest.raises(KeyError, match="epci"):  # a table that names a filter has its column
        selection.where(table.c, (*narrowed, "epci"))
    by_key = {one.key: one for one in FILTERS}
    assert [by_key["porteur"].code_of_value(value) for value in ("nonprofit", "-")] == ["associatif", "-"]


@pytest.mark.parametrize(("typology", "found"), [("fablab", 1), ("fab", 0), ("f%b", 0), ("_ablab", 0)])
def test_a_typology_is_a_whole_word_of_the_list(new_engine: NewEngine, typology: str, found: int) -> None:
    one = next(one for one in FILTERS if one.key == "typologie")
    with new_engine() as engine, engine.connect() as connection:
        listed = Table("listed", MetaData(), Column("typologies", Text), prefixes=["TEMPORARY"])
        listed.create(connection)
        connection.execute(listed.insert().values(typologies="|coworking|fablab|"))
        clause = one.clause(listed.c.typologies, [typology])
        assert len(connection.execute(listed.select().where(clause)).all()) == found


def test_filter_options_of_the_reference_data(new_engine: NewEngine) -> None:
    with new_engine() as engine, engine.connect() as connection:
        options = read_filter_options(connection, TODAY)
    assert [option.code for option in options.by_filter["dep"]] == ["14", "27", "50", "61", "76"]
    assert len(options.by_filter["epci"]) == 71
    astride = [option for option in options.by_filter["epci"] if len(option.parent_codes) > 1]
    assert astride
    assert {dep for option in options.by_filter["epci"] for dep in option.parent_codes} == {
        "14",
        "27",
        "50",
        "61",
        "76",
    }
    assert [option.code for option in options.by_filter["porteur"]] == ["public", "prive", "associatif"]
    assert {"emergence", "services-numeriques"} <= {option.code for option in options.by_filter["dispositif"]}
    assert options.by_filter["typologie"] == ()
    assert (options.until, options.today) == (TODAY, TODAY)
    assert options.label("dep", "61") == "Orne"
    assert options.label("dep", "99") == "99"


def test_a_query_is_read_like_any_other() -> None:
    query = _read("dep=50,61&du=2019-01-01")[0].to_query()
    assert parse_qs(query) == {"dep": ["50,61"], "du": ["2019-01-01"]}


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2021, 5, 31), 3, date(2021, 2, 28)),
        (date(2020, 5, 31), 3, date(2020, 2, 29)),
        (date(2021, 3, 28), 1, date(2021, 2, 28)),
        (date(2021, 2, 28), 3, date(2020, 11, 28)),  # the same day, not the end of the month
        (date(2020, 2, 29), 12, date(2019, 2, 28)),
        (date(2021, 1, 15), 13, date(2019, 12, 15)),
    ],
)
def test_months_before_a_day_end_with_their_month(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before
