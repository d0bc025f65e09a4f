"""The callbacks through the wire: what they answer to good bodies, and that bad ones are refused."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from tests.dashboard.http.conftest import CALLBACKS, Callback
from tests.dashboard.reading import text_of

pytestmark = pytest.mark.any_engine

Find = Callable[[str], Callback]


def test_a_choice_updates_the_address_and_the_store(callback: Find) -> None:
    answer = callback("query.data").call(
        {"location.search": "", "filter-dep.value": ["61"], "filter-epci.value": [], "query.data": ""},
        "filter-dep.value",
    )
    assert answer["location.search"] == "?dep=61"
    assert answer["query.data"] == "dep=61"
    assert answer["filter-label-dep.children"] == "Orne"
    assert "Orne" in answer["status.children"]


def test_the_address_sets_the_controls_and_is_not_rewritten(callback: Find) -> None:
    answer = callback("query.data").call(
        {"location.search": "?porteur=public&dep=50&dep=61&x=1", "query.data": ""}, "location.search"
    )
    assert "location.search" not in answer
    assert answer["query.data"] == "dep=50,61&porteur=public"
    assert answer["filter-dep.value"] == ["50", "61"]
    assert answer["filter-porteur.value"] == ["public"]
    assert text_of(answer["notices.children"]).count("ignoré") == 1


def test_another_departement_removes_intercommunalites_outside_it(callback: Find) -> None:
    values = {"filter-dep.value": ["50"], "filter-epci.value": ["200023414"], "query.data": "epci=200023414"}
    answer = callback("query.data").call(values, "filter-dep.value")
    assert answer["query.data"] == "dep=50"
    assert answer["filter-epci.value"] == []


def test_clear_removes_all_filters(callback: Find) -> None:
    values = {"clear-filters.n_clicks": 1, "filter-dep.value": ["61"], "filter-du.value": "2019-01-01"}
    stood = "dep=61&du=2019-01-01"
    answer = callback("query.data").call(
        values | {"query.data": stood, "location.search": f"?{stood}"}, "clear-filters.n_clicks"
    )
    assert (answer["location.search"], answer["query.data"]) == ("", "")
    assert (answer["filter-dep.value"], answer["filter-du.value"]) == ([], "")


def test_an_impossible_date_gives_a_notice_and_is_reset(callback: Find) -> None:
    answer = callback("query.data").call({"filter-du.value": "1066-10-14", "query.data": ""}, "filter-du.value")
    assert "location.search" not in answer
    assert "query.data" not in answer
    assert answer["filter-du.value"] == ""
    assert "antérieure à 2000" in json.dumps(answer["notices.children"], ensure_ascii=False)


def test_a_year_being_typed_changes_nothing(callback: Find) -> None:
    response = callback("query.data").post({"filter-au.value": "0201-01-01", "query.data": ""}, "filter-au.value")
    assert response.status_code == 204


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/indicateurs", "Indicateurs"),
        ("/indicateurs/visites", "Visites"),
        ("/", "Vue d’ensemble"),
        ("/x", "Page intr"),
    ],
)
def test_the_router_draws_the_page_of_the_path(callback: Find, path: str, title: str) -> None:
    other = "/lieux"
    answer = callback("page-title.data").call(
        {"location.pathname": path, "location.search": "?dep=61", "page-path.data": other}, "location.pathname"
    )
    assert answer["page-path.data"] == path
    assert (answer["query.data"], answer["filter-label-dep.children"]) == ("dep=61", "Orne")
    assert not [name for name in answer if name.startswith("part-") and not name.startswith("part-0-x")], "drawn whole"
    assert answer["page-title.data"][0].startswith(title)
    assert answer["page-title.data"][1], "drawn whole: the scroll and the focus follow"
    assert ("dans l’Orne" in answer["page-title.data"][0]) is (path != "/x")
    assert answer["menu-indicateurs.aria-current"] == {"/indicateurs": "page", "/indicateurs/visites": "true"}.get(
        path, "false"
    )
    assert answer.get("filter-box-unite.hidden", False) is (not path.startswith("/indicateurs"))
    assert answer["page.children"]["type"]


def test_a_filter_of_another_page_shows_while_it_is_chosen(callback: Find) -> None:
    values = {"location.pathname": "/", "location.search": "?dispositif=emergence", "page-path.data": "/lieux"}
    assert "filter-box-dispositif.hidden" not in callback("page-title.data").call(values, "location.pathname")


def moved(search: str, path: str, **values: Any) -> dict[str, Any]:
    """The address moves to a query on a page."""
    return {
        "location.search": search,
        "location.pathname": path,
        "page-path.data": path,
        "query.data": "before",
        "open-tables.data": [],
    } | values


def test_the_overview_follows_the_filters(callback: Find) -> None:
    answer = callback("query.data").call(moved("?dep=61", "/"), "location.search")
    assert answer["headline.children"].endswith("dans l’Orne")
    assert "visés" not in answer["headline.children"]


def test_the_page_is_not_sent_again_when_nothing_changed(callback: Find) -> None:
    answer = callback("query.data").call(moved("?dep=61&x=1", "/", **{"query.data": "dep=61"}), "location.search")
    assert "headline.children" not in answer


def test_a_table_is_sent_only_while_it_is_open(callback: Find) -> None:
    values = moved("?dep=61", "/", **{"open-tables.data": ["carte"]})
    answer = callback("query.data").call(values, "location.search")
    assert "Habitants" in json.dumps(answer["table-carte.content"])
    assert "table-trajectoire.content" not in answer


def test_a_table_is_filled_when_it_opens_and_emptied_when_it_closes(callback: Find) -> None:
    follow = callback("query.data")
    values = moved("?dep=61", "/") | {"query.data": "dep=61", "filter-dep.value": ["61"]}
    opened = follow.call(values | {"open-tables.data": ["carte"]}, "open-tables.data")
    with_page = follow.call(moved("?dep=61", "/", **{"open-tables.data": ["carte"]}), "location.search")
    assert opened["table-carte.content"] == with_page["table-carte.content"]
    assert opened["filled-tables.data"] == with_page["filled-tables.data"] == ["carte"]
    assert not {"headline.children", "location.search", "query.data"} & set(opened)
    again = follow.call(
        values | {"open-tables.data": ["carte", "trajectoire"], "filled-tables.data": ["carte"]}, "open-tables.data"
    )
    assert "table-carte.content" not in again
    assert "table-trajectoire.content" in again
    closed = follow.call(values | {"filled-tables.data": ["carte"]}, "open-tables.data")
    assert "Habitants" not in json.dumps(closed["table-carte.content"]), "other filters' numbers when it opens again"
    assert closed["filled-tables.data"] == []


def test_a_table_opens_during_another_request(callback: Find) -> None:
    """The awaited answer will not be drawn: this one says it all, be it a choice or the address that asked."""
    follow, seen = callback("query.data"), {"page-path.data": "/", "query.data": "", "open-tables.data": ["carte"]}
    chosen = follow.call({"location.pathname": "/", "filter-dep.value": ["61"], **seen}, "open-tables.data")
    assert (chosen["location.search"], chosen["query.data"]) == ("?dep=61", "dep=61")
    gone_back = {"location.pathname": "/", "location.search": "?dep=61", **seen}
    addressed = follow.call(gone_back, "open-tables.data")
    assert addressed["query.data"] == "dep=61"
    assert addressed["filter-dep.value"] == ["61"]
    assert "location.search" not in addressed
    for answer in (chosen, addressed):
        assert "Orne" in json.dumps(answer["table-carte.content"])
        assert answer["headline.children"].endswith("dans l’Orne")


def test_a_choice_taken_back_restores_the_address(callback: Find) -> None:
    """The reader goes back, and chooses again what is still shown before the answer comes."""
    values = {"location.pathname": "/", "location.search": "", "filter-dep.value": ["61"], "page-path.data": "/"}
    answer = callback("query.data").call(values | {"query.data": "dep=61"}, "filter-dep.value")
    assert answer["location.search"] == "?dep=61"
    assert "headline.children" not in answer


def test_the_dictionary_follows_the_filters(callback: Find) -> None:
    answer = callback("query.data").call(moved("?dep=61", "/indicateurs"), "location.search")
    assert answer["dictionary-visites.href"] == "/indicateurs/visites?dep=61"


def test_a_sheet_follows_the_filters(callback: Find) -> None:
    answer = callback("query.data").call(moved("?dep=61", "/indicateurs/lieux-labellises"), "location.search")
    assert answer["sheet-rows.children"]["type"] == "Tr", "one row, of the one département"
    assert answer["sheet-proof.href"] == "/indicateurs/lieux-labellises/lignes?dep=61"
    assert "headline.children" not in answer


def test_a_list_follows_the_filters_from_the_page_that_the_address_names(callback: Find) -> None:
    answer = callback("query.data").call(moved("?page-lignes=2", "/indicateurs/visites/lignes"), "location.search")
    assert ", page 2 sur " in str(answer["list-count-lignes.children"])
    assert len(answer["list-body-lignes.children"]) == 25


def test_list_controls_are_sent_when_the_list_state_changes(callback: Find) -> None:
    """Its headers, search and exports: their links take the filters from what is drawn around them."""
    rows, requested = "list-body-lieux.children", {"list-head-lieux.content", "list-bar-lieux.content"}
    follow = callback("query.data")
    values = moved("?dep=61&tri-lieux=-name", "/lieux")
    chosen = follow.call(values | {"query.data": "dep=14&tri-lieux=-name"}, "location.search")
    assert rows in chosen
    assert not requested & set(chosen)
    turned = follow.call(values | {"query.data": "dep=61"}, "location.search")
    assert {rows, *requested} <= set(turned)
    begun = moved("?tri-lieux=-name&page-lieux=2", "/lieux") | {"query.data": "tri-lieux=-name&page-lieux=2"}
    first = follow.call(begun | {"filter-dep.value": ["14"]}, "filter-dep.value")
    assert requested <= set(first), "their links hold the page"


def test_a_choice_goes_back_to_the_first_page_of_a_list(callback: Find) -> None:
    values = moved("?page-lignes=2", "/indicateurs/visites/lignes", **{"filter-porteur.value": ["public"]})
    answer = callback("query.data").call(values, "filter-porteur.value")
    assert ", page 1 sur" in str(answer["list-count-lignes.children"])


@pytest.mark.parametrize("path", ["/rien", "", None, "//", "/indicateurs/rien", "x" * 3_000])
def test_a_path_without_page_is_no_error(callback: Find, path: str | None) -> None:
    answer = callback("query.data").call(moved("?dep=61", "/", **{"location.pathname": path}), "location.search")
    assert answer["query.data"] == "dep=61"


def bodies(good: dict[str, Any]) -> list[tuple[str, bytes]]:
    def changed(**parts: Any) -> bytes:
        return json.dumps(good | parts).encode()

    def valued(value: Any) -> bytes:
        return changed(inputs=[one | {"value": value} for one in good["inputs"]])

    return [
        ("nothing", b""),
        ("no JSON", b"{"),
        ("null", b"null"),
        ("a list", b"[]"),
        ("a text", b'"x"'),
        ("a number", b"1"),
        ("not UTF-8", b"\xff\xfe"),
        ("no output", changed(output=None)),
        ("an unknown output", changed(output="rien.children")),
        ("a list as output", changed(output=["a"])),
        ("a dict as output", changed(output={"id": "a"})),
        ("an object's attribute as output", changed(output="__class__")),
        ("other outputs", changed(outputs=[{"id": "x", "property": "y"}])),
        ("null outputs", changed(outputs=None)),
        ("no inputs", changed(inputs=[])),
        ("null inputs", changed(inputs=None)),
        ("too many inputs", changed(inputs=good["inputs"] * 2)),
        ("inputs that are no dicts", changed(inputs=[None for _ in good["inputs"]])),
        ("inputs of other ids", changed(inputs=[one | {"id": "x"} for one in good["inputs"]])),
        ("inputs of other properties", changed(inputs=[one | {"property": "x"} for one in good["inputs"]])),
        ("no state", changed(state=[])),
        ("null state", changed(state=None)),
        ("a dict as value", valued({"a": 1})),
        ("a list of numbers", valued([1, 2])),
        ("a list of lists", valued([["61"]])),
        ("a list with null", valued([None])),
        ("a long text", valued("x" * 10_000)),
        ("NaN", valued(float("nan"))),
        ("infinity", valued(float("inf"))),
        ("200 000 items", changed(inputs=[good["inputs"][0] | {"value": [""] * 200_000}, *good["inputs"][1:]])),
        ("50 000 nested lists", b'{"output": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"),
        ("what did not change", changed(changedPropIds=["x.y"])),
        ("null changes", changed(changedPropIds=None)),
        ("changes that are no texts", changed(changedPropIds=[{}])),
    ]


def test_malformed_bodies_are_refused_for_every_callback(app: Dash, client: FlaskClient) -> None:
    server_side = [name for name, one in app.callback_map.items() if "callback" in one]
    assert server_side
    for name in server_side:
        good = Callback(app, client, name).body({}, f"{'.'.join(app.callback_map[name]['inputs'][0].values())}")
        assert client.post(CALLBACKS, json=good).status_code in (200, 204)
        for what, body in bodies(good):
            response = client.post(CALLBACKS, data=body, content_type="application/json")
            assert response.status_code == 400, f"{what}: {response.status_code} {response.text[:200]}"
            assert "Traceback" not in response.text
            assert set(response.json or {}) == {"error"}


def test_a_callback_of_the_browser_is_not_served(app: Dash, client: FlaskClient) -> None:
    name = next((name for name, one in app.callback_map.items() if "callback" not in one), "..x.y..")
    assert client.post(CALLBACKS, json={"output": name}).status_code == 400


def test_another_content_type_is_no_server_error(callback: Find, client: FlaskClient) -> None:
    body = json.dumps(callback("query.data").body({}, "location.search"))
    assert client.post(CALLBACKS, data=body, content_type="application/json").status_code == 200  # kept in memory
    for other in ("text/plain", "application/x-www-form-urlencoded", None):
        assert client.post(CALLBACKS, data=body, content_type=other).status_code == 400


def test_a_body_over_one_mebibyte_is_refused(client: FlaskClient) -> None:
    response = client.post(CALLBACKS, data=b'{"x": "' + b"a" * (1 << 20) + b'"}', content_type="application/json")
    assert response.status_code == 413


@pytest.mark.parametrize("value", ["'; DROP TABLE place; --", "<script>", "\x00", "=1+1", "é" * 100, "%", "\ud7ff"])
def test_any_text_in_a_control_is_safe(callback: Find, value: str) -> None:
    values = {"filter-dep.value": [value], "filter-du.value": value, "query.data": value}
    assert callback("query.data").post(values, "filter-dep.value").status_code == 200
