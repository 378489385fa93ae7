"""What reference files hold, kept from one start to the next.

Going through vocabulary and word list takes a third of the time that a command needs to
get going. What a file held, or what the files of a catalogue come to, is noted down, as
JSON, under the SHA-256 of their bytes: an edit is another file, so that it takes effect
at once. A note that is damaged is not used, one that cannot be written is done without,
and the folder may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

_FORM = "2"
"""Raised when one of those who ask, references and dictionary, reads the same bytes otherwise."""
_DIGEST = 64
_WHERE = ("LOCALAPPDATA" if sys.platform == "win32" else "XDG_CACHE_HOME", "HOME")
"""Variables that say where things are kept."""


def parsed(data: bytes, parse: Callable[[], Any]) -> Any:
    """What a file holds.

    Args:
        data: Its bytes, and all else that the outcome depends on.
        parse: Reads them, where no note is there.
    """
    folder = _folder(*map(os.environ.get, _WHERE))
    if folder is None:
        return parse()
    note = folder / f"{_FORM}-{hashlib.sha256(data).hexdigest()}.json"
    with suppress(OSError, ValueError):
        written = note.read_bytes()
        if written[:_DIGEST].decode() == hashlib.sha256(written[_DIGEST:]).hexdigest():
            return json.loads(written[_DIGEST:])
    content = parse()
    with suppress(OSError, TypeError, ValueError):
        _write(note, content)
    return content


def _write(note: Path, content: Any) -> None:
    """Write a note whole or not at all, if JSON can hold what it is of."""
    body = json.dumps(content, ensure_ascii=False).encode()
    if json.loads(body) != content:
        return
    note.parent.mkdir(parents=True, exist_ok=True)
    partial = note.with_name(f".{note.name}.{os.getpid()}.{threading.get_ident()}")
    partial.write_bytes(hashlib.sha256(body).hexdigest().encode() + body)
    partial.replace(note)


@cache
def _folder(base: str | None, _home: str | None) -> Path | None:
    """Where the platform keeps what can be made again; None for a user without a home."""
    try:
        caches = "Library/Caches" if sys.platform == "darwin" else ".cache"
        return (Path(base) if base else Path.home() / caches) / "govmech" / "reference"
    except RuntimeError:
        return None
