"""The server itself, spoken to byte by byte: raw Chinese, slow and greedy clients, bursts."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import uvicorn
from small_graph import CITY, small_graph

from api.app import create_app
from api.commands.serving import server_config
from api.protocol import CONNECTIONS
from graph.opening import open_store
from graph.settings import Settings
from graph.store import Store

CLOSE = b"Host: x\r\nConnection: close\r\n\r\n"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with open_store(str(tmp_path_factory.mktemp("sockets") / "store.kgl")) as opened:
        opened.write(small_graph())
        yield opened


@contextmanager
def served(store: Store, **settings: object) -> Iterator[int]:
    """The application in a server of its own; its port."""
    app = create_app(store, Settings.model_construct(**settings))  # type: ignore[arg-type]
    listener = socket.create_server(("127.0.0.1", 0), backlog=2_000)
    server = uvicorn.Server(server_config(app))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@pytest.fixture(scope="module")
def port(graph: Store) -> Iterator[int]:
    with served(graph) as found:
        yield found


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=30)


def read_all(connection: socket.socket) -> bytes:
    pieces = []
    while piece := connection.recv(65_536):
        pieces.append(piece)
    return b"".join(pieces)


def exchange(port: int, *pieces: bytes) -> bytes:
    """Send pieces, a moment between them, and read until the server closes."""
    with connect(port) as connection:
        for index, piece in enumerate(pieces):
            if index:
                time.sleep(0.05)
            connection.sendall(piece)
        return read_all(connection)


@pytest.mark.parametrize("is_raw", [True, False], ids=["raw", "encoded"])
def test_A07_chinese_in_the_request_line_just_works(port: int, is_raw: bool) -> None:
    path, query = "/units/北京市信访办公室", "/search?q=领导包案&kind=Mechanism"
    if not is_raw:
        path = "/units/" + "".join(f"%{b:02x}" for b in "北京市信访办公室".encode())
    redirect = exchange(port, f"GET {path} HTTP/1.1\r\n".encode() + CLOSE)
    assert redirect.startswith(b"HTTP/1.1 308")
    assert b"location: /units/agency:%E5%8C%97" in redirect
    if is_raw:
        answer = exchange(port, f"GET {query} HTTP/1.1\r\n".encode() + CLOSE)
        assert answer.startswith(b"HTTP/1.1 200")
        assert "mechanism:领导包案".encode() in answer


def test_A07_a_raw_request_line_may_come_in_pieces_and_on_a_kept_connection(port: int) -> None:
    line = f"GET /units/{CITY} HTTP/1.1\r\n".encode()
    cut = line.index("市".encode()) + 1  # inside a character
    assert exchange(port, line[:cut], line[cut:], CLOSE).startswith(b"HTTP/1.1 200")
    with connect(port) as connection:
        for _ in range(3):
            connection.sendall(line + b"Host: x\r\n\r\n")
            head, _, body = connection.recv(65_536).partition(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            while len(body) < length:
                body += connection.recv(65_536)


def test_A07_only_the_request_line_is_encoded(port: int) -> None:
    name = "北京市信访办公室".encode()
    body = b'{"queries": {"a": {"name": "' + name + b'"}}}'
    head = b"POST /match HTTP/1.1\r\nX-Name: " + name + b"\r\nContent-Type: application/json\r\n"
    head += b"Content-Length: " + str(len(body)).encode() + b"\r\n" + CLOSE
    for pieces in ((head + body,), (head, body), (head[:60], head[60:], body[:30], body[30:])):
        answer = exchange(port, *pieces)
        assert answer.startswith(b"HTTP/1.1 200")
        assert CITY.encode() in answer


def test_A07_bytes_that_are_no_utf8_are_a_name_that_nobody_has(port: int) -> None:
    for name in ("北京市信访办公室".encode("gb18030"), b"\xff\xfe", b"\x80"):
        answer = exchange(port, b"GET /units/" + name + b" HTTP/1.1\r\n" + CLOSE)
        assert answer.startswith(b"HTTP/1.1 404")


@pytest.mark.parametrize("letter", ["x", "市"])
def test_A06_the_limit_on_urls_counts_the_encoded_form(port: int, letter: str) -> None:
    size = len(letter.encode()) * (3 if letter == "市" else 1)
    for count, status in ((15_000 // size, b"422"), (17_000 // size, b"414")):
        line = f"GET /units?q={letter * count} HTTP/1.1\r\n".encode()
        assert exchange(port, line + CLOSE)[9:12] == status
    endless = f"GET /units?q={letter * (70_000 // size)} HTTP/1.1\r\n".encode()
    assert exchange(port, endless + CLOSE)[9:12] in (b"400", b"414", b"431")


def test_A20_headers_have_a_limit(port: int) -> None:
    line = b"GET /units HTTP/1.1\r\n"
    few = b"".join(b"X-%d: %s\r\n" % (i, b"x" * 100) for i in range(200))
    assert exchange(port, line + few + CLOSE).startswith(b"HTTP/1.1 200")
    many = b"".join(b"X-%d: %s\r\n" % (i, b"x" * 100) for i in range(2_000))
    with connect(port) as connection:
        try:
            connection.sendall(line + many + CLOSE)
            assert connection.recv(12) == b"HTTP/1.1 400"
        except ConnectionError:  # it closed before all was sent
            pass
    assert exchange(port, line + CLOSE).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT"])
def test_A20_other_methods_are_405(port: int, method: str) -> None:
    assert exchange(port, f"{method} /units HTTP/1.1\r\n".encode() + CLOSE)[9:12] == b"405"


def test_A17_who_never_reads_is_cut_off_and_others_are_answered(graph: Store) -> None:
    with served(graph, client_seconds=0.5) as port, socket.socket() as greedy:
        greedy.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        greedy.settimeout(30)
        greedy.connect(("127.0.0.1", port))
        asked = 200  # some 200 kB each: far more than fits on the way
        greedy.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * asked)
        assert exchange(port, b"GET /units HTTP/1.1\r\n" + CLOSE).startswith(b"HTTP/1.1 200")
        time.sleep(2)
        received = b""
        with contextlib.suppress(ConnectionError):
            received = read_all(greedy)
        assert received.count(b"HTTP/1.1 200") < asked
        assert exchange(port, b"GET /units HTTP/1.1\r\n" + CLOSE).startswith(b"HTTP/1.1 200")


@dataclass
class Service:
    """``govmech serve`` in a process of its own; what it said is known once it has ended."""

    port: int
    process: int
    said: str = ""


@contextmanager
def running_service(folder: Path, cypher_seconds: int = 2) -> Iterator[Service]:
    store = str(folder / "store.kgl")
    with open_store(store) as opened:
        opened.write(small_graph())
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "api.cli", "serve", "--store", store, "--port", str(port)]
    settings = {
        "GOVMECH_REQUESTS_PER_MINUTE": "0",
        "GOVMECH_CYPHER": "true",
        "GOVMECH_CYPHER_SECONDS": str(cypher_seconds),
        "GOVMECH_CYPHER_CONCURRENCY": "1",
    }
    with subprocess.Popen(
        command, env={**os.environ, **settings}, stderr=subprocess.PIPE, encoding="utf-8"
    ) as running:
        service = Service(port, running.pid)
        try:
            wait_for(port)
            yield service
        finally:
            running.send_signal(signal.SIGTERM)
            _, service.said = running.communicate(timeout=60)
        assert "Traceback" not in service.said


def wait_for(port: int) -> None:
    for _ in range(600):
        with contextlib.suppress(OSError):
            if exchange(port, b"GET /readyz HTTP/1.1\r\n" + CLOSE).startswith(b"HTTP/1.1 200"):
                return
        time.sleep(0.1)
    raise AssertionError("the service did not start")


def memory(process: int) -> int:
    """Bytes that a process has in memory."""
    status = Path(f"/proc/{process}/status").read_text("utf-8")
    return 1_024 * int(re.findall(r"VmRSS:\s+(\d+)", status)[0])


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_A18_a_thousand_requests_at_once_end_in_answers_and_no_memory(
    tmp_path: Path,
) -> None:
    with running_service(tmp_path) as service:
        burst_upon(service.port, service.process)


def burst_upon(port: int, process: int) -> None:
    burst = 1_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 4 * burst)), hard))
    sizes = []
    for _ in range(4):
        connections = [connect(port) for _ in range(burst)]
        for each in connections:
            each.sendall(b"GET /units?limit=5 HTTP/1.1\r\n" + CLOSE)
        answers = [read_all(each) for each in connections]
        for each in connections:
            each.close()
        statuses = [a[9:12] for a in answers]
        assert set(statuses) <= {b"200", b"503"}
        assert statuses.count(b"200") >= 1
        assert statuses.count(b"503") >= burst - CONNECTIONS
        assert all(b"retry-after" in a.lower() for a in answers if a[9:12] == b"503")
        sizes.append(memory(process))
        assert exchange(port, b"GET /units HTTP/1.1\r\n" + CLOSE).startswith(b"HTTP/1.1 200")
    assert sizes[-1] - sizes[0] < 30_000_000


@pytest.mark.skipif(sys.platform != "linux", reason="processes are listed in /proc")
def test_A19_a_query_whose_client_left_is_stopped(tmp_path: Path) -> None:
    heavy = "MATCH (a), (b), (c), (d), (e), (f), (g) RETURN count(*) AS n"
    light = "RETURN 1 AS one"
    with running_service(tmp_path, cypher_seconds=60) as service:
        assert b'"one":1' in exchange(service.port, free_query(light))
        at_work = children(service.process)
        with connect(service.port) as leaving:
            leaving.sendall(free_query(heavy))
            time.sleep(1)
            assert exchange(service.port, free_query(light)).startswith(b"HTTP/1.1 503")
        for _ in range(100):  # half of the time that the query would have
            answer = exchange(service.port, free_query(light))
            if answer.startswith(b"HTTP/1.1 200"):
                break
            assert answer.startswith(b"HTTP/1.1 503")
            time.sleep(0.3)
        assert b'"one":1' in answer
        assert at_work - children(service.process), "the process that ran it has ended"
    for query, outcome in ((heavy, "client left"), (light, "1 rows")):
        assert f"{hashlib.sha256(query.encode()).hexdigest()}: {outcome}" in service.said
    assert "RETURN" not in service.said


def children(process: int) -> set[int]:
    """The processes that it has started."""
    listed = Path(f"/proc/{process}/task").glob("*/children")
    return {int(child) for file in listed for child in file.read_text("utf-8").split()}


def free_query(query: str) -> bytes:
    body = json.dumps({"query": query}).encode()
    kind = b"Content-Type: application/json\r\nContent-Length: %d\r\n" % len(body)
    return b"POST /cypher HTTP/1.1\r\n" + kind + CLOSE + body
