"""Exit codes of the command line: one table from error class to code."""

from __future__ import annotations

from graph.errors import (
    AmbiguousName,
    CatalogueError,
    GovmechError,
    QuestionError,
    ReadError,
    SettingsError,
    StoreBusy,
    UnknownName,
)

DONE = 0
FAILED = 1
USAGE = 2
PARTLY = 3
BUSY = 4
BAD_INPUT = 5
INTERRUPTED = 128
"""Plus the number of the signal: 130 for Ctrl-C, 143 for SIGTERM."""


STOPPED = "govmech: 已停止 (stopped)"
"""What a command says that a signal ends."""


class Interrupted(BaseException):
    """Ctrl-C or SIGTERM: whatever is open closes cleanly on the way out.

    Args:
        number: Number of the signal.
    """

    def __init__(self, number: int) -> None:
        self.number = number


HELP = (
    "退出码 Exit codes: 0 完成 done · 1 失败 failed · 2 用法有误 usage (unknown question, "
    "parameter, format or setting) · 3 部分完成 done in part · 4 图谱被占用 store busy · "
    "5 输入有误 bad input (a file that is no report, a vocabulary that cannot be read, "
    "a name that fits nothing or several)"
)

# The first class that fits decides: the particular before the general.
_CODES: tuple[tuple[type[GovmechError], int], ...] = (
    (StoreBusy, BUSY),
    (ReadError, BAD_INPUT),
    (CatalogueError, BAD_INPUT),
    (UnknownName, BAD_INPUT),
    (AmbiguousName, BAD_INPUT),
    (QuestionError, USAGE),
    (SettingsError, USAGE),
    (GovmechError, FAILED),
)


def exit_code(error: GovmechError) -> int:
    """Exit code that an error leads to."""
    return next(code for kind, code in _CODES if isinstance(error, kind))


def of_files(files: int, failures: int) -> int:
    """Exit code of a command that read so many files, so many of them in vain."""
    if not files or failures == files:
        return BAD_INPUT
    return PARTLY if failures else DONE
