"""Make the fonts of pages and drawings: Inter (SIL Open Font License), fetched by name with npm, cut to French.

`make font` writes the TTF files (drawings), their tables of widths, the WOFF2 files (pages) and the licence. All are
committed: an installation needs neither npm nor fontTools for them.
"""

import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

PACKAGE = "inter-ui@4.1.1"
ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "dashboard" / "drawing" / "fonts"
PAGE_FONTS = ROOT / "dashboard" / "assets"
WEIGHTS = {"regular": "Regular", "bold": "Bold"}
CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *map(ord, "ŒœŸŠšŽž–—‘’‚“”„†•…‰‹›€™\u2009\u200a\u200b\u202f←↑→↓↕−√≈≠≤≥◆●○■□▲△▼▽★✓✗"),
)
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum"]  # « tnum »: digits of one width, in tables
KERNED = [*map(chr, range(0x20, 0x7F)), *"ÀÂÇÉÈÊËÎÏÔÙÛÜàâçéèêëîïôùûüœ’«»…–—€"]  # pairs whose widths are worth knowing


def main() -> int:
    FONTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["npm", "pack", PACKAGE, "--silent", "--pack-destination", folder], check=True, cwd=folder)
        with tarfile.open(next(Path(folder).glob("*.tgz"))) as package:
            files = {name: package.extractfile(f"package/web/Inter-{name}.woff2").read() for name in WEIGHTS.values()}
            (FONTS / "LICENSE.txt").write_bytes(package.extractfile("package/LICENSE.txt").read())
    metrics = {}
    for weight, name in WEIGHTS.items():
        font = cut(files[name])
        font.save(FONTS / f"inter-{weight}.ttf")
        metrics[weight] = measures(font)
        font.flavor = "woff2"
        font.save(PAGE_FONTS / f"inter-{weight}.woff2")
    (FONTS / "widths.json").write_text(json.dumps(metrics, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    return 0


def cut(content: bytes) -> TTFont:
    """The font with our characters and features only, without the instructions for old screens."""
    font = TTFont(BytesIO(content))
    options = subset.Options(
        layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14]
    )
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font.flavor = None
    font["head"].modified = font["head"].created  # the same bytes whenever it is made
    return font


def measures(font: TTFont) -> dict[str, object]:
    """Ascent, descent, advance of each character and of each kerned pair, in thousandths of the font size."""
    scale = 1000 / font["head"].unitsPerEm
    glyphs, advances = font.getBestCmap(), font["hmtx"].metrics
    return {
        "ascent": round(font["hhea"].ascent * scale, 2),
        "descent": round(-font["hhea"].descent * scale, 2),
        "advances": {chr(code): round(advances[glyph][0] * scale, 1) for code, glyph in sorted(glyphs.items())},
        "pairs": {pair: round(value * scale, 1) for pair, value in kerned_pairs(font, glyphs)},
    }


def kerned_pairs(font: TTFont, glyphs: dict[int, str]) -> Iterator[tuple[str, int]]:
    """The pairs of KERNED that the font draws nearer or farther, in font units."""
    tables = list(pair_tables(font))
    for left in KERNED:
        for right in KERNED:
            value = next(
                (
                    value
                    for table in tables
                    if (value := pair_value(table, glyphs[ord(left)], glyphs[ord(right)])) is not None
                ),
                0,
            )
            if value:
                yield left + right, value


def pair_tables(font: TTFont) -> Iterator[object]:
    """The subtables of the « kern » feature, in the order in which they apply."""
    table = font["GPOS"].table
    numbers = {
        number
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for number in record.Feature.LookupListIndex
    }
    for number in sorted(numbers):
        for subtable in table.LookupList.Lookup[number].SubTable:
            yield subtable.ExtSubTable if hasattr(subtable, "ExtSubTable") else subtable


def pair_value(table: object, left: str, right: str) -> int | None:
    """What a subtable adds to the advance of the left glyph; None when it says nothing of the pair."""
    if left not in table.Coverage.glyphs:
        return None
    if table.Format == 1:
        records = table.PairSet[table.Coverage.glyphs.index(left)].PairValueRecord
        found = next((record.Value1 for record in records if record.SecondGlyph == right), None)
        return None if found is None else getattr(found, "XAdvance", 0)
    first, second = table.ClassDef1.classDefs.get(left, 0), table.ClassDef2.classDefs.get(right, 0)
    value = table.Class1Record[first].Class2Record[second].Value1
    return getattr(value, "XAdvance", 0) if value else 0


if __name__ == "__main__":
    sys.exit(main())
