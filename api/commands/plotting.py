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
    spread = "spread"
    authority = "authority"


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("plot", epilog=exits.HELP)(plot_command)


def plot_command(
    figure: Annotated[
        Figure,
        typer.Argument(
            help="adoption 采用曲线 (adoption curves), lag 法规之后的年数 (lags), spread "
            "自上、自下还是同级扩散 (who had it before), authority 居中的法规 (central regulations)"
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="PATH", help=".png 或 .svg (Where to)")
    ],
    mechanism: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="机制，可多次给出 (Mechanism; may repeat)"),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="覆盖已有文件 (Replace a file that exists)")
    ] = False,
    store: StoreUrl = None,
) -> None:
    """画论文用的图。 (Draw a figure for a paper; needs the extra “plot”.)"""
    from api.names import resolve_name
    from graph import figures
    from graph.network import read_network

    if bool(mechanism) is (figure is Figure.authority):
        needed = "不用 (needs none)" if mechanism else "需要 (needs at least one)"
        raise typer.BadParameter(f"{figure.value} {needed}", param_hint="--mechanism")
    labels, types = _READ[figure]
    with opened_store(store, read_only=True) as graph:
        ids = [resolve_name(graph, name, "Mechanism") for name in mechanism or []]
        network = read_network(graph, labels=labels, types=types)
    if figure is Figure.authority:
        figures.draw_authority(network, output, force=force)
    else:
        draw = {
            Figure.adoption: figures.draw_adoption,
            Figure.lag: figures.draw_lag,
            Figure.spread: figures.draw_spread,
        }[figure]
        draw(network, list(dict.fromkeys(ids)), output, force=force)
    say(f"已写入 written: {output}")


_READ: dict[Figure, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Figure.adoption: (("Agency", "Mechanism", "Report"), ("IMPLEMENTS", "PUBLISHED")),
    Figure.lag: (("Agency", "Mechanism", "Regulation"), ("IMPLEMENTS", "CITES")),
    Figure.spread: (
        ("Agency", "Mechanism", "Place"),
        ("IMPLEMENTS", "REPORTS_TO", "LOCATED_IN", "PART_OF"),
    ),
    Figure.authority: (("Regulation", "Report", "Mechanism", "Initiative"), ("CITES",)),
}
"""Labels and types that each figure reads."""
