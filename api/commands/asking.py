"""Commands that read the graph: ask, questions, export, info."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import exits
from api.commands.options import (
    AnswerFormat,
    AnswerFormatOption,
    Format,
    FormatOption,
    GivenValues,
    StoreUrl,
    opened_store,
    store_as_it_is,
)
from api.console import Column, print_csv, print_json, print_table, say
from graph.errors import BadParameter
from graph.schema import id_name

if TYPE_CHECKING:
    from api.questions import Answer
    from graph.exports import Format as ExportFormat
    from queries.templates import Parameter


SPARED = ("place", "level")
"""Columns that a table for people leaves out where it has title and sentence instead."""
ENDINGS = ("_report", "_title", "_start", "_end")
"""How columns end that only programs need: where a row has two reports, years tell them."""
WIDE = ("evidence", "unit_evidence", "other_evidence", "plan", "result", "text", "definition")


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("ask", epilog=exits.HELP)(ask_command)
    app.command("questions", epilog=exits.HELP)(questions_command)
    app.command("export", epilog=exits.HELP)(export_command)
    app.command("info", epilog=exits.HELP)(info_command)


def ask_command(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="问题名，见 govmech questions (Its name)")
    ],
    values: GivenValues = None,
    store: StoreUrl = None,
    format_: AnswerFormatOption = AnswerFormat.table,
) -> None:
    """向图谱提问。 (Ask a question of the graph.)

    JSON 是行对象的数组，列与问题声明的相同。 (JSON is an array of row objects.)
    """
    from api.questions import ask, find_question

    params = given_values(values or [])
    find_question(question)  # a wrong name needs no store to be told
    with opened_store(store, read_only=True) as graph:
        answer = ask(graph, question, params)
    print_rows(answer, format_)


def print_rows(answer: Answer, format_: AnswerFormat) -> None:
    """Write an answer to stdout, and to stderr that it was cut where it was."""
    if format_ is AnswerFormat.json:
        print_json(list(answer.rows))
    elif format_ is AnswerFormat.csv:
        print_csv([c.name for c in answer.columns], answer.rows)
    else:
        print_answer(answer)
    if answer.remark:
        say(answer.remark)
    if answer.truncated:
        say(f"只显示前 {len(answer.rows)} 行 (the first rows only; limit=… gives more)")


def given_values(values: Sequence[str]) -> dict[str, object]:
    """Read ``name=value``; a name that stands twice makes a list."""
    found: dict[str, object] = {}
    for value in values:
        name, equals, given = value.partition("=")
        if not equals or not name:
            raise BadParameter(f"“{value}” is not name=value")
        if name not in found:
            found[name] = given
        else:
            before = found[name]
            found[name] = [*(before if isinstance(before, list) else [before]), given]
    return found


def print_answer(answer: Answer) -> None:
    """Write an answer as a table for people."""
    from queries.templates import NODE_TYPES

    if not answer.rows and not answer.remark:
        say("没有这样的记录 (nothing of the kind in the graph)")
    if not answer.rows:
        return
    names = [c.name for c in answer.columns]
    shown = [
        column
        for column in answer.columns
        if not column.name.endswith(ENDINGS)
        and column.name not in ("start", "end")
        and not (column.name == "report" and "title" in names)
        and not (column.name in SPARED and {"title", "evidence"} <= set(names))
        and any(row.get(column.name) not in (None, "", []) for row in answer.rows)
    ]
    nodes = {c.name for c in shown if c.type in NODE_TYPES}
    print_table(
        [
            Column(
                c.name,
                # What the values mean, after “：”, is for the documentation.
                f"{c.about.zh.partition('：')[0]}\n{c.name}",
                wide=c.name in WIDE,
                numeric=c.type in ("INTEGER", "FLOAT"),
            )
            for c in shown
        ],
        [
            {k: _without_prefix(v) if k in nodes else v for k, v in row.items()}
            for row in answer.rows
        ],
        title=f"{answer.template.title.zh} {answer.template.title.en}",
    )


def _without_prefix(value: object) -> object:
    return id_name(value) if isinstance(value, str) else value


def questions_command(format_: FormatOption = Format.table) -> None:
    """列出可提的问题及其参数。 (List the questions with their parameters.)"""
    from queries.templates import load_templates

    templates = load_templates().values()
    if format_ is Format.json:
        print_json(
            [
                {
                    "name": t.name,
                    "title": asdict(t.title),
                    "purpose": asdict(t.purpose),
                    "example": asdict(t.example) if t.example else None,
                    "parameters": [asdict(p) for p in t.parameters],
                    "columns": [asdict(c) for c in t.columns],
                }
                for t in templates
            ]
        )
        return
    print_table(
        [
            Column("name", "问题 question"),
            Column("title", "问什么 what it asks", wide=True),
            Column("parameters", "参数 parameters", wide=True),
        ],
        [
            {
                "name": t.name,
                "title": f"{t.title.zh}\n{t.title.en}",
                "parameters": "\n".join(map(_parameter, t.parameters)),
            }
            for t in templates
        ],
    )
    say("例 example: govmech ask units_applying_mechanism mechanism=接诉即办")


def _parameter(parameter: Parameter) -> str:
    value = parameter.example if parameter.example is not None else parameter.default
    given = f"{parameter.name}={value}" if value is not None else f"{parameter.name}=…"
    return given if parameter.required else f"[{given}]"


def export_command(
    format_: Annotated[
        str | None, typer.Argument(metavar="FORMAT", help="格式名，见 --list (Name of a format)")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="PATH", help="写到哪里 (Where to)")
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="列出格式 (List the formats)")] = False,
    force: Annotated[
        bool, typer.Option("--force", help="覆盖已有文件 (Replace a file that exists)")
    ] = False,
    mechanism: Annotated[
        str | None, typer.Option(metavar="NAME", help="只写某机制 (What is said of a mechanism)")
    ] = None,
    place: Annotated[
        str | None, typer.Option(metavar="NAME", help="只写某地，含下辖 (Reports of a place)")
    ] = None,
    years: Annotated[
        str | None, typer.Option(metavar="2020-2023", help="只写某些年 (Reports of these years)")
    ] = None,
    question: Annotated[
        str | None, typer.Option(metavar="NAME", help="只写某问题的答案 (Nodes of an answer)")
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="name=value", help="该问题的参数 (Its parameters)"),
    ] = None,
    store: StoreUrl = None,
    shown: FormatOption = Format.table,
) -> None:
    """把图谱或其一部分写成其他工具的格式。 (Write the graph, or a part, for other tools.)"""
    from api.commands.selecting import select_part
    from graph.exports import export_graph, find_formats

    formats = find_formats()
    if list_:
        _print_formats(list(formats.values()), shown)
        return
    if format_ not in formats:
        raise typer.BadParameter(f"格式 one of {', '.join(formats)}", param_hint="FORMAT")
    if output is None:
        raise typer.BadParameter("写到哪里？ (where to?)", param_hint="--output / -o")
    with opened_store(store, read_only=True) as graph:
        part = select_part(
            graph,
            mechanism=mechanism,
            place=place,
            years=years,
            question=question,
            params=given_values(values or []),
        )
        losses = export_graph(graph, format_, output, force=force, part=part)
    for loss in losses:
        say(f"注意 note: {loss}")
    say(f"已写入 written: {output}")


def _print_formats(formats: Sequence[ExportFormat], shown: Format) -> None:
    rows = [{"name": f.name, "about": f.about, "suffix": f.suffix} for f in formats]
    if shown is Format.json:
        print_json(rows)
    else:
        print_table([Column("name", "格式 format"), Column("about", "用途 for", wide=True)], rows)


def info_command(store: StoreUrl = None, format_: FormatOption = Format.table) -> None:
    """图谱里有什么，是否完好。 (What the graph holds; exit 1 when not sound.)

    逐项核对内容与载入时记下的是否一致。 (Holds everything against what loading noted down.)
    """
    from graph.census import find_changes

    with store_as_it_is(store, read_only=True) as graph:
        info = graph.info()
        problems = [*info.problems, *find_changes(graph)]
    if format_ is Format.json:
        print_json(asdict(info) | {"problems": problems})
    else:
        title = f"{info.url} · {info.engine}\n{info.digest}"
        print_counts(info.nodes, info.edges, title)
    for problem in problems:
        say(f"问题 problem: {problem}")
    raise typer.Exit(exits.FAILED if problems else exits.DONE)


def print_counts(nodes: Mapping[str, int], edges: Mapping[str, int], title: str = "") -> None:
    """Write how many nodes and relationships of each kind a graph holds."""
    from graph.schema import EDGE_BY_TYPE, NODE_BY_LABEL

    named = [
        *((f"{NODE_BY_LABEL[label].zh} {label}", n) for label, n in nodes.items()),
        *((f"{EDGE_BY_TYPE[type_].zh} {type_}", n) for type_, n in edges.items()),
    ]
    print_table(
        [Column("what", "图谱 graph"), Column("count", "数 count", numeric=True)],
        [{"what": what, "count": count} for what, count in named],
        title=title,
    )
