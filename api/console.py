"""What the command line writes: data on stdout, everything said to a person on stderr.

Text from reports may hold escape codes or direction marks that would drive a
terminal; :func:`plain` takes them out of whatever is meant for people.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console, JustifyMethod

WIDTH_OFF_TERMINAL = 120
"""Columns of a table that is written to a file or a pipe."""

SENTENCES = 0.5
"""Share of a line that columns with sentences may claim."""
NARROWEST = 8
"""Places of a column below which nothing can be read."""
LONGEST_WORD = 13
"""Places up to which a word of Latin letters or a date is not broken."""
_WORD = re.compile(r"[0-9A-Za-z_.-]+")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Args:
        name: Key of the rows.
        title: What stands over it.
        wide: Whether it takes what width the others leave.
        numeric: Whether it is set to the right.
    """

    name: str
    title: str
    wide: bool = False
    numeric: bool = False


def prepare_streams() -> None:
    """Let any text pass, whatever the locale: UTF-8 off a terminal, escapes on a poor one."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def plain(text: str) -> str:
    """Text without control characters and direction marks, line breaks kept."""
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))


def say(text: str) -> None:
    """Say something to the person, on stderr."""
    sys.stderr.write(f"{plain(text)}\n")
    sys.stderr.flush()


def print_json(value: object) -> None:
    """Write one JSON value and a line break to stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


def print_csv(names: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """Write rows as CSV to stdout; a list becomes its items with ``；`` between."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(names)
    writer.writerows([cell(row.get(name)) for name in names] for row in rows)


def print_table(
    columns: Sequence[Column], rows: Sequence[Mapping[str, object]], title: str = ""
) -> None:
    """Write a table for people to stdout, fitted to the terminal.

    A row that is alone stands upright, a line for each column and each member of a list,
    where side by side its heads would break or it would be taller.
    """
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console = _console(sys.stdout)
    cells = [[plain(cell(row.get(c.name))) for c in columns] for row in rows]
    if title:
        # Not the table's own, which breaks at the table's width: a digest is copied whole.
        console.print(plain(title), soft_wrap=True)
    widths = _widths(columns, cells, console.width)
    if len(rows) == 1:
        upright = [_upright(rows[0].get(c.name)) for c in columns]
        lines = sum(text.count("\n") + 1 for text in upright)
        if sum(widths) > _room(columns, console.width) or _height(cells[0], widths) > lines:
            record = Table.grid(padding=(0, 2, 0, 0))
            record.add_column(no_wrap=True)
            record.add_column(overflow="fold")
            for column, text in zip(columns, upright, strict=True):
                record.add_row(Text(f"{' '.join(column.title.split())}:"), Text(text))
            console.print(record)
            return
    table = Table(box=box.SIMPLE_HEAD)
    for column, width in zip(columns, widths, strict=True):
        justify: JustifyMethod = "right" if column.numeric else "left"
        table.add_column(column.title, justify=justify, overflow="fold", width=width)
    for line in cells:
        table.add_row(*map(Text, line))
    console.print(table)


def _widths(columns: Sequence[Column], cells: Sequence[Sequence[str]], available: int) -> list[int]:
    """Share a line between columns; a Chinese character takes two places.

    Narrow columns are cut, the widest first, until those with sentences have
    what they need, or :data:`SENTENCES` of the line.
    """
    from rich.cells import cell_len

    longest = [
        max(cell_len(part) for text in texts for part in text.split("\n"))
        for texts in zip(*([c.title for c in columns], *cells), strict=True)
    ]
    floors = [
        max(NARROWEST, *(_longest_word(text) for text in texts))
        for texts in zip(*([c.title for c in columns], *cells), strict=True)
    ]
    room = _room(columns, available)
    wide = [i for i, column in enumerate(columns) if column.wide]
    narrow = [i for i, column in enumerate(columns) if not column.wide]
    share = room - min(sum(longest[i] for i in wide), int(room * SENTENCES))
    cap = max((longest[i] for i in narrow), default=0)
    while cap > NARROWEST and sum(min(longest[i], max(cap, floors[i])) for i in narrow) > share:
        cap -= 1
    widths = [min(width, max(cap, floor)) for width, floor in zip(longest, floors, strict=True)]
    rest = room - sum(widths[i] for i in narrow)
    for i in wide:
        widths[i] = max(NARROWEST, min(longest[i], rest // len(wide)))
    return widths


def _room(columns: Sequence[Column], available: int) -> int:
    """Places of a line that padding and the space between columns leave."""
    return available - 1 - 3 * len(columns)


def _height(cells: Sequence[str], widths: Sequence[int]) -> int:
    """Lines of a row whose columns have these widths."""
    from rich.cells import cell_len

    return max(
        sum(max(1, -(-cell_len(part) // width)) for part in text.split("\n"))
        for text, width in zip(cells, widths, strict=True)
    )


def _upright(value: object) -> str:
    """A value as a cell of its own line, a list as a line for each member."""
    if isinstance(value, list | tuple):
        return "\n".join(plain(cell(item)) for item in value)
    return plain(cell(value))


def _longest_word(text: str) -> int:
    return min(LONGEST_WORD, max(map(len, _WORD.findall(text)), default=0))


def cell(value: object) -> str:
    """A value as one cell of a table."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "；".join(cell(item) for item in value)
    return str(value)


_DRAWN_AGAIN = 0.1
"""Seconds between two pictures of a progress bar."""


@contextmanager
def progress_bar(what: str) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr with rate and time left; None off a terminal.

    Yields:
        A function to tell how many are done, of how many.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        Remaining(),
    )
    # No thread that draws: workers are forked from a process that has none.
    console = _console(sys.stderr)
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        task = bar.add_task(what, total=None, rate="")
        drawn = 0.0

        def advance(done: int, total: int) -> None:
            nonlocal drawn
            speed = bar.tasks[0].speed
            rate = f"{speed:.1f}/s" if speed else ""
            bar.update(task, completed=done, total=total, rate=rate)
            if time.monotonic() - drawn >= _DRAWN_AGAIN:
                bar.refresh()
                drawn = time.monotonic()

        yield advance


def _console(stream: object) -> Console:
    from rich.console import Console

    is_terminal = bool(stream.isatty())  # type: ignore[attr-defined]
    return Console(
        file=stream,  # type: ignore[arg-type]
        width=None if is_terminal else WIDTH_OFF_TERMINAL,
        highlight=False,
        markup=False,
        soft_wrap=False,
    )
