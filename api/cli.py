"""The command line: ``govmech`` and its commands.

Commands stand in :mod:`api.commands`, one module for each group. Here is what
they share with the outside: signals, streams, and errors turned into one
sentence and an exit code (:mod:`api.exits`).
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
import warnings
from types import FrameType
from typing import Annotated

import typer

from api import exits
from api.commands import analysing, asking, assisting, copying, loading, plotting, serving
from api.console import prepare_streams, say
from graph.errors import GovmechError

app = typer.Typer(
    name="govmech",
    help="治理机制知识图谱：把年度报告读成图谱，再向图谱提问。\n\n"
    "A knowledge graph of governance mechanisms, read from annual reports of public bodies.",
    epilog=exits.HELP,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
serving.register(app)
loading.register(app)
asking.register(app)
analysing.register(app)
plotting.register(app)
copying.register(app)
assisting.register(app)


def main() -> None:
    """Run the command line and leave with its exit code."""
    prepare_streams()
    # jieba's source has escapes that newer Pythons report on first import.
    warnings.filterwarnings("ignore", category=SyntaxWarning)
    # Reference data is some 100,000 objects that stay; little else is ever part of a cycle, so
    # that looking for cycles after each 700 new objects, as Python does, is a tenth of a start.
    gc.set_threshold(150_000)
    # Nothing is searched for garbage at the end: memory goes back with the process.
    atexit.register(gc.freeze)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        app()
    except GovmechError as exc:
        say(f"govmech: {exc}")
        sys.exit(exits.exit_code(exc))
    except BrokenPipeError:
        # Whoever read stdout has enough; what is buffered has nowhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(exits.FAILED)
    except OSError as exc:
        say(f"govmech: {exc.filename or '—'}: {exc.strerror or exc}")
        sys.exit(exits.FAILED)
    except exits.Interrupted as exc:
        say(exits.STOPPED)
        sys.exit(exits.INTERRUPTED + exc.number)


def _interrupt(number: int, _frame: FrameType | None) -> None:
    raise exits.Interrupted(number)


def _print_version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        sys.stdout.write(f"govmech {version('govmech')}\n")
        raise typer.Exit


@app.callback()
def _govmech(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="版本 (Print the version)"
        ),
    ] = False,
) -> None:
    """Hold the options that belong to no command."""


if __name__ == "__main__":
    main()
