"""Where an export or a figure goes: what it may replace, and nothing half written there."""

from __future__ import annotations

import os
import platform
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import ExportError

_PREFIX = ".govmech-export-"
_SUFFIX = ".part"
_HOST = re.sub(r"[^0-9A-Za-z.]", "_", platform.node())[:60]
_LEFT = re.compile(rf"{re.escape(_PREFIX)}([0-9]+)@{re.escape(_HOST)}-[^@]*{re.escape(_SUFFIX)}")
_OLD = "replaced"
"""Folder, in the hidden one, where a folder waits that is being replaced."""


def check_target(target: Path, *, force: bool, folder: bool) -> None:
    """Refuse a target that must not be written.

    Args:
        target: What is to be written.
        force: Whether what exists may be replaced.
        folder: Whether a folder is to be written.
    Raises:
        ExportError: It exists and may not be replaced, is no plain file or folder, or
            there is no folder to write it into.
    """
    if not target.name or target.name == ".." or not target.parent.is_dir():
        raise ExportError(f"there is no folder {target.parent} to write {target.name!r} into")
    if target.is_symlink():
        raise ExportError(f"{target} is a link; name the file itself")
    if target.is_dir() and not folder:
        raise ExportError(f"{target} is a folder that exists; name a file")
    if target.exists() and not target.is_dir() and not target.is_file():
        raise ExportError(f"{target} is a device or pipe, not a file")
    if target.is_file() and folder:
        raise ExportError(f"{target} is a file; name a folder that does not exist")
    if target.exists() and not force:
        raise ExportError(f"{target} exists; --force replaces it")


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A path for the new file, in a hidden folder that is gone afterwards.

    Args:
        target: What the file is to become; its folder exists.
    Raises:
        OSError: The folder of the target cannot be written.
    """
    _clear_leftovers(target.parent)
    prefix = f"{_PREFIX}{os.getpid()}@{_HOST}-"
    hidden = Path(tempfile.mkdtemp(prefix=prefix, suffix=_SUFFIX, dir=target.parent))
    try:
        yield hidden / target.name
    finally:
        shutil.rmtree(hidden)


def replace_target(new: Path, target: Path) -> None:
    """Put the new file or folder, made by :func:`beside`, where the target is.

    Raises:
        ExportError: The target is a folder with files that the new one does not have.
        OSError: It cannot be renamed.
    """
    if not target.is_dir():
        new.replace(target)
        return
    known = {path.name for path in new.iterdir()}
    strange = [p.name for p in target.iterdir() if p.is_dir() or p.name not in known]
    if strange:
        raise ExportError(
            f"{target} holds what is not of such an export ({', '.join(sorted(strange)[:3])}); "
            "name a folder that does not exist"
        )
    old = new.parent / _OLD / target.name
    old.parent.mkdir()
    target.rename(old)
    new.replace(target)


def _clear_leftovers(folder: Path) -> None:
    """Remove what exports left that were killed here; put back what they had moved away."""
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        match = _LEFT.fullmatch(path.name)
        if match and not _is_alive(int(match[1])):
            for old in (path / _OLD).glob("*"):
                if not (folder / old.name).exists():
                    old.rename(folder / old.name)
            shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: int) -> bool:
    if os.name != "posix":  # elsewhere signal 0 is a signal like any other
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
