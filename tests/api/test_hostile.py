"""Requests of somebody who means no good: nothing breaks, nothing leaks, nothing runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr
from report_builder import make_report
from small_graph import CITY, MARKUP, small_graph

from api.app import create_app
from graph.opening import open_store
from graph.settings import Settings
from graph.store import Store

NUMBERS = ("nan", "NaN", "inf", "-inf", "1e999", "-1", "0x10", "1.5", "1_0", "1" * 5_000, "9" * 18)
MARKUPS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "</script><script>alert(1)</script>",
    "{{7*7}}${7*7}",
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("hostile") / "store.kgl")) as opened:
        opened.write(small_graph())
        yield opened


@pytest.fixture(scope="module")
def client(graph: Store) -> TestClient:
    return client_of(graph)


def client_of(opened: Store, **settings: object) -> TestClient:
    app = create_app(opened, Settings.model_construct(requests_per_minute=0, **settings))  # type: ignore[arg-type]
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.mark.parametrize("number", NUMBERS, ids=lambda n: n[:10])
def test_A03_numbers_that_are_none_are_422(client: TestClient, number: str) -> None:
    for path, name in (
        ("/units", "limit"),
        ("/reports", "year"),
        ("/search?q=包案", "limit"),
        ("/questions/overview", "limit"),
        ("/questions/mechanisms_of_unit?unit=" + CITY, "year"),
    ):
        answer = client.get(f"{path}{'&' if '?' in path else '?'}{name}={number}")
        assert answer.status_code == 422, answer.text
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1", "1e9", "9" * 5_000, "true"])
def test_A03_numbers_in_bodies_are_refused(client: TestClient, number: str) -> None:
    queries = f'{{"q": {{"query": "x", "limit": {number}}}}}'
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = client.post("/reconcile", content=f"queries={quote(queries)}", headers=form)
    assert answer.status_code == 400
    body = f'{{"queries": {{"q": {{"name": {number}}}}}}}'
    answer = client.post("/match", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2e%2e%2f", "x" * 900, "没有的单位",
     "🏛️", "a/b/c", "agency:", ":", "'", "`", "$id", "%F0%9F%92%A9", "%ff"],
    ids=lambda n: n[:12],
)  # fmt: skip
def test_A07_ids_of_nothing_are_one_and_the_same_404(client: TestClient, name: str) -> None:
    answer = client.get(f"/units/{name}" if "%" in name else f"/units/{quote(name, safe='')}")
    assert answer.status_code == 404, answer.text
    body = answer.json()
    if body["code"] != "http-404":  # a path that leads out of /units altogether
        assert body == {
            "type": "urn:govmech:problem:unknown-name",
            "title": "没有这个名称 No such name",
            "status": 404,
            "code": "unknown-name",
            "detail": body["detail"],
        }
        nothing = "可用全文检索查找。 Search may help to find it"
        near = "相近的名称 Near names: [^<]*"
        assert re.fullmatch(rf"({nothing}|{near})\.", body["detail"])


@pytest.mark.parametrize("name", ["%00", "a%00b", "%09", "x" * 10_000, "%1b[31m"])
def test_A07_ids_that_no_node_can_have_are_422(client: TestClient, name: str) -> None:
    assert client.get(f"/units/{name}").status_code == 422
    assert client.get("/units/").status_code in (404, 422, 307)


REFUSED = (
    ("GET", "/units/没有", {}),
    ("GET", "/units?limit=x", {}),
    ("GET", "/units?q=%00", {}),
    ("GET", "/questions/nothing", {}),
    ("GET", "/units?q=" + "x" * 17_000, {}),
    ("GET", "/explorer/../../graph/settings.py", {}),
    ("GET", "/explorer/%2e%2e/app.py", {}),
    ("POST", "/units", {}),
    ("POST", "/match", {"content": b"{", "headers": {"Content-Type": "application/json"}}),
    ("POST", "/match", {"content": b"x" * 1_100_000}),
    ("POST", "/reconcile", {"data": {"queries": "{"}}),
    ("POST", "/cypher", {"json": {"query": "LOAD CSV FROM 'x' AS l RETURN l"}}),
    ("POST", "/cypher", {"json": {"query": "RETURN unknown_thing"}}),
)


@pytest.mark.parametrize(("method", "path", "more"), REFUSED, ids=lambda v: str(v)[:30])
def test_A23_no_refusal_shows_paths_or_traces(
    graph: Store, tmp_path: Path, method: str, path: str, more: dict[str, object]
) -> None:
    client = client_of(graph, cypher=True, store=graph.url)
    with client:
        answer = client.request(method, path, **more)  # type: ignore[arg-type]
    assert 400 <= answer.status_code < 500
    assert answer.headers["content-type"] == "application/problem+json"
    for leak in ("Traceback", "site-packages", ".py", graph.url, str(Path.home()), "line 1, in"):
        assert leak not in answer.text.replace(path, "")


@pytest.mark.parametrize("markup", MARKUPS)
def test_W02_nothing_that_was_sent_comes_back_as_a_page(client: TestClient, markup: str) -> None:
    sent = quote(markup, safe="")
    for path in (
        f"/units/{sent}",
        f"/search?q={sent}",
        f"/units?level={sent}",
        f"/units?{sent}=1",
        f"/questions/{sent}",
        f"/nothing/{sent}",
        f"/suggest?text={sent}",
        f"/reconcile?queries={sent}",
        f"/reconcile/preview?id={sent}",
        f"/docs?{sent}",
        f"/?q={sent}",
    ):
        answer = client.get(path)
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "unsafe-inline" not in answer.headers["content-security-policy"]
        if answer.headers["content-type"].startswith("text/html"):
            assert markup not in answer.text


def test_W02_the_preview_shows_a_hostile_name_as_text(client: TestClient) -> None:
    answer = client.get("/reconcile/preview", params={"id": MARKUP})
    assert "<img" not in answer.text
    assert "&lt;img" in answer.text


def test_W06_however_many_are_asked_for_a_page_has_its_limit(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "store.kgl")) as store:
        store.write([make_report(f"r{i:04}") for i in range(600)])
        client = client_of(store)
        for path in ("/reports", "/units", "/questions/search?query=x"):
            refused = client.get(f"{path}{'&' if '?' in path else '?'}limit=50000")
            assert refused.status_code == 422
            assert re.search(r"from 1 to \d+", refused.json()["detail"])
        page = client.get("/reports?limit=500").json()
        assert len(page["results"]) == 500
        rest = client.get(page["next"]).json()
        assert (len(rest["results"]), rest["next"]) == (100, None)


def test_W08_no_link_of_an_answer_comes_from_the_host(client: TestClient) -> None:
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    for path in (
        "/",
        "/docs",
        "/openapi.json",
        "/units?limit=1&facet=level",
        "/units/北京市信访办",
        f"/units/{CITY}",
        "/questions/overview",
        "/search?q=包案",
        "/nothing",
    ):
        answer = client.get(path, headers=forged)
        assert "evil.example" not in answer.text + str(answer.headers)


def test_W08_only_the_manifest_names_its_host_and_only_one_that_is_allowed(graph: Store) -> None:
    forged = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    client = client_of(graph, hosts=("testserver",))
    assert client.get("/reconcile", headers=forged).status_code == 400
    assert "http://testserver/" in client.get("/reconcile").text


def test_W08_answers_are_not_kept_by_shared_caches_nor_framed(graph: Store) -> None:
    open_to_all = client_of(graph).get("/units").headers
    token = {"Authorization": "Bearer geheim"}
    private = client_of(graph, api_token=SecretStr("geheim")).get("/units", headers=token).headers
    assert open_to_all["cache-control"] == "no-cache"
    assert private["cache-control"] == "private, no-cache"
    for headers in (open_to_all, private):
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
