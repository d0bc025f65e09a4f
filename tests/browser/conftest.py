"""The real application in a process of its own, over demonstration data, driven in Debian's Chromium."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, sync_playwright

from tests.browser.driving import VIEWPORTS

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless",
    "--no-sandbox",  # CI is root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",  # nothing leaves this machine, whatever a page asks
)
START_SECONDS = 60


@pytest.fixture(scope="session")
def demo_url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with the demonstration data, made as `make run` makes it."""
    url = f"sqlite:///{(tmp_path_factory.mktemp('demo') / 'demo.db').as_posix()}"
    command = [sys.executable, "-m", "etl", "init"]
    made = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout + made.stderr
    return url


@pytest.fixture(scope="session")
def site(demo_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The origin of the running application, `http://127.0.0.1:<port>`."""
    with running(demo_url, tmp_path_factory.mktemp("site") / "server.log") as origin:
        yield origin


@pytest.fixture
def unready(tmp_path: Path, failing_origins: set[str]) -> Iterator[tuple[str, str]]:
    """The application on a database without a table: its origin, and the URL of the database, to be prepared."""
    url = f"sqlite:///{(tmp_path / 'bare.db').as_posix()}"
    with running(url, tmp_path / "server.log") as origin:
        failing_origins.add(origin)
        yield origin, url


@contextmanager
def running(url: str, log: Path) -> Iterator[str]:
    """The application on a database, as long as the block lasts; what it says goes to `log`."""
    port = _free_port()
    with log.open("wb") as output:
        server = subprocess.Popen(
            _serve(port), cwd=ROOT, env=os.environ | {"DATABASE_URL": url}, stdout=output, stderr=output
        )
        try:
            _wait(server, port, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=10)


def _serve(port: int) -> list[str]:
    if sys.platform == "win32":
        return [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{port}", "app:server"]
    options = ["--bind", f"127.0.0.1:{port}", "--threads", "8", "--no-control-socket"]
    return [sys.executable, "-m", "gunicorn", *options, "app:server"]


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/sante")
            connection.getresponse()
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    pytest.fail(f"the application did not start:\n{log.read_text(errors='replace')[-4000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    assert found, "Chromium is missing: make test installs it (or: apt-get install chromium)"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the browser complained of: console errors and warnings, uncaught errors, requests to other hosts.

    Empty at the end of the test, or the test fails; one that provokes an error (a 404) checks it and clears it.
    """
    return []


@pytest.fixture
def failing_origins() -> set[str]:
    """Origins of other applications that a test starts, which answer with errors: nothing of theirs is a complaint.

    The browser asks for a page's icon when it likes, even after the last line of the test: they can't be cleared.
    """
    return set()


@pytest.fixture(scope="session")
def profile(browser: Browser, site: str) -> Iterator[BrowserContext]:
    """One French browser profile for the whole session: static files are fetched once, as by someone who comes back."""
    width, height = VIEWPORTS["desktop"]
    context = browser.new_context(
        base_url=site,
        locale="fr-FR",
        timezone_id="Europe/Paris",
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    # test_help.py has a first visit; the blank page and the sandboxed preview of a report have no storage
    context.add_init_script("if (origin !== 'null') { localStorage.setItem('visite-guidee', 'refusee'); }")
    yield context
    context.close()


@pytest.fixture
def page(profile: BrowserContext, site: str, complaints: list[str], failing_origins: set[str]) -> Iterator[Page]:
    """A new tab at desktop size; `page.goto("/indicateurs")` is relative to `site`. Nothing may be complained of."""
    page = profile.new_page()
    watch(page, site, complaints, failing_origins)
    yield page
    page.close()
    assert not complaints, "\n".join(complaints)


def watch(page: Page, site: str, complaints: list[str], failing_origins: set[str]) -> None:
    """Write down what the browser complains of. No route: interception would switch the browser's cache off."""

    def console(message: ConsoleMessage) -> None:
        url = message.location.get("url", "")
        if message.type in {"error", "warning"} and _origin(url) not in failing_origins:
            complaints.append(f"console {message.type}: {message.text} ({url})")

    def uncaught(error: Error) -> None:
        complaints.append(f"uncaught: {error}")

    def requested(request: Request) -> None:
        remote = urlsplit(request.url).scheme in {"http", "https", "ws", "wss"}
        if remote and _origin(request.url) not in {site, *failing_origins}:
            complaints.append(f"request to another host: {request.url}")

    page.on("console", console)
    page.on("pageerror", uncaught)
    page.on("request", requested)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
