"""Security headers of every response, and checks of what a client may post to the callbacks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import orjson
from dash import Dash
from flask import Flask, Response, abort, request
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException

from dashboard import ids
from dashboard.urls import CALLBACK_PATH, EMBED_PATH

MAX_BODY_BYTES = 1 << 20  # bytes
MAX_ITEMS = 500
MAX_TEXT = 4_000
PUBLIC_URL, HOST = "PUBLIC_URL", "PUBLIC_HOST"  # in the application's configuration
TEXT_PROPERTIES = frozenset(
    {(ids.LOCATION, "pathname"), (ids.LOCATION, "search"), (ids.QUERY, "data")}
)  # texts or null
PERMISSIONS = (
    "accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation",
    "gyroscope", "magnetometer", "microphone", "midi", "payment", "picture-in-picture", "publickey-credentials-get",
    "screen-wake-lock", "sync-xhr", "usb", "xr-spatial-tracking",
)  # fmt: skip
COMMON_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DOCUMENT_HEADERS = {
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": ", ".join(f"{name}=()" for name in PERMISSIONS),
}
CONTENT_POLICY = "; ".join(  # our own origin, and no inline script
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
DATA_POLICY = "default-src 'none'; frame-ancestors 'none'"  # for data and files opened by themselves


def register(server: Flask, app: Dash, embed_origins: Sequence[str] = ()) -> None:
    """Give an application its headers and its guards; `embed_origins` are the sites that may embed the map."""
    server.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES

    @server.before_request
    def guard_callbacks() -> None:
        if request.path == CALLBACK_PATH and request.method == "POST":
            if is_cross_site(request.headers, {request.host, server.config.get(HOST)}):
                abort(403)
            # checked here and not by Flask, since the key of the response cache has the body only
            reason = None if request.is_json else "Le corps de la requête n’est pas annoncé comme du JSON."
            reason = reason or malformed_reason(request_body(), app.callback_map)
            if reason:
                abort(400, reason)

    @server.after_request
    def secure(response: Response) -> Response:
        response.headers.update(COMMON_HEADERS)
        policy = DATA_POLICY
        if response.mimetype == "text/html":  # on other responses these headers would outweigh a change of filters
            response.headers.update(DOCUMENT_HEADERS)
            if request.path == EMBED_PATH:
                policy = embed_policy(embed_origins)
                if embed_origins:
                    del response.headers["X-Frame-Options"]  # it knows no list: a browser would refuse every site
            else:
                policy = CONTENT_POLICY
        response.headers["Content-Security-Policy"] = policy
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


def guard_host(server: Flask, public_url: str) -> None:
    """Refuse requests for another host than that of the public URL, if it is set. Probes request `/sante` by IP
    address.

    To be called before any other handler: a page for another host would contain its address.
    """
    server.config[PUBLIC_URL], server.config[HOST] = public_url, urlsplit(public_url).netloc or None

    @server.before_request
    def refuse_other_hosts() -> None:
        if public_url and request.host != server.config[HOST] and request.path != "/sante":
            abort(400, f"Ce tableau de bord est à l’adresse {public_url}")


def is_cross_site(headers: Headers, hosts: Collection[str | None]) -> bool:
    """Whether a browser declares a request from another site. Scripts, which send neither header, are allowed."""
    if headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = headers.get("Origin")
    try:
        return origin is not None and urlsplit(origin).netloc not in hosts
    except ValueError:
        return True


def request_body() -> bytes:
    """The body of the request. Aborts with 400 when it is malformed, 408 when it is incomplete."""
    try:
        return request.get_data()
    except HTTPException:
        raise
    except (TimeoutError, BlockingIOError):  # gunicorn.conf.py limits the wait on a socket
        abort(408)
    except Exception:  # each server has its own errors for a malformed body
        abort(400, "Le corps de la requête est mal transmis.")


def embed_policy(origins: Sequence[str]) -> str:
    """The Content-Security-Policy of the map for other sites: no script, and these sites only may show it."""
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "img-src 'self'",
            "font-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            " ".join(("frame-ancestors", *(origins or ("'none'",)))),
        )
    )


def malformed_reason(body_bytes: bytes, callbacks: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The French reason why the body of a callback is malformed; None when it has exactly the declared shape."""
    try:
        body = orjson.loads(body_bytes)  # refuses NaN and a nesting that would exhaust the stack
    except orjson.JSONDecodeError:
        return "Le corps de la requête n’est pas du JSON."
    output = body.get("output") if isinstance(body, dict) else None
    declared = callbacks.get(output) if isinstance(output, str) else None
    if not isinstance(output, str) or declared is None or "callback" not in declared:
        return "Cette mise à jour n’existe pas."
    if body.get("outputs") != _declared_outputs(output):
        return "Les sorties ne sont pas celles de cette mise à jour."
    if not (
        _has_valid_inputs(body.get("inputs"), declared["inputs"])
        and _has_valid_inputs(body.get("state", []), declared["state"])
    ):
        return "Les entrées ne sont pas celles de cette mise à jour."
    names = {f"{declared_input['id']}.{declared_input['property']}" for declared_input in declared["inputs"]}
    changed = body.get("changedPropIds", [])
    if not isinstance(changed, list) or not all(isinstance(name, str) and name in names for name in changed):
        return "Ce qui a changé n’est pas une entrée de cette mise à jour."
    return None


def _declared_outputs(output: str) -> list[dict[str, str]] | dict[str, str]:
    """The outputs spelled by the name of a callback: `a.b`, or `..a.b...c.d..` for several."""
    several = output.startswith("..")
    parts = [name.rpartition(".") for name in (output[2:-2].split("...") if several else [output])]
    outputs = [{"id": component_id, "property": name} for component_id, _dot, name in parts]
    return outputs if several else outputs[0]


def _has_valid_inputs(received: Any, declared: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the received inputs are the declared ones, in order, each with a value that a control can hold."""
    return (
        isinstance(received, list)
        and len(received) == len(declared)
        and all(
            isinstance(item, dict)
            and item.get("id") == expected["id"]
            and item.get("property") == expected["property"]
            and is_control_value(item.get("value"))
            and (
                (expected["id"], expected["property"]) not in TEXT_PROPERTIES
                or isinstance(item.get("value"), str | None)
            )
            for item, expected in zip(received, declared, strict=True)
        )
    )


def is_control_value(value: Any) -> bool:
    """Whether a control can hold the value: null, a number, a text, a short list of texts."""
    if isinstance(value, list):
        return len(value) <= MAX_ITEMS and all(isinstance(item, str) and len(item) <= MAX_TEXT for item in value)
    return value is None or isinstance(value, int | float) or (isinstance(value, str) and len(value) <= MAX_TEXT)
