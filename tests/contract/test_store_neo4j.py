"""What only a server can suffer: being away, refusing, serving others at the same time."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from conftest import StorePlace
from graph_dump import dump, expected
from report_builder import make_report

from graph.errors import QueryFailed, SchemaMissing, StoreError, StoreUnavailable
from graph.opening import open_store

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
def test_S10_server_that_is_too_old(
    neo4j_place: StorePlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.store_neo4j.OLDEST", 9999)
    assert "9999 or later is needed" in refusal(neo4j_place.url, neo4j_place.password)


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
    with CuttingProxy(neo4j_place.url) as proxy:
        store = open_store(proxy.url, password=neo4j_place.password)
        store.write([make_report("a")])
        proxy.cut_after(2_000)
        with pytest.raises(StoreError, match="does not answer"):
            store.write([make_report("b"), make_report("c")])
        store.close()
    with neo4j_place.open() as store:
        assert dump(store) == expected([make_report("a")])
        store.write([make_report("b")])
        assert dump(store) == expected([make_report("a"), make_report("b")])


class CuttingProxy:
    """A TCP proxy in front of a server that can be made to die."""

    def __init__(self, url: str) -> None:
        host, _, port = url.rpartition("//")[2].partition(":")
        self._target = (host, int(port))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._left: int | None = None
        self._sockets: list[socket.socket] = []
        self.url = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"

    def cut_after(self, received: int) -> None:
        """Die when so many more bytes have come from the client."""
        self._left = received

    def __enter__(self) -> CuttingProxy:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._die()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            self._sockets += [client, server]
            threading.Thread(target=self._pump, args=(client, server, True), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, False), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        try:
            while data := source.recv(512):
                if counted and self._left is not None:
                    self._left -= len(data)
                    if self._left < 0:
                        self._die()
                        return
                sink.sendall(data)
        except OSError:
            return

    def _die(self) -> None:
        for s in (self._listener, *self._sockets):
            with contextlib.suppress(OSError):  # it was closed from the other side
                s.shutdown(socket.SHUT_RDWR)
            s.close()


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
