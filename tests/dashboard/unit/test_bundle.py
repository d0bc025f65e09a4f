import io
import subprocess
import tarfile
from pathlib import Path

import pytest
from plotly.offline import get_plotlyjs_version

from dashboard.web import bundle
from dashboard.web.bundle import BundleError, Lock, digest, install

CONTENT = b"window.Plotly = {};"
LOCK = Lock("4.1.1", digest(CONTENT))


def fetched(version: str) -> bytes:
    return CONTENT


def refused(version: str) -> bytes:
    raise AssertionError("the bundle is there already: nothing to fetch")


def package(path: Path, member: str = bundle.MEMBER) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        entry = tarfile.TarInfo(member)
        entry.size = len(CONTENT)
        archive.addfile(entry, io.BytesIO(CONTENT))
    return path


def test_the_lock_is_for_the_plotly_that_is_installed() -> None:
    lock = Lock.parse(bundle.LOCK.read_text(encoding="ascii"))

    assert lock.version == get_plotlyjs_version(), "plotly was upgraded: run make lock"
    assert len(bytes.fromhex(lock.sha256)) == 32


def test_a_lock_is_read_back_as_it_was_written() -> None:
    assert Lock.parse(str(LOCK)) == LOCK


def test_the_bundle_is_written_once(tmp_path: Path) -> None:
    target = install(LOCK, LOCK.version, tmp_path, fetched)

    assert target == tmp_path / "plotly-basic-4.1.1.min.js"
    assert target.read_bytes() == CONTENT
    assert install(LOCK, LOCK.version, tmp_path, refused) == target


def test_a_damaged_bundle_is_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "plotly-basic-4.1.1.min.js").write_bytes(b"half of i")

    assert install(LOCK, LOCK.version, tmp_path, fetched).read_bytes() == CONTENT


def test_bundles_of_other_versions_are_removed_with_their_compressed_copies(tmp_path: Path) -> None:
    for name in ("plotly-basic-4.0.0.min.js", "plotly-basic-4.0.0.min.js.br", "page.js"):
        (tmp_path / name).touch()

    install(LOCK, LOCK.version, tmp_path, fetched)

    assert {path.name for path in tmp_path.iterdir()} == {"page.js", "plotly-basic-4.1.1.min.js"}


def test_another_content_than_the_locked_one_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="empreinte"):
        install(LOCK, LOCK.version, tmp_path, lambda version: b"something else")

    assert not list(tmp_path.iterdir())


def test_a_bundle_for_another_plotly_is_not_left_in_place(tmp_path: Path) -> None:
    install(LOCK, LOCK.version, tmp_path, fetched)

    with pytest.raises(BundleError, match="make lock"):
        install(LOCK, "4.2.0", tmp_path, refused)

    assert not list(tmp_path.iterdir())


def test_fetch_reads_the_package_that_npm_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    def npm(command: list[str], cwd: str, **options: object) -> None:
        assert command[1:3] == ["pack", "plotly.js-basic-dist-min@4.1.1"]
        package(Path(cwd) / "plotly.tgz")

    monkeypatch.setattr(bundle.shutil, "which", lambda name: "/usr/bin/npm")
    monkeypatch.setattr(bundle.subprocess, "run", npm)

    assert bundle.fetch("4.1.1") == CONTENT


@pytest.mark.parametrize(
    "error",
    [subprocess.CalledProcessError(1, "npm"), subprocess.TimeoutExpired("npm", 120), PermissionError("npm")],
)
def test_fetch_raises_when_npm_fails(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def npm(command: list[str], **options: object) -> None:
        raise error

    monkeypatch.setattr(bundle.shutil, "which", lambda name: "/usr/bin/npm")
    monkeypatch.setattr(bundle.subprocess, "run", npm)

    with pytest.raises(BundleError, match=r"4\.1\.1"):
        bundle.fetch("4.1.1")


def test_a_package_without_the_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        bundle.unpack(package(tmp_path / "plotly.tgz", "package/README.md"))


def test_a_link_in_place_of_the_bundle_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plotly.tgz"
    with tarfile.open(path, "w:gz") as archive:
        folder = tarfile.TarInfo(bundle.MEMBER)
        folder.type = tarfile.DIRTYPE
        archive.addfile(folder)

    with pytest.raises(KeyError):
        bundle.unpack(path)


def test_a_failure_prints_one_line_and_does_not_stop_the_installation(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def absent(version: str) -> bytes:
        raise BundleError("npm est absent")

    assert bundle.main([], tmp_path, fetch=absent) == 0

    shown_text = capsys.readouterr().err
    assert "npm est absent" in shown_text
    assert shown_text.count("\n") == 1


def test_without_npm_there_is_no_bundle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundle.shutil, "which", lambda name: None)

    with pytest.raises(BundleError, match="npm est absent"):
        bundle.fetch("4.1.1")


def test_locking_writes_the_version_and_the_digest_then_installs(tmp_path: Path) -> None:
    lock_file = tmp_path / "bundle.lock"

    assert bundle.main(["--lock"], tmp_path, lock_file, fetched) == 0
    assert bundle.main([], tmp_path, lock_file, fetched) == 0

    assert Lock.parse(lock_file.read_text()) == Lock(get_plotlyjs_version(), digest(CONTENT))
    assert (tmp_path / f"plotly-basic-{get_plotlyjs_version()}.min.js").exists()
