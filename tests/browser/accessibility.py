"""axe-core on a page. It sees about a third of the RGAA: zero violations is the floor, not the proof."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "RGAAv4", "best-practice")

# Run in the page: keeps of each violation what a person needs to find it.
RUN = """([tags, within]) => axe.run(within, {runOnly: {type: "tag", values: tags}, resultTypes: ["violations"]}).then(
  result => result.violations.map(violation => ({
    rule: violation.id, impact: violation.impact || "", help: violation.help,
    nodes: violation.nodes.map(node => `${node.target.join(" ")}\\n      ${node.html.slice(0, 200)}`),
  })))"""


@dataclass(frozen=True)
class Violation:
    """One broken rule and the elements that break it (selector, then the start of their HTML)."""

    rule: str
    impact: str
    help: str
    nodes: list[str]

    def __str__(self) -> str:
        return "\n    ".join([f"{self.rule} ({self.impact}): {self.help}", *self.nodes])


@cache
def axe_script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def violations(page: Page, within: str = "html") -> list[Violation]:
    """What axe finds on the page, or in a part of it, as it stands now (open what must be open first)."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script())  # evaluated, not added as a script: the page's own policy stays in force
    return [Violation(**found) for found in page.evaluate(RUN, [list(TAGS), within])]


def assert_accessible(page: Page, within: str = "html") -> None:
    found = violations(page, within)
    assert not found, f"{page.url}: {len(found)} axe violations\n  " + "\n  ".join(map(str, found))
