"""What a question's Cypher does, read from its text alone.

Enough to tell parameters, result columns, write clauses and a second statement. It is a
check on files of ours; text from outside has a guard of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from graph.cypher import Token, keys_a_map, procedure, tokens

__all__ = ["Token", "columns", "forbidden", "parameters", "tokens"]

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


def forbidden(statement: list[Token]) -> tuple[str, int] | None:
    """What makes a statement more than one read, and its line; None when nothing does."""
    for index, here in enumerate(statement):
        word = here.text.upper()
        key = keys_a_map(statement, index)
        if here.text == ";":
            return "a question is one statement, without “;”", here.line
        if here.kind == "word" and word in _WRITES and not key:
            return f"a question only reads, {word} does not", here.line
        if here.kind == "word" and word in _ADMIN and here.depth == 0:
            return f"a question asks about the graph, {word} does not", here.line
        if here.kind == "word" and word == "CALL":
            name = procedure(statement, index + 1)
            if name not in ("", "db.index.fulltext.queryNodes"):
                return f"a question may not call {name}", here.line
    return None


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
