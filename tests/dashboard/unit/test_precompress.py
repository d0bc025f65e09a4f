import gzip
import hashlib
from pathlib import Path

import brotli

from dashboard.web.precompress import precompress, static_sources
from dashboard.web.static_files import StaticFiles, unversioned_path


def test_compressed_files_are_served_and_stale_files_removed(tmp_path: Path) -> None:
    assets, folder = tmp_path / "assets", tmp_path / "compressed"
    assets.mkdir()
    (assets / "plotly-basic.min.js").write_bytes(b"plot()" * 100)
    (assets / "notes.txt").write_bytes(b"no")
    folder.mkdir()
    (folder / "old.br").write_bytes(b"old")
    count = precompress(assets, folder)
    assert count == len(list(folder.glob("*.br"))) == len(list(folder.glob("*.gz"))) > 8
    assert not (folder / "old.br").exists()
    digest = hashlib.sha256(b"plot()" * 100).hexdigest()
    ready = (folder / f"{digest}.br").read_bytes()
    assert brotli.decompress(ready) == b"plot()" * 100
    assert (
        StaticFiles(folder).put("/assets/plotly-basic.min.js", "br", b"plot()" * 100, "text/javascript").body == ready
    )


def test_the_full_plotly_is_wanted_only_without_the_light_one(tmp_path: Path) -> None:
    assert any(path.name == "plotly.min.js" for path in static_sources(tmp_path))
    (tmp_path / "plotly-basic.min.js").write_bytes(b"")
    assert not any(path.name == "plotly.min.js" for path in static_sources(tmp_path))


def test_other_files_are_compressed_once_when_requested(tmp_path: Path) -> None:
    files = StaticFiles(tmp_path)
    for encoding, unpack in (("br", brotli.decompress), ("gz", gzip.decompress), ("", bytes)):
        assert files.get("/assets/a.js", encoding) is None
        assert unpack(files.put("/assets/a.v1m2.js", encoding, b"run()", "text/javascript").body) == b"run()"
        assert files.get("/assets/a.v3m4.js", encoding) is files.get("/assets/a.js", encoding) is not None
    assert unversioned_path("/x/a.v1_2m3f.min.js") == "/x/a.min.js"
