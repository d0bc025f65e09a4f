"""Pictures of one export of each format, for docs/pictures: `make pictures` (with LibreOffice and pdftoppm)."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from PIL import Image

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "pictures"
CHART = "aides-par-dispositif"
QUERY = "au=2020-12-31"
FORMATS = ("png", "pptx", "docx", "xlsx", "ods")
WIDTH_PIXELS, COLOURS, DOTS_PER_INCH = 900, 64, 90
PAGES_ACROSS = 4


def run(*command: object, **environment: str) -> None:
    subprocess.run([str(part) for part in command], check=True, cwd=ROOT, env={**os.environ, **environment})


def export_chart(url: str, folder: Path) -> None:
    """The chart in each format, as the application answers."""
    sys.path.insert(0, str(ROOT))
    from dashboard.web.factory import create_app  # noqa: PLC0415  needs the path above
    from data.engine import open_engine  # noqa: PLC0415

    client = create_app(open_engine(url, create=False)).server.test_client()
    for extension in FORMATS:
        response = client.get(f"/exports/{CHART}.{extension}?{QUERY}")
        assert response.status_code == 200, extension
        (folder / f"chart.{extension}").write_bytes(response.data)


def pages_of(file: Path) -> list[Image.Image]:
    """The pages of a PDF, or of what LibreOffice opens, as images."""
    if file.suffix != ".pdf":
        folder = file.parent / f"{file.suffix.removeprefix('.')}-pdf"
        run("soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, file)
        file = folder / f"{file.stem}.pdf"
    target = file.with_suffix("") / "page"
    target.parent.mkdir()
    run("pdftoppm", "-r", DOTS_PER_INCH, "-png", file, target)
    return [Image.open(path).convert("RGB") for path in sorted(target.parent.iterdir())]


def keep(name: str, images: list[Image.Image]) -> None:
    """Write images side by side, small."""
    some = images[:PAGES_ACROSS]
    sheet = Image.new(
        "RGB", (sum(one.width for one in some) + 8 * (len(some) - 1), max(one.height for one in some)), "#888"
    )
    left = 0
    for one in some:
        sheet.paste(one, (left, 0))
        left += one.width + 8
    sheet.thumbnail((WIDTH_PIXELS * (2 if len(some) > 1 else 1), 4 * WIDTH_PIXELS))
    sheet.quantize(COLOURS).save(FOLDER / f"{name}.png", optimize=True)


def main() -> None:
    missing = [name for name in ("soffice", "pdftoppm") if which(name) is None]
    if missing:
        sys.exit(f"Il manque {' et '.join(missing)}.")
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        url = f"sqlite:///{folder / 'demo.sqlite'}"
        for command in ("init", "demo"):
            run(sys.executable, "-m", "etl", command, DATABASE_URL=url)
        export_chart(url, folder)
        for model in ("bilan-annuel", "fiche-territoire"):
            report = folder / f"{model}.pdf"
            run(sys.executable, "-m", "dashboard", "report", model, "--query", QUERY, "--out", report, DATABASE_URL=url)
            keep(model, pages_of(report))
        keep("png", [Image.open(folder / "chart.png").convert("RGB")])
        for extension in FORMATS[1:]:
            keep(extension, pages_of(folder / f"chart.{extension}"))


if __name__ == "__main__":
    main()
