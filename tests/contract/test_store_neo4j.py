"""What only a server can suffer: being away, refusing, serving others at the same time."""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import StorePlace
from graph_dump import dump, expected
from neo4j_server import LONG_TERM, PASSWORD, TOO_OLD, NoServerError, server_process
from report_builder import make_report
from tcp_proxy import Proxy

from graph.census import find_changes
from graph.errors import QueryFailed, SchemaMissing, StoreError, StoreUnavailable
from graph.opening import open_store
from graph.store_neo4j import is_too_old

PROMISED_SECONDS = 10
SECRET = "not-the-password"


def refusal(url: str, password: str = SECRET) -> str:
    """Why a store cannot be opened, said within the time that is promised."""
    begun = time.monotonic()
    with pytest.raises(StoreUnavailable) as caught:
        open_store(url, password=password)
    assert time.monotonic() - begun < PROMISED_SECONDS
    message = str(caught.value)
    assert SECRET not in message
    assert SECRET not in caught.value.url
    assert "\n" not in message
    return message


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that accepts connections and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        taken = []

        def accept() -> None:
            while True:
                try:
                    taken.append(listener.accept()[0])
                except OSError:
                    return

        threading.Thread(target=accept, daemon=True).start()
        yield listener.getsockname()[1]
        for connection in taken:
            connection.close()


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_S15_server_that_is_down(scheme: str) -> None:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    assert "does not answer" in refusal(f"{scheme}://127.0.0.1:{port}")


def test_S15_host_that_does_not_exist() -> None:
    assert "does not answer" in refusal("neo4j://no-such-host.invalid")


@pytest.mark.parametrize("scheme", ["bolt", "neo4j"])
def test_S16_server_that_never_answers(scheme: str, silent_port: int) -> None:
    assert "does not answer" in refusal(f"{scheme}://127.0.0.1:{silent_port}")


@pytest.mark.parametrize("url", ["http://localhost:7474", "mysql://x", "bolt://:0x", "neo4j://[x"])
def test_store_url_that_no_store_has(url: str) -> None:
    assert refusal(url)


def test_store_url_with_a_password_is_refused_without_repeating_it() -> None:
    assert "does not belong" in refusal(f"bolt://neo4j:{SECRET}@localhost")


@pytest.mark.neo4j
def test_S15_wrong_password(neo4j_place: StorePlace) -> None:
    assert "refuses user neo4j or the password" in refusal(neo4j_place.url)
    assert "refuses user" in refusal(neo4j_place.url, "")


@pytest.mark.neo4j
def test_S15_wrong_database(neo4j_place: StorePlace) -> None:
    message = refusal(f"{neo4j_place.url}?database=nowhere", neo4j_place.password)
    assert "nowhere" in message


@pytest.mark.neo4j
def test_S15_tls_where_there_is_none(neo4j_place: StorePlace) -> None:
    assert refusal(neo4j_place.url.replace("bolt:", "bolt+s:"), neo4j_place.password)


@pytest.mark.neo4j
def test_S10_server_that_is_too_old(tmp_path: Path) -> None:
    with started(tmp_path, version=TOO_OLD) as (url, _):
        assert "too old: Neo4j 5.26 or later" in refusal(url, PASSWORD)


def test_S10_servers_before_the_long_term_release_are_too_old() -> None:
    assert [a for a in ("Neo4j/5.7.0", "Neo4j/5.25.1", "Neo4j/4.4.48") if not is_too_old(a)] == []
    newer = ("Neo4j/5.26.0", "Neo4j/5.27-aura", "Neo4j/2026.08.1", "Neo4j/dev")
    assert [a for a in newer if is_too_old(a)] == []


def test_S10_server_that_shares_no_protocol() -> None:
    """A server of years ago declines every version that it is offered with four zeros."""
    with answering(b"\0\0\0\0") as port:
        assert "too old" in refusal(f"bolt://127.0.0.1:{port}")


def test_S15_port_of_something_else() -> None:
    with answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        assert "Bolt port" in refusal(f"bolt://127.0.0.1:{port}")
        assert "Bolt port" in refusal(f"neo4j://127.0.0.1:{port}")


@contextlib.contextmanager
def answering(answer: bytes) -> Iterator[int]:
    """A port that gives each caller this answer and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    with connection:
                        connection.recv(20)
                        connection.sendall(answer)

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1]


@contextlib.contextmanager
def started(
    home: Path, version: str = LONG_TERM, settings: str = ""
) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A server of the test's own, which it may kill."""
    try:
        with server_process(home, version=version, settings=settings) as server:
            yield server
    except NoServerError as exc:
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(str(exc))
        pytest.skip(str(exc))


