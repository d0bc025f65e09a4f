"""The light plotly.js bundle: fetched by name with npm, checked against `bundle.lock`, put into `assets/`.

`python -m dashboard.web.bundle` is called by `make install`; `--lock` (called by `make lock`) rewrites the lock after
an upgrade of plotly. A file plotly-*.min.js of assets/ sets `window.Plotly` before dcc.Graph needs it, so that Dash
does not fetch its own 4.8 MB. Without npm or network, the full bundle serves the same.
"""

import argparse
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from plotly.offline import get_plotlyjs_version

PACKAGE = "plotly.js-basic-dist-min"
MEMBER = "package/plotly-basic.min.js"
ASSETS = Path(__file__).parents[1] / "assets"
LOCK = Path(__file__).parent / "bundle.lock"
TIMEOUT = 120  # seconds: a silent registry must not block `make install`

Fetch = Callable[[str], bytes]


class BundleError(Exception):
    """The light bundle is not available; the message gives the reason in one line of French."""


@dataclass(frozen=True)
class Lock:
    """The content of `bundle.lock`: a version of plotly.js and the SHA-256 (hexadecimal) of its basic bundle."""

    version: str
    sha256: str

    @classmethod
    def parse(cls, text: str) -> "Lock":
        version, sha256 = text.split()
        return cls(version, sha256)

    def __str__(self) -> str:
        return f"{self.version} {self.sha256}\n"


def fetch(version: str) -> bytes:
    """The basic bundle of that version, from the npm registry that npm is set up for. Raises BundleError."""
    npm = shutil.which("npm")
    if npm is None:
        raise BundleError("npm est absent")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "pack", f"{PACKAGE}@{version}", "--silent", "--pack-destination", folder]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=TIMEOUT, cwd=folder)
            return unpack(next(Path(folder).glob("*.tgz")))
        except (subprocess.SubprocessError, OSError, StopIteration, tarfile.TarError, KeyError) as error:
            raise BundleError(f"npm n’a pas fourni {PACKAGE} {version}") from error


def unpack(archive: Path) -> bytes:
    """The bundle inside an npm package, read in memory. Raises KeyError when it is not there."""
    with tarfile.open(archive) as package:
        member = package.extractfile(MEMBER)
        if member is None:
            raise KeyError(MEMBER)
        return member.read()


def install(lock: Lock, version: str, assets: Path, fetch: Fetch) -> Path:
    """Put the locked bundle into `assets` and remove those of other versions. Raises BundleError.

    A bundle of another version than that of the plotly package could draw differently: it is refused.
    """
    target = assets / f"plotly-basic-{lock.version}.min.js"
    for stale in assets.glob("plotly-*.min.js*"):
        if not stale.name.startswith(target.name):
            stale.unlink()
    if lock.version != version:
        target.unlink(missing_ok=True)
        raise BundleError(f"bundle.lock dit {lock.version}, plotly attend {version} (make lock)")
    if target.exists() and digest(target.read_bytes()) == lock.sha256:
        return target
    target.unlink(missing_ok=True)
    content = fetch(version)
    if digest(content) != lock.sha256:
        raise BundleError(f"l’empreinte de {PACKAGE} {version} n’est pas celle de bundle.lock")
    assets.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)
    return target


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def main(arguments: Sequence[str], assets: Path = ASSETS, lock_file: Path = LOCK, fetch: Fetch = fetch) -> int:
    """Return 0 even without the light bundle, which the application does not require."""
    parser = argparse.ArgumentParser(prog="python -m dashboard.web.bundle", description=__doc__.splitlines()[0])
    parser.add_argument("--lock", action="store_true", help="rewrite bundle.lock for the installed plotly")
    options = parser.parse_args(arguments)
    version = get_plotlyjs_version()
    try:
        if options.lock:
            lock_file.write_text(str(Lock(version, digest(fetch(version)))), encoding="ascii")
        else:
            install(Lock.parse(lock_file.read_text(encoding="ascii")), version, assets, fetch)
    except BundleError as error:
        sys.stderr.write(f"plotly.js allégé non installé ({error})\u202f: la version complète sera servie.\n")
        return int(options.lock)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
