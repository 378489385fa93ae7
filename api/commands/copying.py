"""The command that moves a whole graph: copy."""

from __future__ import annotations

from typing import Annotated

import typer

from api import exits
from api.commands.options import opened_store
from api.console import progress_bar, say


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("copy", epilog=exits.HELP)(copy_command)


def copy_command(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="从哪里：文件路径或 neo4j://… (Store to read)")
    ],
    target: Annotated[
        str, typer.Argument(metavar="TO", help="到哪里，须为空 (Store to fill; empty)")
    ],
) -> None:
    """把整个图谱搬到另一处，并核对内容摘要。 (Copy a graph to another store and compare digests.)

    文件与 Neo4j 之间两个方向都可以；中断后再运行即可继续。
    (Between file and Neo4j, either way; run it again to go on after a stop.)
    """
    from graph.transfer import copy_graph

    with (
        opened_store(source, read_only=True) as here,
        opened_store(target, read_only=False) as there,
        progress_bar("复制 copy") as progress,
    ):
        digest = copy_graph(here, there, progress)
        reports = len(there.reports())
    say(f"已复制 copied: {reports} 份报告 (reports), sha256 {digest}")
