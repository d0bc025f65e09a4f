"""The Région's own template of slides: a PowerPoint file whose layouts, fonts and colours exports use."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile

from data.settings import SettingsError

MAX_BYTES = 20 * 2**20
MIN_WIDTH_EMU, MIN_HEIGHT_EMU = 914_400 * 6, 914_400 * 4  # 6 by 4 inches: a chart and its texts


def read_template(path: Path) -> bytes:
    """The content of a template file. Raises SettingsError, in French, when slides cannot be made from it."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise _refused(path, f"il ne peut pas être lu ({error.strerror or error})") from None
    if len(content) > MAX_BYTES:
        raise _refused(path, "il dépasse 20 Mo")
    try:
        presentation = open_template(BytesIO(content))
        layout = title_layout(presentation)
    except (BadZipFile, KeyError, ValueError, AttributeError, LookupError):
        raise _refused(path, "ce n’est pas une présentation PowerPoint (.pptx)") from None
    if layout is None:
        raise _refused(path, "aucune de ses dispositions n’a de titre")
    if presentation.slide_width < MIN_WIDTH_EMU or presentation.slide_height < MIN_HEIGHT_EMU:
        raise _refused(path, "ses pages sont trop petites")
    return content


def open_template(file: IO[bytes]) -> Any:
    """The presentation of a template, without its slides."""
    from pptx import Presentation  # noqa: PLC0415  # slow to import, and most installations have no template

    presentation = Presentation(file)
    slides = presentation.slides
    for slide in list(slides._sldIdLst):
        slides.part.drop_rel(slide.rId)
        slides._sldIdLst.remove(slide)
    return presentation


def title_layout(presentation: Any) -> Any:
    """The layout with a title and the fewest other places to fill; None when no layout has a title."""
    titled = [layout for layout in presentation.slide_layouts if any(_is_title(one) for one in layout.placeholders)]
    return min(titled, key=lambda layout: len([*layout.iter_cloneable_placeholders()]), default=None)


def _is_title(placeholder: Any) -> bool:
    from pptx.enum.shapes import PP_PLACEHOLDER  # noqa: PLC0415

    return placeholder.placeholder_format.type in (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)


def _refused(path: Path, why: str) -> SettingsError:
    return SettingsError(f"REPORT_TEMPLATE, {str(path)[:200]}\u202f: {why}.")
