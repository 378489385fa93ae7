"""The command that draws figures for a paper: plot."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api import exits
from api.commands.options import StoreUrl, opened_store
from api.console import say


class Figure(StrEnum):
    """What can be drawn."""

    adoption = "adoption"
    lag = "lag"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("plot", epilog=exits.HELP)(plot_command)


def plot_command(
    figure: Annotated[
        Figure,
        typer.Argument(help="adoption 采用曲线 (adoption curves), lag 法规之后的年数 (lags)"),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PATH", help=".png 或 .svg (Where to)")
    ],
    mechanism: Annotated[
        list[str], typer.Option(metavar="NAME", help="机制，可多次给出 (Mechanism; may repeat)")
    ],
    force: Annotated[
        bool, typer.Option("--force", help="覆盖已有文件 (Replace a file that exists)")
    ] = False,
    store: StoreUrl = None,
) -> None:
    """画论文用的图。 (Draw a figure for a paper; needs the extra “plot”.)"""
    from api.names import resolve_name
    from graph.figures import draw_adoption, draw_lag
    from graph.network import read_network

    labels = ("Agency", "Mechanism", "Regulation", "Report")
    types = ("IMPLEMENTS", "CITES", "PUBLISHED")
    with opened_store(store, read_only=True) as graph:
        ids = [resolve_name(graph, name, "Mechanism") for name in mechanism]
        network = read_network(graph, labels=labels, types=types)
    draw = {Figure.adoption: draw_adoption, Figure.lag: draw_lag}[figure]
    draw(network, list(dict.fromkeys(ids)), output, force=force)
    say(f"已写入 written: {output}")
