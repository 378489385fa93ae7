"""The command for assistants: mcp."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from api import exits
from api.commands.options import StoreUrl, opened_store
from api.commands.serving import listen, run_app
from api.console import say

HOST = "127.0.0.1"
"""Without a password of its own, HTTP is for this machine only."""

PORT = 8001
"""The one after that of serve."""


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("mcp", epilog=exits.HELP)(mcp_command)


def mcp_command(
    store: StoreUrl = None,
    http: Annotated[
        bool, typer.Option("--http", help="经 HTTP 而非标准输入输出 (HTTP instead of stdio)")
    ] = False,
    port: Annotated[
        int, typer.Option(min=1, max=65_535, help="HTTP 端口 (Port with --http)")
    ] = PORT,
) -> None:
    """给语言模型助手的 MCP 接口。 (Serve the questions to assistants, over MCP.)"""
    try:
        import mcp  # noqa: F401
    except ModuleNotFoundError as exc:
        say("govmech mcp 需要 MCP 组件 (needs the MCP SDK): pip install 'govmech[mcp]'")
        raise typer.Exit(exits.FAILED) from exc
    if http:
        _serve_http(store, port)
    else:
        _serve_stdio(store)


def _serve_stdio(store: str | None) -> None:
    import anyio

    from api.mcp.server import serve_stdio

    with opened_store(store, read_only=True) as graph:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, _leave)
        if sys.stdin.isatty():
            say("等待助手从标准输入发来消息 · Ctrl-C 停止 (waits for an assistant)")
        anyio.run(serve_stdio, graph)


def _leave(number: int, _frame: FrameType | None) -> None:
    """End at once: an exception would rise in whichever task runs, and be a group of others by
    the time it is caught, and nothing wakes the SDK's thread that reads stdin. The store is
    open for reading only, so nothing is left half done.
    """
    say(exits.STOPPED)
    os._exit(exits.INTERRUPTED + number)


def _serve_http(store: str | None, port: int) -> None:
    from api.mcp.server import PATH, create_http_app
    from graph.settings import load_settings

    with (
        listen(HOST, port, other_ports=False) as listener,
        opened_store(store, read_only=True) as graph,
    ):
        say(f"助手接口 for assistants: http://{HOST}:{port}{PATH} · Ctrl-C 停止 (stops)")
        run_app(create_http_app(graph, port, load_settings()), listener)