@pytest.mark.neo4j
def test_store_names_user_and_database_of_the_url(neo4j_place: StorePlace) -> None:
    url = neo4j_place.url.replace("//", "//neo4j@")
    with open_store(f"{url}?database=neo4j", password=neo4j_place.password) as store:
        assert store.url == f"{neo4j_place.url}?database=neo4j"
        assert store.info().url == store.url


@pytest.mark.neo4j
def test_S05_schema_is_created_before_the_first_write(neo4j_place: StorePlace) -> None:
    import neo4j

    auth = ("neo4j", neo4j_place.password)
    with neo4j.GraphDatabase.driver(neo4j_place.url, auth=auth) as driver:
        driver.execute_query("DROP CONSTRAINT unique_Report IF EXISTS")
        with neo4j_place.open(read_only=True) as reader:
            assert "unique_Report is missing" in " ".join(reader.info().problems)
        with neo4j_place.open() as store:
            assert store.info().problems == ()
            store.write([make_report("a")])
            with pytest.raises(neo4j.exceptions.ConstraintError):  # S03
                driver.execute_query("CREATE (:Report {id: 'report:a'})")


@pytest.mark.neo4j
def test_S05_constraint_that_cannot_be_created_is_named(neo4j_place: StorePlace) -> None:
    import neo4j

    neo4j_place.open().close()
    auth = ("neo4j", neo4j_place.password)
    with neo4j.GraphDatabase.driver(neo4j_place.url, auth=auth) as driver:
        driver.execute_query("DROP CONSTRAINT unique_Agency")
        driver.execute_query("UNWIND [1, 2] AS n CREATE (:Agency {id: 'agency:甲', name: '甲'})")
        with pytest.raises(SchemaMissing, match="unique_Agency"):
            neo4j_place.open()
        driver.execute_query("MATCH (n:Agency) DETACH DELETE n")
    with neo4j_place.open() as store:
        assert store.info().problems == ()


@pytest.mark.neo4j
def test_store_for_reading_has_its_writes_refused_by_the_server_too(
    neo4j_place: StorePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    neo4j_place.open().close()
    monkeypatch.setattr("graph.store_neo4j.check_query", lambda cypher, url: None)
    with (
        neo4j_place.open(read_only=True) as store,
        pytest.raises(QueryFailed, match="read access mode"),
    ):
        store.run("CREATE (n:Agency {id: 'agency:x'}) RETURN n.id AS id")
    with neo4j_place.open(read_only=True) as store:
        assert store.info().nodes["Agency"] == 0


@pytest.mark.neo4j
def test_store_logs_what_the_server_remarks_once(
    neo4j_place: StorePlace, caplog: pytest.LogCaptureFixture
) -> None:
    with neo4j_place.open() as store:
        store.write([make_report("a")])
        for _ in range(3):
            store.run("MATCH (a:Agency), (b:Report) WHERE id(a) >= 0 RETURN a.id AS id")
    remarks = [r.getMessage() for r in caplog.records if r.name == "graph.store_neo4j"]
    assert len(remarks) == 1
    assert "deprecated" in remarks[0]


@pytest.mark.neo4j
def test_store_half_restored_is_named(neo4j_place: StorePlace) -> None:
    """A copy that lost some of its rows: the counts of a sound one no longer agree."""
    import neo4j

    losses = {
        "MATCH (:Passage)-[r:PART_OF]->() DELETE r": "Passage",
        "MATCH (r:Report) DETACH DELETE r": "reports that are not there",
        "MATCH ()-[r:MENTIONS|IMPLEMENTS|CITES]->() DELETE r": "Mechanism",
        "MATCH (r:Report) REMOVE r.text": "text",
    }
    auth = ("neo4j", neo4j_place.password)
    with neo4j.GraphDatabase.driver(neo4j_place.url, auth=auth) as driver:
        for loss, named in losses.items():
            driver.execute_query("MATCH (n) DETACH DELETE n")
            with neo4j_place.open() as store:
                store.write([make_report("a"), make_report("b")])
                assert store.info().problems == ()
                driver.execute_query(loss)
                assert named in " ".join(store.info().problems), loss


@pytest.mark.neo4j
def test_N06_two_loaders_share_their_agencies(neo4j_place: StorePlace) -> None:
    names = [f"{i:02}" for i in range(24)]

    def load(mine: list[str]) -> int:
        with neo4j_place.open() as store:
            return sum(len(store.write([make_report(name)]).added) for name in mine)

    with ThreadPoolExecutor(4) as pool:
        # Each report is given to two of the four.
        added = list(pool.map(load, [names, names[::-1], names[:12], names[12:]]))
    assert sum(added) == len(names)
    with neo4j_place.open(read_only=True) as reader:
        assert dump(reader) == expected(make_report(name) for name in names)
        assert reader.info().problems == ()


@pytest.mark.neo4j
def test_N07_removing_while_another_loads_leaves_no_half_report(neo4j_place: StorePlace) -> None:
    """Both name the same agencies: taking one report back must not take what the other needs."""

    def turn(name: str) -> None:
        with neo4j_place.open() as store:
            for _ in range(12):
                store.write([make_report(name)])
                store.remove(f"report:{name}")
            store.write([make_report(name)])

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(turn, "abc"))
    with neo4j_place.open(read_only=True) as reader:
        assert dump(reader) == expected(make_report(name) for name in "abc")


