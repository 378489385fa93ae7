"""Free Cypher over HTTP, on both stores: what is refused, what is stopped, what stays as it was."""

from __future__ import annotations

import hashlib
import json
import logging
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import WIPE, StorePlace
from fastapi.testclient import TestClient
from pydantic import SecretStr
from small_graph import CITY, ELSEWHERE, small_graph

from api import free_worker
from api.app import create_app
from api.free_queries import AUDIT, FreeQueries
from api.questions import ask as ask_question
from api.questions import questions
from graph.census import graph_digest
from graph.errors import QueryFailed, QueryRefused
from graph.settings import Settings
from graph.store import Store
from graph.view import GraphView

SECONDS = 1.0
PATIENCE = 10.0
"""Seconds; what is not stopped at 1.5 times its limit runs for minutes, on any machine."""


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def filled_place(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> StorePlace:
    """A store of each engine with the small graph, for all tests here: none may change it."""
    if request.param == "neo4j":
        place, driver = request.getfixturevalue("neo4j_driver")
        driver.execute_query(WIPE)
    else:
        place = StorePlace("embedded", str(tmp_path_factory.mktemp("cypher") / "store.kgl"))
    with place.open() as store:
        store.write(small_graph())
    return place  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def filled(filled_place: StorePlace) -> Iterator[Store]:
    with filled_place.open(read_only=True) as store:
        yield store


@contextmanager
def client_of(place: StorePlace, store: Store, **changed: object) -> Iterator[TestClient]:
    settings = Settings.model_construct(
        **{  # type: ignore[arg-type]
            "cypher": True,
            "cypher_seconds": SECONDS,
            "cypher_memory_bytes": 1_000_000_000,
            "store": place.url,
            "neo4j_password": SecretStr(place.password),
            **changed,
        }
    )
    with TestClient(create_app(store, settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def client(filled_place: StorePlace, filled: Store) -> Iterator[TestClient]:
    with client_of(filled_place, filled) as made:
        yield made


def ask(client: TestClient, query: str, **params: object):  # type: ignore[no-untyped-def]
    return client.post("/cypher", json={"query": query, "params": params})


def assert_answers(client: TestClient) -> None:
    answer = ask(client, "MATCH (a:Agency {id: $id}) RETURN a.name AS name", id=CITY)
    assert answer.json() == {
        "columns": ["name"],
        "rows": [{"name": "北京市信访办公室"}],
        "truncated": False,
    }


def test_cypher_is_off_by_default(filled: Store) -> None:
    client = TestClient(create_app(filled))
    assert ask(client, "RETURN 1 AS one").status_code in (404, 405)
    assert "/cypher" not in client.get("/openapi.json").json()["paths"]


def test_cypher_answers_with_columns_and_rows(client: TestClient) -> None:
    assert_answers(client)
    answer = ask(client, "UNWIND $years AS y RETURN y, date('2023-05-01') AS d", years=[1, 2])
    assert answer.json()["columns"] == ["y", "d"]
    assert answer.json()["rows"][1] == {"y": 2, "d": "2023-05-01"}
    assert ask(client, "MATCH (n:Agency) WHERE n.id = 'x' RETURN n.id AS id").json()["rows"] == []


@pytest.mark.parametrize(
    "query",
    [
        "CREATE (n:Agency {id: 'agency:x'}) RETURN n.id AS id",
        "match (n) dEtAcH/**/dElEtE n",
        "MATCH (n:Agency) SET n.name = 'x' RETURN n.name AS name",
        "CALL { CREATE (:Agency {id: 'agency:y'}) RETURN 1 AS x } RETURN x",
        "RETURN 1 AS x; MATCH (n) DETACH DELETE n",
        "CREATE INDEX hostile FOR (n:Agency) ON (n.name)",
        "CALL table.delete('Agency')",
    ],
)
def test_A11_writes_are_refused_and_the_graph_stays(
    client: TestClient, filled: Store, query: str
) -> None:
    before = graph_digest(GraphView(filled))
    answer = ask(client, query)
    assert (answer.status_code, answer.json()["code"]) == (422, "query-refused")
    assert graph_digest(GraphView(filled)) == before
    assert_answers(client)


def test_A11_behind_the_guard_the_engine_refuses_writes(
    filled: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each layer stands by itself: without the guard the next one holds."""
    for module in ("graph.store_embedded", "graph.store_neo4j"):
        monkeypatch.setattr(f"{module}.check_free_query", lambda cypher: None)
    before = graph_digest(GraphView(filled))
    for query in (
        "CREATE (n:Agency {id: 'agency:x'}) RETURN n.id AS id",
        "MATCH (n) DETACH DELETE n",
        "CREATE INDEX hostile FOR (n:Agency) ON (n.name)",
        "DROP INDEX hostile IF EXISTS",
    ):
        with pytest.raises((QueryRefused, QueryFailed)):
            filled.run_free(query, rows=10)
    assert graph_digest(GraphView(filled)) == before


@pytest.mark.neo4j
def test_A13_the_server_must_take_it_for_a_read(
    neo4j_driver: tuple[StorePlace, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store_neo4j.check_free_query", lambda cypher: None)
    with neo4j_driver[0].open(read_only=True) as store:
        for query, kind in (
            ("CREATE (n:X) RETURN n", "rw"),
            ("CREATE (:X)", "w"),
            ("CREATE INDEX hostile IF NOT EXISTS FOR (n:X) ON (n.y)", "s"),
        ):
            with pytest.raises(QueryRefused, match=f"“{kind}”"):
                store.run_free(query, rows=1)


SPELLINGS = (
    "LOAD CSV FROM '{url}' AS line RETURN line",
    "load csv from '{url}' as line return line",
    "LoAd\n\tcSv WITH HEADERS FROM '{url}' AS line RETURN line",
    "LOAD /* x */ CSV FROM '{url}' AS line RETURN line",
    "LOAD // x\nCSV FROM '{url}' AS line RETURN line",
    "\\u004cOAD CSV FROM '{url}' AS line RETURN line",
    "CYPHER 5 LOAD CSV FROM '{url}' AS line RETURN line",
    "PROFILE LOAD CSV FROM '{url}' AS line RETURN line",
    "MATCH (n) LOAD CSV FROM '{url}' AS line RETURN line",
    "CALL {{ LOAD CSV FROM '{url}' AS line RETURN line }} RETURN line",
    "RETURN 1 AS line UNION LOAD CSV FROM '{url}' AS line RETURN line",
    "RETURN 1 AS x // \r LOAD CSV FROM '{url}' AS line RETURN line",
    "CALL apoc.load.csv('{url}') YIELD list RETURN list",
    "RETURN apoc.load.json('{url}') AS x",
)


def test_A12_no_file_is_read(client: TestClient, tmp_path: Path) -> None:
    canary = tmp_path / "canary.csv"
    canary.write_text("a-text-that-only-the-file-has\n", "utf-8")
    for spelling in SPELLINGS:
        for url in (str(canary), canary.as_uri(), "../canary.csv"):
            answer = ask(client, spelling.format(url=url))
            assert answer.status_code == 422, answer.text
            assert "only-the-file-has" not in answer.text
    assert_answers(client)


def test_A12_the_process_of_free_queries_opens_no_file(
    embedded_place: StorePlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the guard the embedded engine would read it; its process cannot."""
    canary = tmp_path / "canary.csv"
    canary.write_text("a-text-that-only-the-file-has\n", "utf-8")
    query = f"LOAD CSV FROM '{canary}' AS line RETURN line"
    with embedded_place.open() as store:
        store.write(small_graph())
    monkeypatch.setattr("graph.store_embedded.check_free_query", lambda cypher: None)
    with embedded_place.open(read_only=True) as store:
        rows, _ = store.run_free(query, rows=1)
        assert "only-the-file-has" in str(rows)
    context = multiprocessing.get_context("fork")  # the patched module goes along
    near, far = context.Pipe()
    budget = free_worker.Budget(SECONDS, 10, 10_000, 4_000_000_000)
    process = context.Process(
        target=free_worker.work, args=(far, embedded_place.url, "", budget), daemon=True
    )
    process.start()
    assert near.recv_bytes() == free_worker.READY
    near.send_bytes(json.dumps([query, {}]).encode())
    answer = near.recv_bytes().decode()
    assert "refused" in answer
    assert "only-the-file-has" not in answer
    process.kill()
    process.join()


def test_A14_harmless_words_are_answered(client: TestClient) -> None:
    answer = ask(client, "RETURN 'LOAD CSV; DELETE' AS text // DROP DATABASE neo4j;")
    assert answer.json()["rows"] == [{"text": "LOAD CSV; DELETE"}]


@pytest.mark.parametrize("name", sorted(questions))
def test_A14_every_question_passes_as_a_free_query(filled: Store, name: str) -> None:
    """Guard, planner and limits let our own questions through, rows and all."""
    examples = {**questions[name].examples, **ELSEWHERE.get(name, {})}
    answer = ask_question(filled, name, examples)
    rows, truncated = filled.run_free(answer.template.cypher, answer.params, rows=10_000)
    assert (rows, truncated) == (list(answer.rows), False)


HEAVY = (
    "MATCH (a), (b), (c), (d), (e), (f) RETURN count(*) AS n",
    "MATCH (a), (b), (c), (d), (e), (f) WHERE a.id > b.id AND c.id <> d.id RETURN count(*) AS n",
    "MATCH p = (a)-[*1..50]-(b) RETURN count(p) AS n",
    "UNWIND range(1, 1000000000) AS x RETURN count(x) AS n",
    "UNWIND range(1, 100000) AS x UNWIND range(1, 100000) AS y RETURN sum(x * y) AS n",
    # The embedded engine computes these to their end, whatever its time limit.
    "RETURN size(reduce(s = 'aaaaaaaa', x IN range(1, 30) | s + s)) AS n",
    "WITH range(1, 300000) AS xs RETURN size([x IN xs WHERE -x IN xs]) AS n",
)


@pytest.mark.parametrize("query", HEAVY)
def test_A15_heavy_queries_are_stopped_in_time(client: TestClient, query: str) -> None:
    assert_answers(client)  # the process stands ready
    answer = ask(client, query)
    assert answer.status_code in (200, 422), answer.text
    assert answer.elapsed.total_seconds() < PATIENCE
    assert_answers(client)


@pytest.mark.parametrize(
    "query",
    [
        "MATCH (a), (b), (c), (d), (e), (f) WHERE a.id > b.id AND c.id <> d.id RETURN count(*) AS n",
        # An engine that goes on with this one, whatever its time limit, is ended with its process.
        "WITH range(1, 60000) AS xs "
        "RETURN reduce(s = 0, x IN xs | s + reduce(t = 0, y IN xs | t + x % (y + 1))) AS n",
    ],
)
def test_A15_a_query_out_of_time_is_told_the_limit_and_logged_so(
    filled_place: StorePlace, filled: Store, caplog: pytest.LogCaptureFixture, query: str
) -> None:
    # Room enough: a fast machine fills a gigabyte with the first query before its second is over.
    with client_of(filled_place, filled, cypher_memory_bytes=16_000_000_000) as client:
        assert_answers(client)
        caplog.set_level(logging.INFO, AUDIT)
        answer = ask(client, query)
    assert (answer.status_code, answer.json()["code"]) == (422, "query-refused")
    assert answer.json()["detail"] == (
        "查询超过 1 秒，已停止；GOVMECH_CYPHER_SECONDS 可改时限。 The query was stopped after "
        "1 seconds, the limit that GOVMECH_CYPHER_SECONDS sets."
    )
    assert [": timeout in " in r.getMessage() for r in caplog.records if r.name == AUDIT] == [True]


@pytest.mark.parametrize(
    "query",
    [
        "RETURN " + "(" * 600 + "1" + ")" * 600 + " AS x",
        "RETURN " + "[" * 600 + "1" + "]" * 600 + " AS x",
        "CALL {" * 600 + "RETURN 1 AS x" + "}" * 600 + " RETURN x",
        "RETURN " + "NOT " * 2_000 + "true AS x",
        "RETURN " + "1 + " * 2_000 + "1 AS x",
        "RETURN " + "CASE WHEN true THEN " * 300 + "1" + " END" * 300 + " AS x",
        "RETURN reduce(s = [], x IN range(1, 100000) | [s]) AS x",
    ],
    ids=lambda q: q[:30],
)
def test_A15_deep_nesting_ends_nothing_but_the_query(client: TestClient, query: str) -> None:
    answer = ask(client, query)
    assert answer.status_code in (200, 422), answer.text
    assert_answers(client)


def test_A16_ten_million_rows_are_cut(client: TestClient) -> None:
    millions = ask(client, "MATCH (a), (b), (c), (d), (e) RETURN a.id AS a, b.id AS b, e.id AS e")
    assert (len(millions.json()["rows"]), millions.json()["truncated"]) == (1_000, True)
    answer = ask(client, "UNWIND range(1, 1000) AS x UNWIND range(1, 10000) AS y RETURN x, y")
    assert answer.elapsed.total_seconds() < PATIENCE
    assert answer.status_code == 422 or answer.json()["truncated"]


def test_A16_bytes_are_cut_as_rows_are(filled_place: StorePlace, filled: Store) -> None:
    with client_of(filled_place, filled, cypher_bytes=1_000, cypher_rows=5) as client:
        few = ask(client, "UNWIND range(1, 5) AS x RETURN x").json()
        assert (len(few["rows"]), few["truncated"]) == (5, False)
        more = ask(client, "UNWIND range(1, 6) AS x RETURN x").json()
        assert (len(more["rows"]), more["truncated"]) == (5, True)
        long = ask(client, "UNWIND range(1, 5) AS x RETURN $text AS t", text="长" * 200).json()
        assert (len(long["rows"]), long["truncated"]) == (1, True)


def test_cypher_names_what_is_wrong(client: TestClient) -> None:
    wrong = ask(client, "MATCH (n RETURN n")
    assert wrong.status_code == 422
    assert "missing" in wrong.json()["detail"]
    unknown = ask(client, "MATCH (n) RETURN $unknown AS x")
    assert unknown.status_code == 422
    assert "unknown" in unknown.json()["detail"]
    for body in ({}, {"query": ""}, {"query": "RETURN 1", "more": 1}, {"query": 1}):
        assert client.post("/cypher", json=body).status_code == 422
    for params in ({"x": {"y": 1}}, {"x": "\0"}, {"x": [[1]]}):
        body = {"query": "RETURN $x AS x", "params": params}
        assert client.post("/cypher", json=body).status_code == 422
    assert client.get("/cypher").status_code == 405


def test_cypher_sees_what_was_loaded_meanwhile(
    embedded_place: StorePlace,
) -> None:
    with embedded_place.open() as store:
        store.write(small_graph())
    count = "MATCH (r:Report) RETURN count(r) AS n"
    with (
        embedded_place.open(read_only=True) as store,
        client_of(embedded_place, store) as client,
    ):
        (before,) = ask(client, count).json()["rows"]
        with embedded_place.open() as writer:
            assert writer.remove(next(iter(writer.reports())))
        (after,) = ask(client, count).json()["rows"]
    assert after["n"] == before["n"] - 1


def test_cypher_places_are_few_and_told(filled_place: StorePlace, filled: Store) -> None:
    with client_of(filled_place, filled, cypher_concurrency=1) as client:
        queries: FreeQueries = client.app.state.free_queries  # type: ignore[attr-defined]
        with queries.places:
            answer = ask(client, "RETURN 1 AS x")
            assert (answer.status_code, answer.json()["code"]) == (503, "store-busy")
            assert "retry-after" in answer.headers
        assert_answers(client)


def test_cypher_goes_on_when_a_waiting_process_was_killed(client: TestClient) -> None:
    assert_answers(client)
    queries: FreeQueries = client.app.state.free_queries  # type: ignore[attr-defined]
    for worker in queries.idle:
        worker.process.kill()
        worker.process.join()
    assert_answers(client)


def test_cypher_log_has_a_hash_and_no_text(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, AUDIT)
    queries = ("RETURN 'geheim' AS secret", "CREATE (:Geheim)\nfake log line")
    for query in queries:
        ask(client, query)
    lines = [r.getMessage() for r in caplog.records if r.name == AUDIT]
    assert [
        hashlib.sha256(q.encode()).hexdigest() in line
        for q, line in zip(queries, lines, strict=True)
    ]
    assert "eheim" not in caplog.text
    assert "1 rows" in lines[0]
    assert "refused" in lines[1]


def test_cypher_ends_its_processes_with_the_service(
    filled_place: StorePlace, filled: Store
) -> None:
    with client_of(filled_place, filled) as client:
        assert_answers(client)
        queries: FreeQueries = client.app.state.free_queries  # type: ignore[attr-defined]
        (worker,) = queries.idle
        assert worker.process.is_alive()
    assert not queries.idle
    with pytest.raises(ValueError, match="closed"):
        worker.process.is_alive()
