"""The application on a database with the demonstration data, and how to call its callbacks without a browser."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from dashboard.web.factory import create_app
from tests.conftest import TODAY
from tests.dashboard.reading import components_by_id, elements, layout_of

CALLBACKS = "/_dash-update-component"


@pytest.fixture(scope="session")
def app(demo_engine: Engine) -> Dash:
    return create_app(demo_engine, lambda: TODAY)


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    client: FlaskClient = app.server.test_client()
    client.get("/")  # Dash completes its registers at the first request
    return client


@dataclass(frozen=True)
class Callback:
    """A callback as the browser knows it: its name, and a well-formed body for values by `id.property`."""

    app: Dash
    client: FlaskClient
    output: str

    def body(self, values: Mapping[str, Any], changed: str) -> dict[str, Any]:
        declared = self.app.callback_map[self.output]
        several = self.output.startswith("..")
        names = self.output[2:-2].split("...") if several else [self.output]
        outputs = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]

        def filled(listed: list[dict[str, str]]) -> list[dict[str, Any]]:
            return [{**one, "value": values.get(f"{one['id']}.{one['property']}")} for one in listed]

        return {
            "output": self.output,
            "outputs": outputs if several else outputs[0],
            "inputs": filled(declared["inputs"]),
            "state": filled(declared["state"]),
            "changedPropIds": [changed],
        }

    def post(self, values: Mapping[str, Any], changed: str) -> TestResponse:
        return self.client.post(CALLBACKS, json=self.body(values, changed))

    def call(self, values: Mapping[str, Any], changed: str) -> dict[str, Any]:
        """What changed, as `id.property` -> value: of each component told, and of each element with an id in it."""
        response = self.post(values, changed)
        assert response.status_code == 200, response.text
        parts: dict[str, dict[str, dict[str, Any]]] = response.json  # type: ignore[assignment]
        notice = {**parts["response"], **parts.get("sideUpdate", {})}
        found = {f"{one}.{name}": value for one, props in notice.items() for name, value in props.items()}
        around = next((props["query"] for props in notice.values() if "query" in props), "")
        for one, props in notice.items():
            if "content" in props:
                drawn = elements(props["content"], [], props.get("query", around))
                found[f"{one}.children"] = drawn
                found |= {
                    f"{inner}.{name}": value for inner, has in components_by_id(drawn) for name, value in has.items()
                }
        return found


@pytest.fixture
def callback(app: Dash, client: FlaskClient) -> Callable[[str], Callback]:
    """`callback("query.data")`: the callback that has this output."""

    def find(output: str) -> Callback:
        names = [name for name in app.callback_map if f"{output}." in f"{name}." or name == output]
        return Callback(app, client, names[0])

    return find


@pytest.fixture
def layout(client: FlaskClient) -> Callable[[str], str]:
    """`layout("/?dep=61")`: the layout's JSON as text, as the browser asks for it from that page, written out."""

    return lambda address: layout_of(client, address)
