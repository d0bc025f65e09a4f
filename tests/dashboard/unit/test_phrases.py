"""Turns of phrase that must stay true."""

from datetime import date

import pytest

from dashboard.charts.phrases import add_filters, add_territory, message_without_commune, territory_text
from dashboard.charts.place_phrases import labelled_places_text, past_verb
from data.filters.options import Option
from data.selection import FilterOptions, Selection

EPCI = (
    Option("1", "CC du Bocage", ("61",)),
    Option("2", "CC des Confins", ("50", "61")),
    Option("3", "CU X", ("76",)),
    Option("4", "CU Y", ("76",)),
)
DEPS = (Option("50", "Manche"), Option("61", "Orne"), Option("76", "Seine-Maritime"))
DAY = date(2020, 12, 31)
PORTEURS = (Option("prive", "privé"), Option("associatif", "associatif"))
PARTNERS = (Option("aract", "Aract Normandie"),)
KNOWN = FilterOptions({"epci": EPCI, "dep": DEPS, "porteur": PORTEURS, "partenaire": PARTNERS}, DAY, DAY)


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({}, "en Normandie"),
        ({"dep": ("61",)}, "dans l’Orne"),
        ({"epci": ("1",)}, "dans la CC du Bocage"),
        ({"dep": ("61",), "epci": ("1",)}, "dans la CC du Bocage"),
        ({"dep": ("50", "61"), "epci": ("2",)}, "dans la CC des Confins"),
        ({"dep": ("50", "61")}, "dans la Manche et l’Orne"),
        ({"dep": ("50", "61", "76")}, "en Normandie"),
        ({"dep": ("50",), "epci": ("1", "2")}, "dans la CC des Confins, côté Manche"),
        ({"epci": ("1", "2", "3")}, "dans 3 intercommunalités"),
        ({"dep": ("61",), "epci": ("2",)}, "dans la CC des Confins, côté Orne"),
    ],
)
def test_a_part_of_an_intercommunalite_is_never_called_the_whole(
    choices: dict[str, tuple[str, ...]], words: str
) -> None:
    assert territory_text(Selection(tuple(choices.items()), None, DAY), KNOWN) == words


def chosen(**choices: tuple[str, ...]) -> Selection:
    return Selection(tuple(choices.items()), None, DAY)


@pytest.mark.parametrize(
    ("sentence", "placed_sentence"),
    [
        ("Le label progresse", "Dans l’Orne, le label progresse"),
        ("3 lieux dans l’Orne", "3 lieux dans l’Orne"),
        ("Orne\u202f: 3 lieux", "Orne\u202f: 3 lieux"),
        ("Aract Normandie a mené 3 actions", "Dans l’Orne, Aract Normandie a mené 3 actions"),
        ("«\u202fÉmergence\u202f» porte l’essentiel", "Dans l’Orne, «\u202fÉmergence\u202f» porte l’essentiel"),
        ("EPN\u202f: 3", "Dans l’Orne, EPN\u202f: 3"),
    ],
)
def test_a_sentence_names_the_territory_once(sentence: str, placed_sentence: str) -> None:
    assert add_territory(sentence, chosen(dep=("61",)), KNOWN) == placed_sentence
    assert add_territory(placed_sentence, chosen(dep=("61",)), KNOWN) == placed_sentence
    assert add_territory(sentence, chosen(), KNOWN) == sentence


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("3 lieux", "3 lieux (porteur\u202f: associatif)"),
        ("3 visites (1 lieu)", "3 visites (1 lieu\u202f; porteur\u202f: associatif)"),
        ("Toutes de type «\u202fassociatif\u202f»", "Toutes de type «\u202fassociatif\u202f»"),
    ],
)
def test_a_filter_is_named_once_in_one_pair_of_brackets(sentence: str, words: str) -> None:
    assert add_filters(sentence, chosen(porteur=("associatif",)), KNOWN, ("lieux-labellises",)) == words


def test_filters_without_common_commune_have_a_message() -> None:
    assert (
        message_without_commune(chosen(dep=("76",), epci=("1",)), KNOWN)
        == "La CC du Bocage n’a aucune commune en Seine-Maritime"
    )
    several = message_without_commune(chosen(dep=("76",), epci=("1", "2")), KNOWN)
    assert several == "Aucune des 2 intercommunalités choisies n’a de commune en Seine-Maritime"
    assert message_without_commune(chosen(dep=("61",), epci=("1", "2")), KNOWN) == ""


def test_a_number_of_labelled_places() -> None:
    hosted = past_verb("accueilli un évènement", "accueilli d’évènement")
    cases = {
        (0, 1): "le seul lieu labellisé connu n’a pas accueilli d’évènement",
        (1, 1): "le seul lieu labellisé connu a accueilli un évènement",
        (0, 3): "aucun des 3 lieux labellisés connus n’a accueilli d’évènement",
        (1, 3): "1 lieu labellisé sur les 3 connus a accueilli un évènement",
        (2, 3): "2 lieux labellisés sur les 3 connus ont accueilli un évènement",
        (3, 3): "les 3 lieux labellisés connus ont tous accueilli un évènement",
    }
    for (met, total), sentence in cases.items():
        assert labelled_places_text(met, total, hosted, "connu" if total == 1 else "connus") == sentence
    assert labelled_places_text(2, 3, hosted) == "2 lieux labellisés sur 3 ont accueilli un évènement"
