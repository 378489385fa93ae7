"""OpenRefine's protocol: answers have the shapes of its 0.2 specification."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode

import jsonschema_rs
import pytest
from fastapi.testclient import TestClient
from small_graph import CITY, EAST, MARKUP, NEW_RULES, OLD_RULES, TAKING_CHARGE, small_graph

from api.app import create_app
from api.matching import KINDS
from api.reconcile import properties
from graph.store import Store

# What the specification's schemas ask for, in our words.
TEXT = {"type": "string"}
NAMED = {"type": "object", "required": ["id", "name"], "properties": {"id": TEXT, "name": TEXT}}
WITH_ID = {"type": "string", "pattern": r"\{\{id\}\}"}
SERVICE = {"type": "object", "properties": {"service_url": TEXT, "service_path": TEXT}}
MANIFEST = {
    "type": "object",
    "required": ["versions", "name", "identifierSpace", "schemaSpace"],
    "properties": {
        "versions": {"type": "array", "items": TEXT, "contains": {"const": "0.2"}},
        "name": TEXT,
        "identifierSpace": TEXT,
        "schemaSpace": TEXT,
        "documentation": TEXT,
        "serviceVersion": TEXT,
        "view": {"type": "object", "required": ["url"], "properties": {"url": WITH_ID}},
        "preview": {
            "type": "object",
            "required": ["url", "width", "height"],
            "properties": {
                "url": WITH_ID,
                "width": {"type": "integer"},
                "height": {"type": "integer"},
            },
        },
        "defaultTypes": {"type": "array", "items": NAMED, "uniqueItems": True},
        "suggest": {
            "type": "object",
            "properties": {"entity": SERVICE, "property": SERVICE, "type": SERVICE},
        },
        "extend": {
            "type": "object",
            "properties": {"propose_properties": SERVICE, "property_settings": {"type": "array"}},
        },
    },
}
RESULTS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["result"],
        "properties": {
            "result": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["id", "name", "score"],
                    "properties": {
                        "id": TEXT,
                        "name": TEXT,
                        "score": {"type": "number"},
                        "match": {"type": "boolean"},
                        "type": {"type": "array", "items": NAMED},
                    },
                },
            }
        },
    },
}
SUGGESTIONS = {
    "type": "object",
    "required": ["result"],
    "properties": {"result": {"type": "array", "items": NAMED}},
}


def only(*required: str, **shapes: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": list(required),
        "properties": shapes,
        "additionalProperties": False,
    }


CELL = {
    "oneOf": [
        only(),
        only("id", "name", id=TEXT, name=TEXT, description=TEXT),
        only("str", str=TEXT),
        only("float", float={"type": "number"}),
        only("int", int={"type": "integer"}),
    ]
}
EXTENSION = {
    "type": "object",
    "required": ["meta", "rows"],
    "properties": {
        "meta": {"type": "array", "items": NAMED},
        "rows": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "additionalProperties": {"type": "array", "items": CELL},
            },
        },
    },
}


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    store.write(small_graph())
    yield TestClient(create_app(store), raise_server_exceptions=False)


def ask(client: TestClient, queries: object) -> dict[str, dict[str, list[dict[str, object]]]]:
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    found: dict[str, dict[str, list[dict[str, object]]]] = answer.json()
    jsonschema_rs.validate(RESULTS, found)
    return found


def test_reconcile_manifest_has_the_shape_of_the_specification(client: TestClient) -> None:
    manifest = client.get("/reconcile").json()
    jsonschema_rs.validate(MANIFEST, manifest)
    assert [t["id"] for t in manifest["defaultTypes"]] == list(KINDS)
    for part in (*manifest["suggest"].values(), manifest["extend"]["propose_properties"]):
        assert client.get(part["service_url"] + part["service_path"]).status_code == 200
    preview = manifest["preview"]["url"].replace("{{id}}", quote(CITY))
    assert client.get(preview).status_code == 200


def test_reconcile_a_column_of_names_becomes_ids(client: TestClient) -> None:
    queries = {
        "q0": {"query": "北京市信访办", "type": "Agency", "type_strict": "should"},
        "q1": {"query": "《信访工作条例》", "type": ["Regulation"], "limit": 1},
        "q2": {"query": "信访办公室", "properties": [{"pid": "place", "v": "北京市东城区"}]},
        "q3": {"query": "没有的名称"},
        "q4": {"query": ""},
    }
    found = ask(client, queries)
    best = {
        key: next((c["id"] for c in a["result"] if c["match"]), None) for key, a in found.items()
    }
    assert best == {"q0": CITY, "q1": NEW_RULES, "q2": EAST, "q3": None, "q4": None}
    assert len(found["q1"]["result"]) == 1


def test_reconcile_get_answers_like_post(client: TestClient) -> None:
    queries = json.dumps({"q0": {"query": "包案制度"}}, ensure_ascii=False)
    got = client.get(f"/reconcile?{urlencode({'queries': queries})}").json()
    assert got == client.post("/reconcile", data={"queries": queries}).json()
    assert got["q0"]["result"][0]["id"] == TAKING_CHARGE


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"queries": json.dumps({str(i): {"query": "x"} for i in range(101)})}, "1 to 100"),
        ({"queries": "{}"}, "1 to 100"),
        ({"queries": "{"}, "no JSON"),
        ({"queries": "[" * 100_000}, "no JSON"),
        ({"queries": '{"a": {"query": "x", "limit": NaN}}'}, "no JSON"),
        ({"queries": "[]"}, "JSON object"),
        ({"queries": '{"a": []}'}, "JSON object"),
        ({"queries": '{"a": {}}'}, "properties"),
        ({"queries": '{"a": {"query": 1}}'}, "characters"),
        ({"queries": '{"a": {"query": "\\ud800"}}'}, "characters"),
        ({"queries": '{"a": {"query": "x", "type": "Person"}}'}, "Agency, Mechanism"),
        ({"queries": '{"a": {"query": "x", "type": 1}}'}, "type"),
        ({"queries": '{"a": {"query": "x", "limit": -1}}'}, "50"),
        ({"extend": '{"ids": [], "properties": [{"id": "colour"}]}'}, "colour"),
        ({"extend": json.dumps({"ids": ["x"] * 101, "properties": []})}, "at most 100"),
        ({"extend": "{}"}, "ids"),
        ({"other": "x"}, "neither"),
        ({}, "neither"),
    ],
    ids=lambda v: str(v)[:40],
)
def test_reconcile_A26_bad_batches_are_refused_with_the_limit(
    client: TestClient, form: dict[str, str], says: str
) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/reconcile", content=urlencode(form), headers=headers)
    assert answer.status_code == 400, answer.text
    assert says in answer.json()["detail"]
    assert answer.json()["limit"] == 100
    assert ask(client, {"q": {"query": "北京市信访办"}})["q"]["result"][0]["id"] == CITY


def test_reconcile_another_content_type_is_415(client: TestClient) -> None:
    assert client.post("/reconcile", json={"queries": {}}).status_code == 415


def test_reconcile_suggests_nodes_types_and_properties(client: TestClient) -> None:
    for part, prefix, first in (
        ("entity", "包案", TAKING_CHARGE),
        ("type", "机制", "Mechanism"),
        ("property", "层级", "level"),
    ):
        answer = client.get(f"/reconcile/suggest/{part}", params={"prefix": prefix}).json()
        jsonschema_rs.validate(SUGGESTIONS, answer)
        assert answer["result"][0]["id"] == first


def test_reconcile_adds_columns(client: TestClient) -> None:
    wanted = ["level", "aliases", "issued", "replaced_by", "known"]
    extend = {"ids": [CITY, OLD_RULES, "agency:无"], "properties": [{"id": p} for p in wanted]}
    answer = client.post("/reconcile", data={"extend": json.dumps(extend)}).json()
    jsonschema_rs.validate(EXTENSION, answer)
    assert [m["id"] for m in answer["meta"]] == wanted
    assert answer["rows"][CITY]["level"] == [{"str": "省"}]
    assert answer["rows"][CITY]["aliases"] == [{"str": "北京市信访办"}]
    assert answer["rows"][OLD_RULES]["issued"] == [{"int": 2005}]
    assert answer["rows"][OLD_RULES]["replaced_by"] == [{"id": NEW_RULES, "name": "信访工作条例"}]
    assert answer["rows"][OLD_RULES]["known"] == [{"str": "true"}]
    assert set(map(str, answer["rows"]["agency:无"].values())) == {"[]"}


def test_reconcile_a_successor_is_a_unit_that_can_be_reconciled_further(
    client: TestClient,
) -> None:
    extend = {"ids": [EAST], "properties": [{"id": "succeeded_by"}, {"id": "succeeded_in"}]}
    answer = client.post("/reconcile", data={"extend": json.dumps(extend)}).json()
    jsonschema_rs.validate(EXTENSION, answer)
    assert answer["meta"][0]["type"]["id"] == "Agency"
    later = {"id": "agency:北京市东城区信访局", "name": "北京市东城区信访局"}
    assert answer["rows"][EAST] == {"succeeded_by": [later], "succeeded_in": [{"int": 2024}]}


def test_reconcile_every_proposed_property_can_be_had(client: TestClient) -> None:
    for kind in KINDS:
        proposed = client.get("/reconcile/properties", params={"type": kind}).json()
        assert proposed["type"] == kind
        extend = {"ids": [CITY], "properties": [{"id": p["id"]} for p in proposed["properties"]]}
        answer = client.post("/reconcile", data={"extend": json.dumps(extend)})
        assert set(answer.json()["rows"][CITY]) == {p["id"] for p in proposed["properties"]}
    assert client.get("/reconcile/properties?type=Person").status_code == 400
    assert {"name", "level", "legal_basis"} <= {p["id"] for p in properties()}


def test_reconcile_preview_shows_mark_up_as_text(client: TestClient) -> None:
    answer = client.get("/reconcile/preview", params={"id": MARKUP})
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "&lt;img src=x" in answer.text
    assert "<img" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert client.get("/reconcile/preview?id=agency:无").status_code == 404


def test_reconcile_preview_names_what_a_reform_made_of_a_unit(client: TestClient) -> None:
    page = client.get("/reconcile/preview", params={"id": EAST}).text
    assert "<dt>改革后机构</dt><dd>北京市东城区信访局</dd>" in page
