"""What a question's Cypher does, read from its text alone.

A small tokenizer that knows strings, backticks and comments; enough to tell
parameters, result columns, write clauses and a second statement. It is a check
on files of ours, not a guard for text from outside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<comment>//[^\n]*)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<quoted>`[^`]*`)
    | (?P<parameter>\$\w+)
    | (?P<property>\.\w+|:\w+)
    | (?P<word>\w+)
    | (?P<sign>[^\w\s])
    """,
    re.VERBOSE | re.DOTALL,
)
_WRITES = frozenset(
    [
        "CREATE",
        "MERGE",
        "SET",
        "DELETE",
        "DETACH",
        "REMOVE",
        "FOREACH",
        "DROP",
        "ALTER",
        "LOAD",
        "GRANT",
        "DENY",
        "REVOKE",
    ]
)
_ADMIN = frozenset(["USE", "SHOW", "PROFILE", "EXPLAIN", "TERMINATE"])
_AFTER_RETURN = frozenset({"ORDER", "SKIP", "OFFSET", "LIMIT", "UNION"})
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of a statement.

    Args:
        kind: ``word``, ``parameter``, ``property``, ``string``, ``quoted`` or ``sign``.
        text: As written.
        line: Line of the file, from 1.
        depth: Number of brackets open around it.
    """

    kind: str
    text: str
    line: int
    depth: int


def tokens(text: str, first_line: int = 1) -> Iterator[Token]:
    """Cut Cypher into tokens, comments left out.

    Args:
        text: One statement.
        first_line: Line of the file that the text starts on.
    """
    depth = 0
    for match in _TOKEN.finditer(text):
        kind, value = match.lastgroup or "sign", match.group()
        line = first_line + text.count("\n", 0, match.start())
        if kind == "comment":
            continue
        if value in _CLOSE:
            depth -= 1
        yield Token(kind, value, line, depth)
        if value in _OPEN:
            depth += 1


def forbidden(statement: list[Token]) -> tuple[str, int] | None:
    """What makes a statement more than one read, and its line; None when nothing does."""
    for index, here in enumerate(statement):
        word = here.text.upper()
        key = index + 1 < len(statement) and statement[index + 1].text.startswith(":")
        if here.text == ";":
            return "a question is one statement, without “;”", here.line
        if here.kind == "word" and word in _WRITES and not key:
            return f"a question only reads, {word} does not", here.line
        if here.kind == "word" and word in _ADMIN and here.depth == 0:
            return f"a question asks about the graph, {word} does not", here.line
        if here.kind == "word" and word == "CALL":
            name = _procedure(statement[index + 1 :])
            if name not in ("", "db.index.fulltext.queryNodes"):
                return f"a question may not call {name}", here.line
    return None


def _procedure(statement: list[Token]) -> str:
    """Name of the procedure that a CALL names; empty for a subquery."""
    name = ""
    for token in statement:
        if token.kind not in ("word", "property"):
            break
        name += token.text
    return name


def parameters(statement: list[Token]) -> dict[str, int]:
    """Parameters that a statement uses, with the line of first use."""
    used: dict[str, int] = {}
    for token in statement:
        if token.kind == "parameter":
            used.setdefault(token.text[1:], token.line)
    return used


def columns(statement: list[Token]) -> Iterator[tuple[list[str], int]]:
    """Column names of each RETURN outside brackets, with its line.

    A column that is neither a name nor has one (``AS name``) comes out as ``?``.
    """
    outer = [t for t in statement if t.depth == 0]
    for index, token in enumerate(outer):
        if token.kind != "word" or token.text.upper() != "RETURN":
            continue
        names, item = [], list[Token]()
        for inner in outer[index + 1 :]:
            if inner.kind == "word" and inner.text.upper() in _AFTER_RETURN:
                break
            if inner.text == ",":
                names.append(_column(item))
                item = []
            elif not (inner.kind == "word" and inner.text.upper() == "DISTINCT" and not item):
                item.append(inner)
        yield [*names, _column(item)], token.line


def _column(item: list[Token]) -> str:
    if len(item) == 1 and item[0].kind == "word":
        return item[0].text
    if len(item) > 2 and item[-2].text.upper() == "AS":
        return item[-1].text.strip("`")
    return "?"
