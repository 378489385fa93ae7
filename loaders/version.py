"""Which rules read a report: a change of rules makes a report worth reading again.

The version is taken from the files of this package, code and reference data, so that
no one has to remember to raise a number.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from loaders.document import Document

_RULES = frozenset((".py", ".yaml", ".tsv"))


@cache
def rules_version() -> str:
    """The first 12 hexadecimal digits of the SHA-256 of every rule file; about 10 ms, once."""
    folder = Path(__file__).parent
    found = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in _RULES):
        found.update(f"{path.relative_to(folder).as_posix()}\n".encode())
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def report_digest(doc: Document) -> str:
    """SHA-256 that changes with the text, white space left out, and with the rules."""
    return hashlib.sha256(f"{doc.digest}\n{rules_version()}".encode()).hexdigest()
