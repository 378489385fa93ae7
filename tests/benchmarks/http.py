"""What HTTP adds to a question: 'units applying X' against the store call and bare FastAPI.

Two servers run as ``govmech serve`` runs them: ours over a made-up graph, and a bare
FastAPI application with an empty route and one that returns the very bytes of an
answer. Requests to the two take turns, so that whatever else the machine does falls on
both; what counts is the ratio.
"""

from __future__ import annotations

import json
import multiprocessing
import selectors
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from statistics import median
from urllib.parse import quote

from fastapi import FastAPI
from starlette.responses import Response

from api.app import create_app
from api.commands.serving import listen, run_app
from api.questions import questions
from graph.opening import open_store
from graph.settings import Settings
from tests.benchmarks.synthetic import (
    MECHANISMS,
    edges_option,
    iter_reports,
    machine,
    reports_for,
)

QUESTION = "units_applying_mechanism"
CONNECTIONS = 8
TURNS = 5
SECONDS = 2.0
"""How long one turn of requests takes."""
HEALTH_SECONDS = 10.0
SPAWN = multiprocessing.get_context("spawn")


def main() -> None:
    """Load, ask, and print the three figures."""
    edges = edges_option(__doc__ or "").edges
    print(machine(), flush=True)  # noqa: T201
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "store.kgl")
        with open_store(path) as store:
            store.write(iter_reports(reports_for(edges)))
            print(f"{sum(store.info().edges.values())} edges", flush=True)  # noqa: T201
        measure(path)


def measure(path: str) -> None:
    """Print what is found of the store in that file."""
    asked = [_path(QUESTION, mechanism=f"mechanism:第{n}号联席会议机制") for n in range(MECHANISMS)]
    with running(serve_store, path) as ours, Client(ours) as client:
        body = client.get(asked[0])
        rows = len(json.loads(body)["rows"])
        print(f"an answer: {rows} rows, {len(body)} bytes", flush=True)  # noqa: T201
        with running(serve_bare, body) as bare:
            latency(path, asked, ours, bare)
            for name, paths in (("asked again", asked[:1]), ("all different", _limited(asked))):
                throughput(name, paths, ours, bare)
            health(ours, bare)


def latency(path: str, asked: Sequence[str], ours: int, bare: int) -> None:
    """Median of a question that nobody asked before, one at a time."""
    template = questions[QUESTION]
    defaults = {p.name: p.default for p in template.parameters}
    times: dict[str, list[float]] = {"store": [], "empty": [], "http": []}
    with open_store(path, read_only=True) as store, Client(ours) as http, Client(bare) as empty:
        for number, target in enumerate(asked):
            params = {**defaults, "mechanism": f"mechanism:第{number}号联席会议机制"}
            times["store"].append(seconds(lambda params=params: store.run(template.cypher, params)))
            times["empty"].append(seconds(lambda: empty.get("/empty")))
            times["http"].append(seconds(lambda target=target: http.get(target + "&limit=500")))
    store_, empty_, http_ = (1000 * median(times[k]) for k in times)
    print(  # noqa: T201
        f"median ms: {QUESTION} over HTTP {http_:.2f}; store call {store_:.2f} + empty route "
        f"{empty_:.2f}; ratio {http_ / (store_ + empty_):.2f}",
        flush=True,
    )


def throughput(name: str, paths: Sequence[str], ours: int, bare: int) -> None:
    """Requests a second, the two servers in turn."""
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(TURNS):
        rates["bare"].append(rate(bare, ["/same"], SECONDS))
        rates["ours"].append(rate(ours, paths, SECONDS))
    a, b = median(rates["ours"]), median(rates["bare"])
    print(f"requests/s, {name}: {a:.0f}; bare {b:.0f}; ratio {a / b:.2f}", flush=True)  # noqa: T201


