"""Options that several commands share, and the store that they name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.console import say

if TYPE_CHECKING:
    from graph.store import Store

StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="图谱所在：文件路径，或 neo4j://… (Graph file or server; else GOVMECH_STORE, "
        "else ./govmech.kgl)",
        show_default=False,
    ),
]
Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH…",
        help="报告文件或文件夹 (Report files, folders, archives)",
        readable=False,  # what cannot be read is listed with the other failures
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=256,
        help="进程数 (Processes; by default what is worth while)",
        show_default=False,
    ),
]


class Format(StrEnum):
    """A table for people, or JSON."""

    table = "table"
    json = "json"


FormatOption = Annotated[Format, typer.Option("--format", help="输出格式 (Output format)")]


class AnswerFormat(StrEnum):
    """A table for people, JSON or CSV."""

    table = "table"
    json = "json"
    csv = "csv"


AnswerFormatOption = Annotated[
    AnswerFormat, typer.Option("--format", help="json 与 csv 含全部列 (json, csv: all columns)")
]
GivenValues = Annotated[
    list[str] | None,
    typer.Argument(metavar="name=value …", help="参数 (Parameters: mechanism=接诉即办)"),
]


@contextmanager
def opened_store(url: str | None, *, read_only: bool) -> Iterator[Store]:
    """Open the store that the option, the environment or the default names.

    Says on stderr where it does not hold what was loaded.

    Raises:
        SettingsError: A setting cannot be used.
        StoreError: The store cannot be opened.
    """
    from graph.census import find_losses

    with store_as_it_is(url, read_only=read_only) as store:
        for loss in find_losses(store.run):
            say(f"问题 problem: {store.url}: {loss}")
        yield store


@contextmanager
def store_as_it_is(url: str | None, *, read_only: bool) -> Iterator[Store]:
    """Open the store that the option, the environment or the default names.

    Raises:
        SettingsError: A setting cannot be used.
        StoreError: The store cannot be opened.
    """
    from graph.opening import open_store
    from graph.settings import load_settings

    settings = load_settings()
    store = open_store(
        url or settings.store,
        read_only=read_only,
        password=settings.password,
        query_seconds=settings.query_seconds,
    )
    with store:
        yield store
