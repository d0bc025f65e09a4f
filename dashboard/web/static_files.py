"""Static files: compressed once, cached in memory, and cached by browsers for a year when their address has their
version.
"""

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
    """The files requested so far. Bounded: only existing files are stored, under their name without its version."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kept: dict[tuple[str, str], StaticFile] = {}

    def get(self, path: str, encoding: str) -> StaticFile | None:
        """The stored file of a path in an encoding."""
        return self._kept.get((unversioned_path(path), encoding))

    def put(self, path: str, encoding: str, body: bytes, content_type: str) -> StaticFile:
        """Compress a file and store it."""
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
    """The path without the version that Dash writes into it, so that the number of names is bounded."""
    name: str = check_fingerprint(path)[0]  # type: ignore[no-untyped-call]
    return name


def register_responses(server: Flask, files: StaticFiles) -> None:
    """Answer from memory. To be called before any other handler."""

    @server.before_request
    def send_stored() -> Response | None:
        file = files.get(request.path, accepted_encoding(request)) if is_static(request) else None
        return static_response(file) if file else None


def register_storing(server: Flask, files: StaticFiles) -> None:
    """Store responses of other handlers. To be called after handlers that add headers: Flask runs them in reverse
    order.
    """

    @server.after_request
    def store_file(response: Response) -> Response:
        if not is_static(request) or response.status_code != 200 or response.headers.get("Vary") == "Accept-Encoding":
            return response  # not a file, or one sent by `send_stored`
        response.direct_passthrough = False
        file = files.put(request.path, accepted_encoding(request), response.get_data(), response.content_type or "")
        response.close()  # closes the file behind it
        return static_response(file)


def is_static(incoming: Request) -> bool:
    """Whether a request is for a static file."""
    return incoming.method in ("GET", "HEAD") and incoming.path.startswith(PREFIXES)


def accepted_encoding(incoming: Request) -> str:
    """The best encoding that the client accepts."""
    accepted = {str(name) for name in incoming.accept_encodings.values()}
    if "br" in accepted:
        return "br"
    return "gz" if "gzip" in accepted else ""


def static_response(file: StaticFile) -> Response:
    """The response, cacheable for a year when the address has the file's version."""
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
