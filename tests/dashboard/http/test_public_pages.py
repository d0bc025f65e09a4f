"""The pages that the law asks for: they answer, they say what nobody has done yet, they invent no contact."""

import tomllib
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from packaging.requirements import Requirement

from dashboard.pages.about import LIBRARIES, PROJECT, installed_version, read_version

pytestmark = pytest.mark.any_engine

Layout = Callable[[str], str]
PAGES = {
    "/accessibilite": "Déclaration d’accessibilité",
    "/donnees-personnelles": "Données personnelles",
    "/a-propos": "À propos",
}


@pytest.mark.parametrize("path", PAGES)
def test_each_public_page_has_its_title(client: FlaskClient, layout: Layout, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert f"<title>{PAGES[path].replace('’', '’')} – Tiers-Lieux Normandie</title>" in response.text
    assert layout(path).count('"type":"H1"') == 1


@pytest.mark.parametrize("path", ["/", "/indicateurs", *PAGES])
def test_every_page_links_to_the_public_pages(layout: Layout, path: str) -> None:
    text = layout(path)
    assert all(f'"href":"{address}"' in text for address in PAGES)
    assert "Accessibilité\u202f: non conforme" in text  # the law wants the state on the first page


def test_without_an_audit_no_compliance_rate_is_given(layout: Layout) -> None:
    text = layout("/accessibilite").replace("\u202f", " ")
    assert "non conforme" in text
    assert "aucun audit" in text
    assert "4.1.2" in text
    assert "Défenseur des droits" in text
    assert " % des critères" not in text


@pytest.mark.parametrize("path", ["/accessibilite", "/donnees-personnelles"])
def test_missing_contacts_are_left_to_complete(layout: Layout, path: str) -> None:
    text = layout(path)
    assert "à compléter par la Région" in text
    assert "mailto:" not in text
    assert "@" not in text.split('"id":"page"')[0]


def test_browser_storage_is_described(layout: Layout) -> None:
    text = layout("/donnees-personnelles")
    assert "Aucun cookie" in text
    assert "Mon territoire" in text


def test_version_and_libraries_are_the_installed_ones(layout: Layout) -> None:
    text = layout("/a-propos")
    assert f"Version {read_version()}" in text
    assert "périmètres 2026" in text
    requirements = [Requirement(one) for one in tomllib.loads(PROJECT.read_text("utf-8"))["project"]["dependencies"]]
    elsewhere = {one.name for one in requirements if one.marker and not one.marker.evaluate()}
    named = {name for name, _role, _licence in LIBRARIES}
    assert {one.name for one in requirements} <= named
    versions = [installed_version(name) for name in named - elsewhere]
    assert "—" not in versions
    assert all(version in text for version in versions)
    assert installed_version("no-such-library") == "—"
