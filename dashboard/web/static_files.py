"""Static files: compressed once, kept in memory, cached for a year when their address says their version."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

import brotli
from dash.fingerprint import check_fingerprint
from flask import Flask, Request, Response, request

PREFIXES = ("/_dash-component-suites/", "/assets/", "/statique/")
IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATED = "public, no-cache"
FALLBACK_QUALITY = 5  # brotli quality when a file was not compressed at install


@dataclass(frozen=True)
class StaticFile:
    """One file in one encoding (empty: as it is)."""

    body: bytes
    content_type: str
    encoding: str
    digest: str


class StaticFiles:
    """The files already asked for. Bounded: only files that exist are kept, under their name without its version."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[tuple[str, str], StaticFile] = {}

    def find(self, path: str, encoding: str) -> StaticFile | None:
        """A file asked for before."""
        return self._kept.get((unversioned_path(path), encoding))

    def keep(self, path: str, encoding: str, body: bytes, content_type: str) -> StaticFile:
        """Compress a file and keep it."""
        digest = hashlib.sha256(body).hexdigest()
        file = StaticFile(self._encoded(body, digest, encoding), content_type, encoding, digest)
        self._kept[unversioned_path(path), encoding] = file
        return file

    def _encoded(self, body: bytes, digest: str, encoding: str) -> bytes:
        ready = self._folder / f"{digest}.{encoding}"
        if encoding and ready.is_file():
            return ready.read_bytes()
        if encoding == "br":
            return bytes(brotli.compress(body, quality=FALLBACK_QUALITY))
        return gzip.compress(body, mtime=0) if encoding == "gz" else body


def unversioned_path(path: str) -> str:
    """The path without the version that Dash writes into it: addresses are endless, files are not."""
    name: str = check_fingerprint(path)[0]  # type: ignore[no-untyped-call]
    return name


def register_responses(server: Flask, files: StaticFiles) -> None:
    """Answer from memory. To be called before anything else looks at a request."""

    @server.before_request
    def remembered() -> Response | None:
        file = files.find(request.path, accepted_encoding(request)) if is_static(request) else None
        return static_response(file) if file else None


def register_storing(server: Flask, files: StaticFiles) -> None:
    """Keep what others answer. To be called after what adds headers: Flask undoes the order."""

    @server.after_request
    def compressed(response: Response) -> Response:
        if not is_static(request) or response.status_code != 200 or response.headers.get("Vary") == "Accept-Encoding":
            return response  # no file, or one that `remembered` gave
        response.direct_passthrough = False
        kept = files.keep(request.path, accepted_encoding(request), response.get_data(), response.content_type or "")
        response.close()  # the file that it read
        return static_response(kept)


def is_static(asked: Request) -> bool:
    """Whether a request is for a static file."""
    return asked.method in ("GET", "HEAD") and asked.path.startswith(PREFIXES)


def accepted_encoding(asked: Request) -> str:
    """The best encoding that the client takes."""
    accepted = {str(name) for name in asked.accept_encodings.values()}
    if "br" in accepted:
        return "br"
    return "gz" if "gzip" in accepted else ""


def static_response(file: StaticFile) -> Response:
    """The response, cached for a year when the address holds the file's version."""
    response = Response(file.body, content_type=file.content_type)
    if file.encoding:
        response.headers["Content-Encoding"] = {"br": "br", "gz": "gzip"}[file.encoding]
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{file.digest[:32]}-{file.encoding}")
    versioned = (
        unversioned_path(request.path) != request.path or "m" in request.args or request.path.startswith("/statique/")
    )
    response.headers["Cache-Control"] = IMMUTABLE if versioned else REVALIDATED
    response.make_conditional(request)
    return response
