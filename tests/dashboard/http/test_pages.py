"""Addresses: what answers 200, what does not, and what the first view holds."""

import re
from collections.abc import Callable

import pytest
from dash import Dash
from flask.testing import FlaskClient

from dashboard import ids
from dashboard.charts import CHARTS
from dashboard.pages import PAGES
from dashboard.urls import COMPARE_PATH
from data.indicators import INDICATORS
from tests.site import COMPARISONS, EVERY_PAGE

pytestmark = pytest.mark.fewer_on_postgresql(10)

SHEETS = [f"/indicateurs/{indicator.slug}{tail}" for indicator in INDICATORS for tail in ("", "/lignes")]
ADDRESSES = list(dict.fromkeys([*EVERY_PAGE, *SHEETS]))
JUNK = ["utm_source=x", "dep=99", "dep=61&dep=50", "dep=50,61,zz", "du=hier&au=2999-01-01", "page=-3", "page=9e9",
        "%00=%ff", "dep=%00", "a" * 5_000, "&&==;;", "au=2020-12-31&du=2021-01-01", "unite=heures"]  # fmt: skip
# before everything, long after, a single day, nowhere, almost nobody
EDGES = ["au=2001-01-01", "au=2026-11-22", "du=2020-12-31&au=2020-12-31", "dep=61&epci=200066827",
         "epci=200068799&porteur=prive&typologie=fablab&unite=heures"]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_answers_and_its_first_view_holds_one_heading(
    client: FlaskClient, layout: Callable[[str], str], address: str
) -> None:
    assert client.get(address).status_code == 200
    text = layout(address)
    assert text.count('"type":"H1"') == 1
    assert "Page introuvable" not in text


def test_titles_are_unique(client: FlaskClient) -> None:
    titles = [re.findall("<title>(.*?)</title>", client.get(address).text) for address in ADDRESSES]
    assert all(len(title) == 1 and title[0].endswith("Tiers-Lieux Normandie") for title in titles)
    assert len({title[0] for title in titles}) == len(ADDRESSES)


@pytest.mark.parametrize("address", ["/indicateurs/", "/indicateurs/visites/"])
def test_a_trailing_slash_is_tolerated(client: FlaskClient, layout: Callable[[str], str], address: str) -> None:
    assert client.get(address).status_code == 200
    assert "Page introuvable" not in layout(address)


@pytest.mark.parametrize(
    "address", ["/rien", "/indicateurs/rien", "/indicateurs/visites/lignes/3", "/indicateurs/%2e%2e", "/x.php", "/%00"]
)
def test_an_unknown_address_is_a_real_404_in_french(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "<h1>Page introuvable</h1>" in response.text
    assert 'lang="fr"' in response.text


def test_unknown_static_files_are_404(client: FlaskClient) -> None:
    for address in ("/assets/rien.js", "/_dash-component-suites/dash/rien.js", "/_dash-component-suites/os/path.py"):
        assert client.get(address).status_code == 404


def test_another_method_is_405(client: FlaskClient) -> None:
    assert client.post("/indicateurs").status_code == 405


@pytest.mark.parametrize("query", JUNK)
@pytest.mark.parametrize("path", ["/", "/indicateurs/visites", "/indicateurs/visites/lignes"])
def test_invalid_parameters_never_break_a_page(
    client: FlaskClient, layout: Callable[[str], str], path: str, query: str
) -> None:
    assert client.get(f"{path}?{query}").status_code == 200
    assert '"type":"H1"' in layout(f"{path}?{query}")


@pytest.mark.parametrize("query", [*EDGES, "&".join(JUNK)])
@pytest.mark.parametrize("path", EVERY_PAGE)
def test_no_selection_breaks_a_page(client: FlaskClient, layout: Callable[[str], str], path: str, query: str) -> None:
    assert client.get(f"{path}?{query}").status_code == 200
    assert '"type":"H1"' in layout(f"{path}?{query}")


def test_ignored_parameters_give_a_notice_and_stay_in_the_address(layout: Callable[[str], str]) -> None:
    text = layout("/?utm_source=x&dep=99&dep=61")
    shown_text = text.replace("\u202f", " ")
    assert "« 99 » (département) n’existe pas" in shown_text
    assert "« utm_source »" in shown_text
    assert '"search":"?utm_source=x&dep=99&dep=61"' in text
    assert '"data":"dep=61"' in text


def test_every_page_of_the_menu_opens_and_is_named_in_its_order(
    client: FlaskClient, layout: Callable[[str], str]
) -> None:
    menu = [page.menu for page in PAGES if page.menu]
    assert len(set(menu)) == len(menu)
    shown = layout("/").partition(f'"{ids.MENU}"')[2]
    assert sorted(menu, key=lambda name: shown.index(f'"{name}"')) == menu
    assert all(client.get(page.path).status_code == 200 for page in PAGES if page.menu)


def test_demonstration_data_have_a_banner(layout: Callable[[str], str]) -> None:
    assert all("Données de démonstration" in layout(address) for address in ADDRESSES)


def test_two_applications_in_one_process_have_the_same_callbacks(app: Dash, client: FlaskClient) -> None:
    from dashboard.web.factory import create_app  # noqa: PLC0415
    from data.engine import open_engine  # noqa: PLC0415

    engine = open_engine("sqlite://")
    second = create_app(engine)
    assert set(second.callback_map) == set(app.callback_map)
    engine.dispose()


def test_every_chart_is_on_the_pages_that_it_names(layout: Callable[[str], str]) -> None:
    for path in sorted({path for chart in CHARTS for path in chart.pages}):
        text = "".join(layout(address) for address in (COMPARISONS if path == COMPARE_PATH else (path,)))
        absent = [chart.slug for chart in CHARTS if path in chart.pages and f'"{ids.card(chart.slug)}"' not in text]
        assert not absent, f"{path} shows no card of {', '.join(absent)}: its parts lack charts_part(PATH)"
