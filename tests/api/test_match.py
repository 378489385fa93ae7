"""Names in bulk: which node each one means, and how surely."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from small_graph import CITY, EAST, NEW_RULES, TAKING_CHARGE, WEST, small_graph

from api.app import create_app
from graph.store import Store


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    store.write(small_graph())
    yield TestClient(create_app(store), raise_server_exceptions=False)


def match(client: TestClient, **query: str) -> list[dict[str, object]]:
    answer = client.post("/match", json={"queries": {"row": query}})
    assert answer.status_code == 200, answer.text
    results: list[dict[str, object]] = answer.json()["responses"]["row"]["results"]
    return results


@pytest.mark.parametrize(
    ("query", "id_", "score"),
    [
        ({"name": "北京市信访办公室"}, CITY, 100),
        ({"name": CITY}, CITY, 100),
        ({"name": "北京市信访办", "kind": "Agency"}, CITY, 95),
        ({"name": "Leaders take charge of cases"}, TAKING_CHARGE, 95),
        ({"name": "《信访工作条例》"}, NEW_RULES, 90),
        ({"name": " 领导 包案 机制"}, TAKING_CHARGE, 90),
        ({"name": "信访办公室", "place": "北京市东城区"}, EAST, 100),
    ],
)
def test_match_a_name_that_reads_the_same_is_a_match(
    client: TestClient, query: dict[str, str], id_: str, score: float
) -> None:
    best = match(client, **query)[0]
    assert (best["id"], best["score"], best["match"]) == (id_, score, True)


def test_match_an_ending_that_fits_several_is_left_to_people(client: TestClient) -> None:
    found = match(client, name="信访办公室", kind="Agency")
    assert {c["id"] for c in found} >= {CITY, EAST, WEST}
    assert not any(c["match"] for c in found)


def test_match_keeps_the_keys_and_the_order_of_the_client(client: TestClient) -> None:
    queries = {"行二": {"name": "包案制度"}, "1": {"name": "没有这样的名称"}}
    answer = client.post("/match?limit=1", json={"queries": queries}).json()
    assert list(answer["responses"]) == ["行二", "1"]
    assert [c["id"] for c in answer["responses"]["行二"]["results"]] == [TAKING_CHARGE]
    assert not any(c["match"] for c in answer["responses"]["1"]["results"])


def test_match_holds_a_name_to_its_kind(client: TestClient) -> None:
    assert all(c["label"] == "Regulation" for c in match(client, name="信访", kind="Regulation"))


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"queries": {}}',
        b'{"queries": {"a": {"name": ""}}}',
        b'{"queries": {"a": {"name": "  "}}}',
        b'{"queries": {"a": {"name": 1}}}',
        b'{"queries": {"a": {"name": "x\\u0000"}}}',
        b'{"queries": {"a": {"name": "x", "kind": "Report"}}}',
        b'{"queries": {"a": {"name": "x", "colour": "red"}}}',
        b'{"queries": {"a": {"name": NaN}}}',
        b"\xff\xfe",
        b"[" * 200_000,
    ],
    ids=lambda b: b[:40].decode("latin-1"),
)
def test_match_A05_bad_bodies_are_problems(client: TestClient, body: bytes) -> None:
    answer = client.post("/match", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("text", [r"\ud800", r"a\udfffb"])
def test_match_A02_a_lone_surrogate_is_refused(client: TestClient, text: str) -> None:
    for body in (f'{{"queries": {{"a": {{"name": "{text}"}}}}}}', f'{{"{text}": 1}}'):
        answer = client.post("/match", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422, answer.text


def test_match_takes_a_hundred_names_and_no_more(client: TestClient) -> None:
    names = {str(i): {"name": "北京市信访办"} for i in range(101)}
    assert client.post("/match", json={"queries": names}).status_code == 422
    del names["0"]
    answer = client.post("/match", json={"queries": names})
    assert {r["results"][0]["id"] for r in answer.json()["responses"].values()} == {CITY}


def test_match_A05_another_content_type_is_refused(client: TestClient) -> None:
    answer = client.post("/match", content=b"name=x", headers={"Content-Type": "text/plain"})
    assert answer.status_code in (415, 422)
