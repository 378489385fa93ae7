"""The HTTP door, asked as a client would, on both stores."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from pydantic import BaseModel
from small_graph import CITY, EAST, ELSEWHERE, TAKING_CHARGE, WEST, report_id, small_graph

from api.app import create_app
from api.border import HEADERS
from api.errors import PROBLEMS
from api.models import answer_model, node_model, page_model
from api.names import lookups
from api.questions import questions
from api.routers.nodes import NOUNS, Noun
from graph.errors import GovmechError, StoreUnavailable
from graph.opening import open_store
from graph.store import Store


@pytest.fixture
def client(store: Store) -> Iterator[TestClient]:
    store.write(small_graph())
    yield TestClient(create_app(store), raise_server_exceptions=False, follow_redirects=False)


def error_tree(root: type[GovmechError]) -> Iterator[type[GovmechError]]:
    yield root
    for child in root.__subclasses__():
        yield from error_tree(child)


def test_errors_every_class_of_the_tree_has_its_problem() -> None:
    tree = {c for c in error_tree(GovmechError) if c.__module__.startswith("graph.")}
    assert tree == set(PROBLEMS)
    codes = [p.code for p in PROBLEMS.values()]
    assert len(codes) == len(set(codes))


def test_app_a_question_is_answered_with_columns_and_sentences(client: TestClient) -> None:
    answer = client.get("/questions/units_applying_mechanism", params={"mechanism": "领导包案"})
    assert answer.status_code == 200
    body = answer.json()
    assert body["parameters"]["mechanism"] == TAKING_CHARGE
    assert body["columns"][0] == {
        "name": "agency",
        "type": "AGENCY",
        "about": {"zh": "单位", "en": "unit"},
    }
    assert [r["agency"] for r in body["rows"]] == [WEST, EAST, CITY, EAST, CITY]
    assert client.get(body["csv"]).text.startswith("agency,place,")


@pytest.mark.parametrize("name", sorted(questions))
def test_app_every_question_answers_its_example(client: TestClient, name: str) -> None:
    params = {**questions[name].examples, **ELSEWHERE.get(name, {})}
    answer = client.get(f"/questions/{name}", params=params)  # type: ignore[arg-type]
    assert answer.status_code == 200, answer.text
    assert answer.json()["rows"]
    answer_model(questions[name]).model_validate(answer.json(), strict=True, extra="forbid")


def test_app_csv_comes_by_ending_by_parameter_and_by_accept(client: TestClient) -> None:
    path = "/questions/units_applying_mechanism"
    ways = [
        client.get(f"{path}.csv", params={"mechanism": "领导包案"}),
        client.get(path, params={"mechanism": "领导包案", "format": "csv"}),
        client.get(path, params={"mechanism": "领导包案"}, headers={"Accept": "text/csv"}),
    ]
    assert len({w.text for w in ways}) == 1
    rows = list(csv.DictReader(io.StringIO(ways[0].text)))
    assert rows[0]["evidence"] == "领导包案有序推进"
    assert ways[0].headers["content-type"] == "text/csv; charset=utf-8"


def test_app_X01_excel_csv_has_a_byte_order_mark_and_no_formula() -> None:
    from api.responses import csv_response
    from queries.templates import Column, Text

    columns = [Column("name", "STRING", Text("名称", "name"))]
    rows = [{"name": v} for v in ("=1+1", "+1", "-1", "@x", "\tx", "平", None)]
    body = bytes(csv_response(columns, rows, "x", excel=True).body)
    assert body.startswith("\ufeff名称 name".encode())
    cells = body.decode("utf-8-sig").split("\r\n")[1:-1]
    assert cells == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "平", '""']
    assert b"=1+1" in bytes(csv_response(columns, rows, "x", excel=False).body)


@pytest.mark.parametrize("noun", ["units", "mechanisms", "regulations", "initiatives", "reports"])
def test_app_A09_pages_of_a_list_join_without_gap_or_double(client: TestClient, noun: str) -> None:
    whole = [r["id"] for r in client.get(f"/{noun}").json()["results"]]
    pages: list[str] = []
    link: str | None = f"/{noun}?limit=2"
    while link:
        answer = client.get(link)
        pages += [r["id"] for r in answer.json()["results"]]
        link = answer.json()["next"]
        assert (f'<{link}>; rel="next"' if link else None) == answer.headers.get("link")
    assert pages == whole == sorted(whole)
    assert whole


@pytest.mark.parametrize("limit", [1, 2, 3, 500])
def test_app_A09_pages_of_a_search_join_without_gap_or_double(
    client: TestClient, limit: int
) -> None:
    whole = client.get("/search", params={"q": "领导 接访 信访", "limit": 500}).json()
    found: list[object] = []
    link: str | None = f"/search?q=领导 接访 信访&limit={limit}"
    while link:
        answer = client.get(link)
        page = answer.json()
        assert (page["limit"], page["offset"]) == (limit, len(found))
        found += page["results"]
        table = client.get(link.replace("/search", "/search.csv"))
        assert len(table.text.splitlines()) == 1 + len(page["results"])
        link = page["next"]
        assert (f'<{link}>; rel="next"' if link else None) == answer.headers.get("link")
        assert ("link" in table.headers) is (link is not None)
    assert found == whole["results"]
    assert len(found) > 10


def test_app_A09_a_search_goes_on_to_a_depth_that_is_told(client: TestClient) -> None:
    answer = client.get("/search?q=领导&offset=9499")
    assert (answer.json()["results"], answer.json()["next"]) == ([], None)
    assert "9499" in client.get("/search?q=领导&offset=9500").json()["detail"]


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/units?place=东城区", 2),
        ("/units?level=省&q=信访", 1),
        ("/mechanisms?q=Petition", 3),
        ("/mechanisms?discovered=true", 1),
        ("/regulations?status=repealed", 1),
        ("/reports?year=2021", 3),
        ("/reports?place=北京市西城区&year=2023", 1),
        ("/reports?q=没有的", 0),
    ],
)
def test_app_lists_are_filtered(client: TestClient, path: str, count: int) -> None:
    assert len(client.get(path).json()["results"]) == count


@pytest.mark.parametrize("noun", NOUNS, ids=lambda noun: noun.path)
def test_app_lists_and_nodes_have_the_shape_that_is_promised(
    client: TestClient, noun: Noun
) -> None:
    def check(model: type[BaseModel], path: str) -> Any:
        body = client.get(path).json()
        return model.model_validate(body, strict=True, extra="forbid")

    facet = "place" if noun.label in ("Agency", "Report") else None
    path = f"/{noun.path}?limit=1" + (f"&facet={facet}" if facet else "")
    page = check(page_model(lookups[noun.list], facets=True), path)
    node = page.results[0].id
    check(node_model(lookups[noun.one], lookups["neighbours"]), f"/{noun.path}/{quote(node)}")
    check(page_model(lookups["neighbours"]), f"/{noun.path}/{quote(node)}/adjacent")


def test_app_openapi_has_typed_rows_with_examples(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    shapes = document["components"]["schemas"]
    for name, template in questions.items():
        ok = document["paths"][f"/questions/{name}"]["get"]["responses"]["200"]
        answer = shapes[ok["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]]
        row = shapes[answer["properties"]["rows"]["items"]["$ref"].rpartition("/")[2]]
        assert list(row["properties"]) == row["required"] == [c.name for c in template.columns]
        for column in template.columns:
            described = row["properties"][column.name]
            assert column.about.zh in described["description"]
            assert described["anyOf"][-1] == {"type": "null"}
    row = shapes["UnitsApplyingMechanismRow"]["properties"]
    assert row["year"] == {
        "title": "Year",
        "description": "年份 (year covered)",
        "anyOf": [{"type": "integer"}, {"type": "null"}],
        "examples": [2022],
    }


def test_app_a_node_shows_itself_and_its_neighbours(client: TestClient) -> None:
    body = client.get(f"/mechanisms/{TAKING_CHARGE}").json()
    assert (body["label"], body["name"]) == ("Mechanism", "领导包案")
    assert {n["other"] for n in body["adjacent"]} >= {CITY, EAST, WEST}
    first = client.get(body["adjacent_url"], params={"limit": 4}).json()
    rest = client.get(first["next"]).json()
    assert rest["next"] is None
    assert first["results"] + rest["results"] == body["adjacent"]


def test_app_a_regulation_that_nobody_cites_is_shown_from_the_catalogue(
    client: TestClient,
) -> None:
    named = client.get("/regulations/中华人民共和国合同法")
    assert named.status_code == 308
    body = client.get(named.headers["location"]).json()
    shape = node_model(lookups["regulation"], lookups["neighbours"])
    shape.model_validate(body, strict=True, extra="forbid")
    assert (body["id"], body["issuer"]) == ("regulation:合同法", ["全国人民代表大会"])
    assert (body["status"], body["adjacent"]) == ("repealed", [])
    assert "没有引用它" in body["remark"]
    assert client.get(body["adjacent_url"]).json()["results"] == []
    # What it names leads on, likewise cited by nobody here.
    assert client.get(f"/regulations/{body['replaced_by']}").json()["name"] == "民法典"
    assert client.get("/regulations/regulation:信访条例").json()["remark"] is None

    answer = client.get("/questions/regulation_citations?regulation=合同法").json()
    assert (answer["rows"], answer["remark"]) == ([], body["remark"])
    as_csv = client.get("/questions/regulation_citations.csv?regulation=合同法")
    assert (as_csv.status_code, len(as_csv.text.splitlines())) == (200, 1)
    assert client.get("/regulations/无人听说的条例").status_code == 404
    assert client.get("/units/合同法").status_code == 404


def test_app_A08_any_name_leads_to_the_id(client: TestClient) -> None:
    answer = client.get("/units/北京市信访办?x=1")
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/units/{quote(CITY, safe=':')}?x=1"
    assert client.get(answer.headers["location"]).json()["id"] == CITY


def test_app_a_report_gives_its_text_and_mentions(client: TestClient) -> None:
    report = report_id(CITY, 2021)
    text = client.get(f"/reports/{report}").json()["text"]
    spans = client.get(f"/reports/{report}/mentions", params={"target": "领导包案"}).json()
    for row in spans["results"]:
        for surface, start, end in zip(row["surfaces"], row["starts"], row["ends"], strict=True):
            assert text[start:end] == surface


def test_app_search_and_suggest(client: TestClient) -> None:
    found = client.get("/search", params={"q": "领导包案"}).json()["results"]
    assert found[0]["id"] == TAKING_CHARGE
    names = client.get("/suggest", params={"text": "包案", "kind": "Mechanism"}).json()["results"]
    assert names[0]["name"] == "领导包案"
    assert client.get("/search", params={"q": "？!"}).json()["results"] == []


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/questions/none_such", 404, "unknown-question"),
        ("/questions/units_applying_mechanism", 422, "bad-parameter"),
        ("/questions/units_applying_mechanism?mechanism=没有的机制", 404, "unknown-name"),
        ("/questions/mechanisms_of_unit?unit=信访办公室", 409, "ambiguous-name"),
        ("/questions/overview?colour=red", 422, "bad-parameter"),
        ("/units?limit=0", 422, "bad-parameter"),
        ("/units?limit=nan", 422, "bad-parameter"),
        ("/units?limit=1e999", 422, "bad-parameter"),
        ("/units?limit=0x10", 422, "bad-parameter"),
        ("/units?limit=1&limit=2", 422, "bad-parameter"),
        ("/units?after=mechanism:领导包案", 400, "bad-page"),
        ("/units?after=", 400, "bad-page"),
        (f"/units/{CITY}/adjacent?after={CITY}", 400, "bad-page"),
        ("/search?q=x&offset=-1", 400, "bad-page"),
        ("/search?q=x&offset=9500", 400, "bad-page"),
        ("/search?q=x&offset=" + "9" * 5000, 400, "bad-page"),
        ("/units?format=xml", 422, "bad-parameter"),
        ("/units?q=%00", 422, "bad-parameter"),
        ("/units/%00", 422, "bad-parameter"),
        ("/units/..%2f..%2fetc%2fpasswd", 404, "unknown-name"),
        ("/units/" + "x" * 2000, 422, "bad-parameter"),
        (f"/mechanisms/{CITY}", 404, "unknown-name"),
        ("/search", 422, "bad-parameter"),
        ("/search?q=", 422, "bad-parameter"),
        ("/units?level=", 422, "bad-parameter"),
        ("/units?limit=", 422, "bad-parameter"),
        ("/search?q=%22%29+OR+%28*:*&kind=All", 422, "bad-parameter"),
        ("/nothing/here", 404, "http-404"),
        ("/explorer/..%2fapp.py", 404, "http-404"),
    ],
)
def test_app_bad_requests_are_problems(
    client: TestClient, path: str, status: int, code: str
) -> None:
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (body["status"], body["code"]) == (status, code)
    assert "Traceback" not in answer.text


def test_app_ambiguous_names_list_their_candidates(client: TestClient) -> None:
    answer = client.get("/units/信访办公室")
    assert answer.status_code == 409
    assert sorted(answer.json()["candidates"]) == sorted([CITY, EAST, WEST])


@pytest.mark.parametrize(
    "text", ["'}) DETACH DELETE n //", "`x`", "$limit", "*:*", "a OR b", "\\", "=1+1"]
)
def test_app_A10_hostile_text_is_only_text(client: TestClient, store: Store, text: str) -> None:
    before = store.info().digest
    for path, name in (
        ("/units", "q"),
        ("/search", "q"),
        ("/suggest", "text"),
    ):
        assert client.get(path, params={name: text}).status_code in (200, 422)
    assert client.get("/units", params={"after": text}).status_code == 400
    assert store.info().digest == before


def test_app_A06_a_long_url_is_refused(client: TestClient) -> None:
    assert client.get("/units?q=" + "x" * 16_000).status_code == 414


def test_app_A04_a_body_is_no_way_in(client: TestClient) -> None:
    assert client.post("/units", content=b"x" * 1_100_000).status_code in (405, 413)


def test_app_A20_head_answers_like_get_without_a_body(client: TestClient) -> None:
    head, get = client.head("/units"), client.get("/units")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]
    assert client.post("/units").status_code == 405


@pytest.mark.parametrize("path", ["/", "/docs", "/units", "/nothing", "/explorer/app.js"])
def test_app_W03_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe-inline" not in answer.headers["content-security-policy"]


def test_app_A21_no_other_origin_is_let_in(client: TestClient) -> None:
    answer = client.get("/units", headers={"Origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in answer.headers


def test_app_health_does_not_ask_the_store(client: TestClient, store: Store) -> None:
    assert client.get("/readyz").json() == {"status": "ready"}
    assert client.get("/healthz").json() == {"status": "ok"}
    store.close()
    assert client.get("/healthz").status_code == 200


class AwayStore:
    """A store that went away after it had been opened."""

    url = "neo4j://secret-host:7687"

    def run(self, cypher: str, params: object = None) -> list[dict[str, object]]:
        raise StoreUnavailable("cannot reach secret-host at /srv/secret/path", url=self.url)


def test_app_A23_a_store_that_is_away_is_503_and_tells_no_address() -> None:
    client = TestClient(create_app(AwayStore()), raise_server_exceptions=False)  # type: ignore[arg-type]
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["code"]) == (503, "store-unavailable")
    assert answer.headers["retry-after"] == "5"
    assert "secret" not in answer.text
    assert client.get("/healthz").status_code == 200


def test_app_S12_is_not_ready_with_a_store_that_lost_something(tmp_path: Path) -> None:
    import kglite

    path = tmp_path / "store.kgl"
    with open_store(str(path)) as store:
        store.write(small_graph())
    with kglite.open(str(path), durable="off") as graph:
        graph.cypher("MATCH (m:Measure) DETACH DELETE m")
    with open_store(str(path), read_only=True) as store:
        client = TestClient(create_app(store), raise_server_exceptions=False)
        answer = client.get("/readyz")
        assert (answer.status_code, answer.json()["code"]) == (503, "store-damaged")
        assert str(tmp_path) not in answer.text
        assert client.get("/healthz").status_code == 200


def test_app_openapi_has_each_question_with_its_parameters(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {p for p in paths if p.startswith("/questions/")} == {
        f"/questions/{n}" for n in questions
    }
    described = paths["/questions/units_applying_mechanism"]["get"]["parameters"]
    by_name = {p["name"]: p for p in described}
    assert by_name["mechanism"]["required"]
    assert by_name["year"]["schema"] == {"type": "integer", "minimum": 1900, "maximum": 2200}
    assert by_name["status"]["schema"]["enum"] == ["reported", "planned", "lacking"]
    operations = [o["operationId"] for p in paths.values() for o in p.values()]
    assert len(operations) == len(set(operations))
