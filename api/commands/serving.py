"""Commands that open a door: start, serve."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import exits
from api.commands.asking import print_answer
from api.commands.loading import print_summary, say_failures
from api.commands.options import StoreUrl, opened_store
from api.console import progress_bar, say
from graph.errors import SettingsError

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

    from graph.store import Store

PORTS_TRIED = 20
"""Ports that start looks at, from the one that was set."""
SHOWN = 10
"""Rows of the first answer that start prints."""
SECONDS_TO_FINISH = 5
"""What requests under way have left when the server is told to stop."""

Host = Annotated[
    str | None,
    typer.Option(help="监听地址 (Address; else GOVMECH_HOST, else 127.0.0.1)", show_default=False),
]
Port = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=65_535,
        help="端口 (Port; else GOVMECH_PORT, else 8000)",
        show_default=False,
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("start", epilog=exits.HELP)(start_command)
    app.command("serve", epilog=exits.HELP)(serve_command)


def start_command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[PATH…]",
            help="报告；不给则用图谱现有的，空图谱载入自带样例 "
            "(Reports; none: what the graph holds, or else the bundled samples)",
        ),
    ] = None,
    store: StoreUrl = None,
    host: Host = None,
    port: Port = None,
    once: Annotated[
        bool, typer.Option("--once", help="不开网页服务 (Load and answer, then leave)")
    ] = False,
) -> None:
    """载入报告，回答一个问题，打开网页。 (Load, answer one question, serve.)"""
    with opened_store(store, read_only=False) as graph:
        _fill(graph, paths or [])
    with opened_store(store, read_only=True) as graph:
        _answer_one(graph)
    if not once:
        _serve(store, host, port, other_ports=True)


def _fill(graph: Store, paths: Sequence[Path]) -> None:
    """Load the paths, or the samples into an empty graph."""
    from loaders.load import load
    from loaders.reading import SAMPLES

    if not paths and graph.reports():
        say(f"图谱已有 {len(graph.reports())} 份报告 (the graph holds reports already)")
        return
    if not paths:
        paths = [SAMPLES]
        say("载入自带样例 (loading the bundled samples)")
    with progress_bar("载入 load") as progress:
        summary = load(graph, paths, progress=progress)
    say_failures(summary.failures)
    print_summary(summary)


def _answer_one(graph: Store) -> None:
    """Show who applies the mechanism that most units apply, in whose words."""
    from api.names import look_up
    from api.questions import ask

    for row in look_up(graph, "mechanisms_by_units"):
        say(f"哪些单位采用{row['name']}？ (Which units apply it?)")
        question = "units_applying_mechanism"
        answer = ask(graph, question, {"mechanism": row["id"], "limit": SHOWN})
        print_answer(answer)
        if answer.truncated:
            say(f"只列前 {SHOWN} 行 (the first {SHOWN} rows; ask again for all)")
        say(f"再问一次 ask again: govmech ask {question} mechanism={row['name']}")


def serve_command(store: StoreUrl = None, host: Host = None, port: Port = None) -> None:
    """打开 HTTP 接口与网页。 (Serve the HTTP API and the explorer.)

    GET /readyz 答 200 即就绪；载入可同时进行。 (Ready when /readyz answers 200; load may go on.)
    """
    _serve(store, host, port, other_ports=False)


def _serve(store: str | None, host: str | None, port: int | None, *, other_ports: bool) -> None:
    """Answer requests until told to stop. The store is read only, so that load can go on."""
    from api.app import create_app
    from graph.settings import load_settings

    settings = load_settings()
    settings = settings.model_copy(update={"store": store or settings.store})
    host, port = host or settings.host, port or settings.port
    with (
        listen(host, port, other_ports=other_ports) as listener,
        opened_store(store, read_only=True) as graph,
    ):
        if _is_public(host):
            say(f"注意：{host} 对外可达，任何人都能读 (whoever reaches it can read the graph)")
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listener.getsockname()[1]}/"
        if settings.cypher:
            _log_free_queries()
            say("自由查询已开 (POST /cypher takes free Cypher; stderr tells of each query)")
        say(f"网页与接口 explorer and API: {address} · Ctrl-C 停止 (stops)")
        run_app(create_app(graph, settings), listener)


def _log_free_queries() -> None:
    """Write a line on stderr for each free query."""
    import logging

    from api.free_queries import AUDIT

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    audit = logging.getLogger(AUDIT)
    audit.addHandler(handler)
    audit.setLevel(logging.INFO)


def run_app(app: ASGIApp, listener: socket.socket) -> None:
    """Answer requests on a port until told to stop."""
    import uvicorn

    uvicorn.Server(server_config(app)).run(sockets=[listener])


def server_config(app: ASGIApp) -> uvicorn.Config:
    """How the server runs, whatever it serves."""
    import uvicorn

    from api.protocol import Connection

    return uvicorn.Config(
        app,
        http=Connection,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


def listen(host: str, port: int, *, other_ports: bool) -> socket.socket:
    """Take a port, or the next free one where others will do.

    Raises:
        SettingsError: The address is none of this machine's, or the port is taken.
    """
    ports = range(port, min(port + PORTS_TRIED, 65_536)) if other_ports else (port,)
    for candidate in ports:
        try:
            listener = socket.create_server((host, candidate), family=_family(host))
        except socket.gaierror as exc:
            raise SettingsError(f"host {host}: {exc.strerror}") from exc
        except OSError as exc:
            problem = exc
            continue
        # A connection that is kept open would else wait 40 ms for each answer in two pieces;
        # connections take the option over from the listener.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if candidate != port:
            say(f"端口 {port} 已被占用，改用 {candidate} (port {port} is taken)")
        return listener
    raise SettingsError(
        f"cannot listen on {host}:{port}: {os.strerror(problem.errno or 0)}; "
        "choose another with --port or --host"
    ) from problem


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _is_public(host: str) -> bool:
    """Whether others than this machine can reach the address."""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host != "localhost"
