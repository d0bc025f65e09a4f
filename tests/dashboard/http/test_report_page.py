"""The page of the report: drafts of addresses as blocks in French, damaged ones, models."""

from flask.testing import FlaskClient

from dashboard.reports.draft import Block, Draft, draft_query, from_address
from dashboard.reports.formats import REPORT_FORMATS
from dashboard.reports.models import MODELS
from dashboard.urls import REPORT_PATH
from tests.dashboard.reading import layout_of

DRAFT = Draft(
    "Essai",
    (
        Block("titre", "<b>Un titre</b>"),
        Block("graphique", "trajectoire", "dep=61&au=2020-06-30"),
        Block("indicateur", "visites", "dep=14"),
        Block("liste", "dossiers"),
        Block("fiche", "200066827"),
        Block("graphique", "jamais-vu"),
        Block("texte", "- un\n- deux"),
    ),
)


def test_a_draft_is_drawn_as_blocks_with_their_names_and_filters(client: FlaskClient) -> None:
    text = layout_of(client, f"{REPORT_PATH}?{draft_query(DRAFT)}")
    assert "Rapport\u202f: Essai" in text
    names = (
        "<b>Un titre</b>",
        "Lieux dont le label est en vigueur",
        "Visites",
        "Dossiers",
        "inconnu, «\u202fjamais-vu",
    )
    assert sorted(names, key=text.index) == list(names)
    assert "Orne · arrêté au 30/06/2020" in text
    assert "Calvados · " in text
    for format_ in REPORT_FORMATS:
        assert f"/exports/rapport.{format_.extension}?{draft_query(DRAFT)}" in text
    assert '"n’est pas un filtre' not in text


def test_without_a_draft_the_models_take_the_filters_of_the_moment(client: FlaskClient) -> None:
    text = layout_of(client, f"{REPORT_PATH}?dep=61&au=2020-06-30")
    for model in MODELS:
        assert f'"{REPORT_PATH}?{draft_query(model.draft("dep=61&au=2020-06-30", "61"))}"' in text
    assert "/exports/rapport." not in text


def test_a_damaged_draft_is_named_and_models_are_offered(client: FlaskClient) -> None:
    for damaged in ("abc", "%00", draft_query(DRAFT).partition("=")[2][:-9]):
        text = layout_of(client, f"{REPORT_PATH}?brouillon={damaged}")
        assert "Ce rapport ne peut pas être ouvert" in text
        assert "incomplète ou abîmée" in text
        assert "Commencer" in text


def test_links_of_the_menu_do_not_carry_the_draft(client: FlaskClient) -> None:
    text = layout_of(client, f"{REPORT_PATH}?dep=61&{draft_query(DRAFT)}")
    assert '"href":"/aides?dep=61"' in text
    assert from_address(draft_query(DRAFT).partition("=")[2]) == DRAFT
