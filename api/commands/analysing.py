"""The command for analyses of the whole network: analyse."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from api import exits
from api.commands.asking import given_values, print_rows
from api.commands.options import (
    AnswerFormat,
    AnswerFormatOption,
    GivenValues,
    StoreUrl,
    opened_store,
)
from api.console import Column, print_json, print_table, say


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("analyse", epilog=exits.HELP)(analyse_command)


def analyse_command(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="分析名；不给则列出 (None: the list)")
    ] = None,
    values: GivenValues = None,
    store: StoreUrl = None,
    format_: AnswerFormatOption = AnswerFormat.table,
) -> None:
    """分析整个网络：法规的中心性、单位的群组。 (Centrality, communities, spread.)"""
    from api.analyses import analyse, find_analysis

    if name is None:
        _print_analyses(format_)
        return
    params = given_values(values or [])
    find_analysis(name)  # a wrong name needs no store to be told
    with opened_store(store, read_only=True) as graph:
        answer = analyse(graph, name, params)
    print_rows(answer, format_)


def _print_analyses(format_: AnswerFormat) -> None:
    from api.analyses import ANALYSES

    if format_ is AnswerFormat.json:
        print_json(
            [
                {
                    "name": name,
                    "title": asdict(a.header.title),
                    "purpose": asdict(a.header.purpose),
                    "source": a.source,
                    "parameters": [asdict(p) for p in a.header.parameters],
                    "columns": [asdict(c) for c in a.header.columns],
                }
                for name, a in ANALYSES.items()
            ]
        )
        return
    print_table(
        [
            Column("name", "分析 analysis"),
            Column("title", "算什么 what it computes", wide=True),
            Column("source", "方法出处 source of the method", wide=True),
        ],
        [
            {"name": n, "title": f"{a.header.title.zh}\n{a.header.title.en}", "source": a.source}
            for n, a in ANALYSES.items()
        ],
    )
    say("例 example: govmech analyse regulation_authority limit=10")
