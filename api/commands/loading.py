"""Commands that read reports: load, remove, extract, evaluate."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from api import exits
from api.commands.asking import print_counts
from api.commands.importing import import_folder
from api.commands.options import Format, FormatOption, Paths, StoreUrl, Workers, opened_store
from api.console import Column, print_json, print_table, progress_bar, say
from graph.errors import AmbiguousName, ReadError, UnknownName

if TYPE_CHECKING:
    from loaders.annotation import Annotation
    from loaders.coverage import Missed
    from loaders.evaluate import Evaluation
    from loaders.load import LoadSummary, Target
    from loaders.reading import Failure

_GAPS = {
    "no edge": "有做法词而无关系 sentences without an edge",
    "unresolved": "未归一的机构 names of bodies not resolved",
    "unknown document": "目录外的文件 documents not in the catalogue",
}

SHOWN = 20
"""Warnings that are printed one by one; the rest is counted."""


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("load", epilog=exits.HELP)(load_command)
    app.command("remove", epilog=exits.HELP)(remove_command)
    app.command("extract", epilog=exits.HELP)(extract_command)
    app.command("evaluate", epilog=exits.HELP)(evaluate_command)


def load_command(
    paths: Paths,
    store: StoreUrl = None,
    workers: Workers = None,
    bulk: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="首次大批载入服务器：写出 neo4j-admin 要的文件夹，设了 NEO4J_HOME 就随即导入 "
            "(First load of a large server: write files for neo4j-admin, and run it where "
            "NEO4J_HOME is set)",
            show_default=False,
        ),
    ] = None,
    format_: FormatOption = Format.table,
) -> None:
    """载入报告；重复载入不改变任何东西。 (Load reports; again changes nothing.)"""
    from loaders.load import InStore, load_into

    if bulk and store:
        raise typer.BadParameter(
            "与 --store 不能同用 (with --bulk nothing is written to a store)", param_hint="--bulk"
        )
    try:
        with ExitStack() as places:
            target: Target[Any]
            if bulk:
                target = places.enter_context(import_folder(bulk))
            else:
                target = InStore(places.enter_context(opened_store(store, read_only=False)))
            with progress_bar("载入 load") as progress:
                summary = load_into(target, paths, workers=workers, progress=progress)
    except exits.Interrupted:
        if not bulk:
            say("已写入的是完整的；再次载入即可继续 (what is there is whole; load again to go on)")
        raise
    say_failures(summary.failures)
    _say_some(summary.warnings)
    if format_ is Format.json:
        print_json(asdict(summary))
    else:
        print_summary(summary)
    _say_none(summary.files)
    raise typer.Exit(exits.of_files(summary.files, len(summary.failures)))


def print_summary(summary: LoadSummary) -> None:
    """Write what a load did, as a table."""
    counts = (
        ("文件 files", summary.files),
        ("新增报告 reports added", len(summary.added)),
        ("更新报告 reports replaced", len(summary.replaced)),
        ("未变 unchanged", summary.unchanged),
        ("旧文本 superseded", summary.superseded),
        ("失败 failed", len(summary.failures)),
        ("不是报告 skipped, no reports", summary.skipped),
        *((_GAPS[gap], count) for gap, count in summary.missed.items()),
        ("秒 seconds", summary.seconds),
    )
    columns = [Column("what", "载入 load"), Column("count", "数 count", numeric=True)]
    print_table(columns, [{"what": what, "count": count} for what, count in counts if count])
    if summary.added or summary.replaced or summary.unchanged:
        print_counts(summary.nodes, summary.edges)


def say_failures(failures: Sequence[Failure]) -> None:
    """Name every file that could not be read, on stderr."""
    for failure in failures:
        say(f"未能读取 not read: {failure.source}: {failure.reason}")


def _say_none(files: int) -> None:
    if not files:
        say("其中没有报告文件 (no report file there)")


def _say_some(warnings: Sequence[str]) -> None:
    for warning in warnings[:SHOWN]:
        say(f"注意 note: {warning}")
    if len(warnings) > SHOWN:
        say(f"… 另有 {len(warnings) - SHOWN} 条 (and more; each stands in its report's warnings)")


def remove_command(
    report: Annotated[
        str, typer.Argument(help="报告的 id、标题或文件名 (Id, title or file name of a report)")
    ],
    store: StoreUrl = None,
) -> None:
    """撤回一份报告。 (Take back a report and what only it had said.)"""
    from api.names import look_up

    with opened_store(store, read_only=False) as graph:
        found = [str(row["id"]) for row in look_up(graph, "reports_called", name=report)]
        if report in found:
            found = [report]
        if not found:
            raise UnknownName(f"no report has the id, title or file name “{report}”")
        if len(found) > 1:
            raise AmbiguousName(report, found)
        graph.remove(found[0])
    say(f"已撤回 removed: {found[0]}")


def extract_command(
    paths: Paths,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="DIR",
            help="每份报告写一个 NAME.json (Write one NAME.json a report into this folder)",
            show_default=False,
        ),
    ] = None,
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage",
            help="列出看到而没用上的：句子、机构名、文件 (List what was seen and not used)",
        ),
    ] = False,
    workers: Workers = None,
    format_: FormatOption = Format.table,
) -> None:
    """读出报告说了什么。 (Show what reports say, without a graph.)"""
    from loaders.reading import Failure, extract_sources, list_sources

    failures: list[Failure] = []
    sources, _ = list_sources(paths, failures)
    files = len(sources) + len(failures)
    written: dict[str, str] = {}
    with progress_bar("读取 extract") as progress:
        for outcome in extract_sources(
            sources, coverage=coverage, workers=workers, progress=progress
        ):
            if isinstance(outcome, Failure):
                failures.append(outcome)
                continue
            name, source = outcome.report, outcome.source
            if coverage:
                _print_coverage(name, outcome.missed, format_)
            elif output is not None and name in written:
                reason = f"{written[name]} has the same name, and was written as {name}.json"
                failures.append(Failure(source, reason))
            elif output is not None:
                written[name] = source
                _write_json(output, name, outcome.text)
            elif format_ is Format.json:
                print_json(outcome.annotation)
            else:
                _print_annotation(outcome.annotation)
    say_failures(failures)
    _say_none(files)
    raise typer.Exit(exits.of_files(files, len(failures)))


def _write_json(folder: Path, name: str, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    partial = folder / f".{name}.json.{os.getpid()}"
    partial.write_text(f"{text}\n", "utf-8", errors="backslashreplace")
    partial.replace(path)


def _print_annotation(annotation: Annotation) -> None:
    heading = f"{annotation['title'] or annotation['report']}"
    facts = f"{annotation['unit'] or '单位不详 unit unknown'} · {annotation['year'] or '年份不详'}"
    kinds = (
        ("机构 agency", annotation["agencies"]),
        ("法规文件 regulation", annotation["regulations"]),
        ("机制 mechanism", annotation["mechanisms"]),
        ("专项行动 initiative", annotation["initiatives"]),
    )
    print_table(
        [
            Column("kind", "类 kind"),
            Column("name", "名称 name", wide=True),
            Column("mentions", "文中写法 mentions", wide=True),
        ],
        [
            {"kind": kind, "name": e["name"], "mentions": e["mentions"]}
            for kind, entities in kinds
            for e in entities
        ],
        title=f"{heading}\n{facts}",
    )
    print_table(
        [
            Column("source", "从 source"),
            Column("type", "关系 type"),
            Column("target", "到 target"),
            Column("evidence", "原句 evidence", wide=True),
        ],
        [
            {**e, "type": f"{e['type']}{'（计划 planned）' if e.get('planned') else ''}"}
            for e in annotation["edges"]
        ],
    )


def _print_coverage(report: str, missed: Sequence[Missed], format_: Format) -> None:
    if format_ is Format.json:
        print_json({"report": report, "missed": [asdict(m) for m in missed]})
        return
    print_table(
        [
            Column("gap", "类 kind"),
            Column("cue", "凭据 cue", wide=True),
            Column("text", "原句 sentence", wide=True),
            Column("start", "起 start", numeric=True),
        ],
        [asdict(m) | {"gap": _GAPS[m.gap]} for m in missed],
        title=report,
    )


def evaluate_command(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="标注文件夹 (Gold *.json)")],
    texts: Annotated[
        Path, typer.Argument(metavar="TEXTS", help="同名报告的文件夹 (Reports of the same names)")
    ],
    errors: Annotated[
        bool, typer.Option("--errors", help="逐条列出错误 (List every error)")
    ] = False,
    workers: Workers = None,
    format_: FormatOption = Format.table,
) -> None:
    """对照标注计算准确率、召回率和 F1。 (Precision, recall and F1 against gold.)"""
    from loaders.evaluate import evaluate, read_gold

    annotations = read_gold(gold)
    found: dict[str, Annotation] = {}
    failures: list[Failure] = []
    for name, annotation in _iter_annotations(texts, set(annotations), workers, failures):
        if name in found:
            raise ReadError(f"holds two reports with the name {name}", path=str(texts))
        found[name] = annotation
    say_failures(failures)
    missing = sorted(annotations.keys() - found.keys())
    if missing:
        say(f"无报告，按全漏计 without a report, counted as all missed: {', '.join(missing)}")
    result = evaluate(annotations, found)
    if format_ is Format.json:
        scores = {row: score.as_json() for row, score in result.scores.items()}
        mistakes = {"mistakes": [asdict(m) for m in result.mistakes]} if errors else {}
        print_json({"reports": result.reports, **scores, **mistakes})
    else:
        _print_evaluation(result, errors=errors)
    raise typer.Exit(exits.of_files(len(annotations), len(missing)))


def _iter_annotations(
    texts: Path, names: set[str], workers: int | None, failures: list[Failure]
) -> Iterator[tuple[str, Annotation]]:
    from loaders.reading import Failure, extract_sources, list_sources

    sources = [s for s in list_sources([texts], failures)[0] if s.name in names]
    with progress_bar("读取 extract") as progress:
        for outcome in extract_sources(sources, workers=workers, progress=progress):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                yield outcome.report, outcome.annotation


def _print_evaluation(result: Evaluation, *, errors: bool) -> None:
    figures = ("precision", "recall", "f1")
    print_table(
        [
            Column("row", "类 kind"),
            Column("precision", "准确率 precision", numeric=True),
            Column("recall", "召回率 recall", numeric=True),
            Column("f1", "F1", numeric=True),
            Column("tp", "找到 found", numeric=True),
            Column("fn", "漏 missed", numeric=True),
            Column("fp", "多 extra", numeric=True),
        ],
        [
            {"row": row} | {k: f"{v:.3f}" if k in figures else v for k, v in s.as_json().items()}
            for row, s in result.scores.items()
        ],
        title=f"{result.reports} 份报告 reports",
    )
    if errors:
        print_table(
            [
                Column("row", "类 kind"),
                Column("report", "报告 report"),
                Column("kind", "错误 error"),
                Column("gold", "标注 gold", wide=True),
                Column("found", "读出 found", wide=True),
            ],
            [asdict(m) for m in result.mistakes],
        )
