"""The Région's own file of slides: used when it can be, refused in French when it cannot."""

import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pptx import Presentation
from pptx.util import Inches
from sqlalchemy import Engine

from dashboard.web.factory import create_app
from dashboard.web.settings import read_settings
from data.settings import SettingsError
from tests.conftest import TODAY

pytestmark = pytest.mark.any_engine


def region_template(path: Path, titled: bool = True) -> Path:
    """A template of 10 by 7.5 inches with two slides and a mark on its master."""
    presentation = Presentation()
    for at in (0, 1):
        presentation.slides.add_slide(presentation.slide_layouts[at])
    presentation.slide_master.placeholders[0].name = "Titre de la Région"
    if not titled:
        for layout in presentation.slide_layouts:
            for place in list(layout.placeholders):
                place.element.getparent().remove(place.element)
    presentation.save(path)
    return path


def test_slides_are_made_in_the_template(demo_engine: Engine, tmp_path: Path) -> None:
    settings = read_settings({"REPORT_TEMPLATE": str(region_template(tmp_path / "region.pptx"))})
    client: FlaskClient = create_app(demo_engine, lambda: TODAY, settings.installation).server.test_client()
    client.get("/")
    presentation = Presentation(io.BytesIO(client.get("/exports/trajectoire.pptx").data))
    (slide,) = presentation.slides
    assert presentation.slide_master.placeholders[0].name == "Titre de la Région"
    assert (presentation.slide_width, presentation.slide_height) == (Inches(10), Inches(7.5))
    assert slide.slide_layout.name == "Title Only"
    assert slide.shapes.title.text == "Le label progresse, mais sous la trajectoire"
    (chart,) = [shape for shape in slide.shapes if shape.has_chart]
    assert chart.left + chart.width <= presentation.slide_width
    assert slide.shapes.title.top + slide.shapes.title.height <= chart.top
    assert [place.placeholder_format.idx for place in slide.placeholders] == [0]


@pytest.mark.parametrize("case", ["absent", "folder", "text", "zip", "workbook", "untitled"])
def test_a_template_that_cannot_be_used_is_refused_in_french(tmp_path: Path, case: str) -> None:
    path = tmp_path / f"{case}.pptx"
    if case == "folder":
        path.mkdir()
    elif case == "text":
        path.write_text("bonjour")
    elif case == "zip":
        path.write_bytes(b"PK\x05\x06" + bytes(18))
    elif case == "workbook":
        import openpyxl  # noqa: PLC0415

        openpyxl.Workbook().save(path)
    elif case == "untitled":
        region_template(path, titled=False)
    with pytest.raises(SettingsError, match=rf"REPORT_TEMPLATE, .*{case}\.pptx\u202f: (il|ce|aucune)"):
        read_settings({"REPORT_TEMPLATE": str(path)})
