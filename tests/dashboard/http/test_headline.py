"""The sentence that opens the overview: what it says, and what it must never say."""

import json
from collections.abc import Callable

import pytest

from tests.dashboard.reading import components_by_id, text_of

Layout = Callable[[str], str]


def texts(layout: Layout, address: str) -> tuple[str, str]:
    """The title and the sentences under it."""
    found = {
        name: text_of(props["children"])
        for name, props in components_by_id(json.loads(layout(address)))
        if "children" in props
    }
    return found["headline"], found["headline-lines"]


def sentences(lines: str) -> list[str]:
    plain = " ".join(lines.replace("\u202f", " ").split()).replace(" ,", ",").replace(" .", ".")
    return plain.removesuffix(".").split(". ")


def test_before_the_due_date_the_headline_compares_with_the_target(layout: Layout) -> None:
    title, lines = texts(layout, "/?au=2020-12-31")
    assert title == "34 tiers-lieux labellisés sur 50 visés fin 2021"
    projection, meeting, as_of = sentences(lines)
    assert projection.startswith("Si le rythme des douze derniers mois se maintenait : 41 lieux fin 2021 (intervalle")
    assert (
        meeting
        == "Décisions suivantes : comité de labellisation du 15 février 2021, 3 candidatures prêtes ; commission "
        "permanente du 25 janvier 2021, 2 propositions d’aide"
    )
    assert as_of == "Arrêté au 31 décembre 2020"


def test_after_the_due_date_the_headline_gives_the_value_reached_then(layout: Layout) -> None:
    title, lines = texts(layout, "/?au=2022-06-30")
    assert title.startswith("34 lieux au 31/12/2021 pour 50 visés")
    assert title.endswith("aucun objectif plus récent n’est enregistré")
    assert lines.endswith("34 tiers-lieux labellisés en Normandie, arrêté au 30 juin 2022.")
    assert "rythme" not in lines


@pytest.mark.parametrize(
    "query", ["dep=61", "dep=61&au=2022-06-30", "epci=200023414", "porteur=public", "typologie=fablab"]
)
def test_no_headline_has_a_target_that_nobody_voted(layout: Layout, query: str) -> None:
    title, lines = texts(layout, f"/?{query}")
    assert "labellisé" in title
    assert not any(word in title + lines for word in ("visé", "objectif", "prévu", "retard"))


def test_the_filters_are_named(layout: Layout) -> None:
    assert texts(layout, "/?dep=61")[0].endswith("labellisés dans l’Orne")
    assert texts(layout, "/?porteur=public")[0].endswith("en Normandie (porteur : public)")


def test_before_the_baseline_nothing_is_late(layout: Layout) -> None:
    assert "prévu" not in texts(layout, "/?au=2018-01-31")[1]


def test_ready_files_are_those_known_at_the_date(layout: Layout) -> None:
    _title, lines = texts(layout, "/?au=2018-01-31")
    assert sentences(lines)[-2].startswith("Décisions suivantes : comité de labellisation du 5 mars 2018, ")
    assert "aucune séance au calendrier pour les aides" in texts(layout, "/?au=2021-05-18")[1]