@pytest.mark.neo4j
def test_S16_connection_cut_in_the_middle_of_a_write(neo4j_place: StorePlace) -> None:
    """Through a proxy that dies: the error says so, and nothing half is there."""
    with Proxy(neo4j_place.url) as proxy:
        store = open_store(proxy.url, password=neo4j_place.password)
        store.write([make_report("a")])
        proxy.cut_after(sent=2_000)
        with pytest.raises(StoreError, match="does not answer"):
            store.write([make_report("b"), make_report("c")])
        store.close()
    with neo4j_place.open() as store:
        assert dump(store) == expected([make_report("a")])
        store.write([make_report("b")])
        assert dump(store) == expected([make_report("a"), make_report("b")])


@pytest.mark.neo4j
@pytest.mark.parametrize("answered", [100, 200_000])
def test_S16_connection_cut_in_the_middle_of_an_answer(
    neo4j_place: StorePlace, answered: int
) -> None:
    """What came before is not taken for the whole."""
    with Proxy(neo4j_place.url) as proxy:
        store = open_store(proxy.url, read_only=True, password=neo4j_place.password)
        proxy.cut_after(answered=answered)
        with pytest.raises(StoreUnavailable, match="does not answer"):
            store.run("UNWIND range(1, 100000) AS n RETURN n, 'text ' + n AS text")
        store.close()


@pytest.mark.neo4j
def test_S16_late_network_gives_whole_answers(neo4j_place: StorePlace) -> None:
    with Proxy(neo4j_place.url) as proxy:
        proxy.be_late(0.2)
        with open_store(proxy.url, read_only=True, password=neo4j_place.password) as store:
            rows = store.run("UNWIND range(1, 3000) AS n RETURN n")
    assert [row["n"] for row in rows] == list(range(1, 3001))


@pytest.mark.neo4j
def test_store_reads_what_it_wrote_whichever_server_answers(neo4j_place: StorePlace) -> None:
    """Each transaction names the bookmark of the one before, which a cluster waits for."""
    with (
        Proxy(neo4j_place.url) as proxy,
        open_store(proxy.url, password=neo4j_place.password) as store,
    ):
        for name in "ab":
            store.write([make_report(name)])
            proxy.heard.clear()
            assert f"report:{name}" in store.reports()
            named = re.findall(rb"bookmarks\x91\xd0?.(FB:[\w=+/]+)", bytes(proxy.heard))
            assert len(set(named)) == 1


@pytest.mark.neo4j
def test_K06_server_that_dies_in_the_middle_of_a_load(tmp_path: Path) -> None:
    """Started again it has whole reports only, and loading again completes them."""
    names = [f"{i:03}" for i in range(400)]
    done: list[str] = []
    with started(tmp_path) as (url, process):
        store = open_store(url, password=PASSWORD)

        def kill() -> None:
            while len(done) < 20:
                time.sleep(0.01)
            process.kill()

        threading.Thread(target=kill, daemon=True).start()
        with pytest.raises(StoreUnavailable, match="does not answer"):
            for name in names:
                store.write([make_report(name)])
                done.append(name)
        store.close()
    assert len(done) < len(names)
    # A server that the network has cut off is not waited for longer than it announces.
    keep_alive = "server.bolt.connection_keep_alive=2s\n"
    with started(tmp_path, settings=keep_alive) as (url, _), Proxy(url) as proxy:
        with open_store(url, password=PASSWORD) as store:
            there = [i.removeprefix("report:") for i in store.reports()]
            assert there in (done, [*done, names[len(done)]])
            assert [*store.info().problems, *find_changes(store)] == []
            assert dump(store) == expected(make_report(name) for name in there)
            store.write([make_report(name) for name in names[:60]])
            assert dump(store) == expected(make_report(name) for name in {*there, *names[:60]})
        with open_store(proxy.url, read_only=True, password=PASSWORD) as cut_off:
            proxy.fall_silent()
            with pytest.raises(StoreUnavailable, match="does not answer"):
                cut_off.run("RETURN 1 AS one")


def test_store_package_works_without_the_driver() -> None:
    script = (
        "import sys; sys.modules['neo4j'] = None\n"
        "import graph.store, graph.view, graph.checks, graph.writes, graph.census\n"
        "from graph.store_embedded import EmbeddedStore\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