def health(ours: int, bare: int) -> None:
    """The slowest health answer while heavy questions keep all connections busy.

    The bare server's empty route, asked in turn, tells what the machine alone does to it.
    """
    unit = "agency:江南省东湖市第0县第0局"
    heavy = [
        *(_path("similar_units", unit=unit, limit=n) for n in range(1, 400)),
        *(_path("co_occurring_mechanisms", mechanism="mechanism:第7号联席会议机制", limit=n) for n in range(1, 400)),
        *(f"/search?q={quote('联席会议')}&limit={n}" for n in range(1, 400)),
        *(f"/units?facet=place&limit={n}" for n in range(1, 400)),
    ]  # fmt: skip
    work = SPAWN.Process(target=rate, args=(ours, heavy, HEALTH_SECONDS), daemon=True)
    times: list[float] = []
    idle: list[float] = []
    with Client(ours) as client, Client(bare) as other:
        client.get("/healthz")
        work.start()
        end = time.monotonic() + HEALTH_SECONDS
        while time.monotonic() < end:
            times.append(seconds(lambda: client.get("/healthz")))
            idle.append(seconds(lambda: other.get("/empty")))
            time.sleep(0.01)
        work.join()
    print(  # noqa: T201
        f"health while {CONNECTIONS} connections ask heavy questions: median "
        f"{1000 * median(times):.1f} ms, slowest {1000 * max(times):.0f} ms of {len(times)}; "
        f"bare server meanwhile: {1000 * median(idle):.1f}, {1000 * max(idle):.0f}",
        flush=True,
    )


def _path(question: str, **params: object) -> str:
    return f"/questions/{question}?" + "&".join(f"{k}={quote(str(v))}" for k, v in params.items())


def _limited(asked: Sequence[str]) -> list[str]:
    """Questions enough that none is asked twice; all their answers are whole."""
    return [f"{target}&limit={limit}" for limit in range(1_000, 1_200) for target in asked]


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


class Client:
    """One connection that is kept open: as little of a client as there can be."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.got = b""

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *exc: object) -> None:
        self.socket.close()

    def get(self, path: str) -> bytes:
        """The body of an answer."""
        self.send(path)
        while (body := self.receive()) is None:
            pass
        return body

    def send(self, path: str) -> None:
        """Ask."""
        self.got = b""
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())

    def receive(self) -> bytes | None:
        """The body, once it is whole."""
        self.got += self.socket.recv(1 << 20)
        head, end, body = self.got.partition(b"\r\n\r\n")
        if not end:
            return None
        assert head.startswith(b"HTTP/1.1 200"), head
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        return body if len(body) == length else None


def rate(port: int, paths: Sequence[str], duration: float) -> float:
    """Requests a second over :data:`CONNECTIONS` connections, each with one under way."""
    turn, done = cycle(paths), 0
    selector = selectors.DefaultSelector()
    clients = [Client(port) for _ in range(CONNECTIONS)]
    for client in clients:
        selector.register(client.socket, selectors.EVENT_READ, client)
        client.send(next(turn))
    start = time.monotonic()
    while time.monotonic() - start < duration:
        for key, _ in selector.select(1):
            if key.data.receive() is not None:
                done += 1
                key.data.send(next(turn))
    took = time.monotonic() - start
    selector.close()
    for client in clients:
        client.socket.close()
    return done / took


def serve_store(path: str, ports: multiprocessing.SimpleQueue[int]) -> None:
    """Serve a store, as many requests as come."""
    settings = Settings.model_construct(requests_per_minute=0)
    with (
        listen("127.0.0.1", 0, other_ports=False) as listener,
        open_store(path, read_only=True) as store,
    ):
        app = create_app(store, settings)
        ports.put(listener.getsockname()[1])
        run_app(app, listener)


def serve_bare(body: bytes, ports: multiprocessing.SimpleQueue[int]) -> None:
    """Serve an empty route, and one with those bytes."""
    app = FastAPI()

    @app.get("/empty")
    async def empty() -> dict[str, str]:
        return {}

    @app.get("/same")
    async def same() -> Response:
        return Response(body, media_type="application/json")

    with listen("127.0.0.1", 0, other_ports=False) as listener:
        ports.put(listener.getsockname()[1])
        run_app(app, listener)


@contextmanager
def running(serve: Callable[..., None], given: object) -> Iterator[int]:
    """A server in a process of its own; its port."""
    ports = SPAWN.SimpleQueue()
    process = SPAWN.Process(target=serve, args=(given, ports), daemon=True)
    process.start()
    try:
        yield ports.get()
    finally:
        process.terminate()
        process.join()


if __name__ == "__main__":
    main()
