"""The style sheets and the scripts of every page, each as one file: one request instead of twenty on a slow line."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from flask import Flask, Response

from dashboard.drawing.scripts import ASSETS, plotly_script

THEME_SCRIPT = "theme.js"  # in the head of documents: before the first paint
BOOTSTRAP = files("flask_bootstrap") / "static" / "bootstrap5" / "css" / "bootstrap.min.css"
PREFIX = "/statique/"


@dataclass(frozen=True)
class AssetBundle:
    """Several files served as one, under an address that changes with its content."""

    name: str
    mimetype: str
    content: bytes

    @property
    def address(self) -> str:
        stem, suffix = self.name.split(".")
        return f"{PREFIX}{stem}-{hashlib.sha256(self.content).hexdigest()[:12]}.{suffix}"

    def serve(self, server: Flask) -> None:
        """Answer at its address."""
        server.add_url_rule(self.address, f"bundle {self.name}", lambda: Response(self.content, mimetype=self.mimetype))


BOOTSTRAP_CLASSES = frozenset(
    {"form-check", "form-check-input", "form-check-label", "form-control", "form-select", "table"}
)
_COMMENT = re.compile(
    rb"^[ \t]*/\*(?!!)(?:(?!\*/).)*\*/[ \t]*\n", re.DOTALL | re.MULTILINE
)  # that begins a line, without a licence
_CSS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CSS_CLASS = re.compile(r"\.(-?[a-zA-Z_][\w-]*)")


def bootstrap_subset(css: str, classes: Collection[str]) -> str:
    """The rules of Bootstrap's minified style sheet that pages can match: those of elements and of these classes. Every
    first visit waits for them: they are a tenth of the whole.
    """
    needed = _CSS_RULE.sub(lambda rule: rule[0] if _matches(rule[1], classes) else "", css)
    while (smaller := _EMPTY_BLOCK.sub("", needed)) != needed:
        needed = smaller
    return needed


_EMPTY_BLOCK = re.compile(r"@(?:media|supports)[^{}]*\{\}")


def _matches(selectors: str, classes: Collection[str]) -> bool:
    """Whether one of the selectors of a rule has no other class than these."""
    return any(set(_CSS_CLASS.findall(selector)) <= set(classes) for selector in selectors.split(","))


def style_sheet(assets: Path = ASSETS) -> AssetBundle:
    """What pages use of Bootstrap's style sheet, then ours in alphabetical order; addresses in them are absolute."""
    ours = (path.read_bytes() for path in sorted(assets.glob("*.css")))
    bootstrap = bootstrap_subset(BOOTSTRAP.read_text(encoding="utf-8"), BOOTSTRAP_CLASSES).encode()
    return AssetBundle("style.css", "text/css", _joined((bootstrap, *ours), b"\n"))


def script(assets: Path = ASSETS) -> AssetBundle:
    """Our scripts in alphabetical order, without plotly's and the one of the head."""
    ours = (
        path.read_bytes()
        for path in sorted(assets.glob("*.js"))
        if not path.name.endswith(".min.js") and path.name != THEME_SCRIPT
    )
    return AssetBundle("scripts.js", "text/javascript", _joined(ours, b"\n;"))


def plotly_bundle() -> AssetBundle:
    """plotly.js, the light one when it is installed."""
    return AssetBundle("plotly.js", "text/javascript", plotly_script().read_bytes())


def _joined(contents: Iterable[bytes], separator: bytes) -> bytes:
    return separator.join(_COMMENT.sub(b"", content) for content in contents)
