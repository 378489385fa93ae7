"""Cypher cut into tokens, the one way for questions of ours and for text of others.

It knows strings with their escapes, backticks and both kinds of comments, also those
that nobody closed, and takes time in proportion to the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    r"""
      (?P<comment>//[^\n]*|/\*(?s:.*?)\*/)
    | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
    | (?P<quoted>`(?:[^`]|``)*`)
    | (?P<unclosed>(?:/\*|['"`])(?s:.*))
    | (?P<number>0x[0-9a-f]+|(?:[0-9][0-9_]*)?\.?[0-9][0-9_]*(?:e[+-]?[0-9]+)?)
    | (?P<parameter>\$(?:[^\W\d]\w*|[0-9]+))
    | (?P<property>[.:][^\W\d]\w*)
    | (?P<word>\w+)
    | (?P<sign>[^\w\s])
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or sign of a statement.

    Args:
        kind: ``word``, ``property`` (with its ``.`` or ``:``), ``parameter``, ``string``,
            ``quoted`` (in backticks), ``number``, ``sign``, or ``unclosed`` for a string,
            name or comment without end.
        text: As written.
        line: Line of the file, from 1.
        depth: Number of brackets open around it.
        start: Offset of its first character in the text.
    """

    kind: str
    text: str
    line: int
    depth: int
    start: int = 0

    def is_word(self, *words: str) -> bool:
        """Whether it is one of these words, in whatever case and without quotes."""
        return self.kind == "word" and self.text.upper() in words


def tokens(text: str, first_line: int = 1) -> Iterator[Token]:
    """Cut Cypher into tokens, comments left out.

    Args:
        text: Cypher, well formed or not.
        first_line: Line of the file that the text starts on.
    """
    depth, line, seen = 0, first_line, 0
    for match in _TOKEN.finditer(text):
        kind, value = match.lastgroup or "sign", match.group()
        line += text.count("\n", seen, match.start())
        seen = match.start()
        if kind == "comment":
            continue
        if value in _CLOSE:
            depth -= 1
        yield Token(kind, value, line, depth, seen)
        if value in _OPEN:
            depth += 1


def keys_a_map(statement: list[Token], index: int) -> bool:
    """Whether a word is the key of a map: ``{limit: 1}``."""
    before = statement[index - 1].text if index else ""
    after = statement[index + 1].text if index + 1 < len(statement) else ""
    return before in ("{", ",") and after.startswith(":")


def procedure(statement: list[Token], start: int) -> str:
    """Name of the procedure that begins at a token; empty for a subquery."""
    name = ""
    for token in statement[start:]:
        if token.kind not in ("word", "property") and token.text != ".":
            break
        if token.is_word("YIELD"):
            break
        name += token.text
    return name


def with_limit(cypher: str, rows: int) -> str:
    """The statement with a limit of its own, where its last RETURN has none.

    An engine that is told so computes no more than is wanted; one that is not may compute
    all rows before it gives the first.
    """
    statement = list(tokens(cypher))
    if statement and statement[-1].text == ";":
        cypher = cypher[: statement.pop().start]
    outer = [t for t in statement if not t.depth]
    last = next((i for i in reversed(range(len(outer))) if outer[i].is_word("RETURN")), None)
    if last is None or any(t.is_word("UNION") for t in outer):
        return cypher
    if any(t.is_word("LIMIT") for t in outer[last:]):
        return cypher
    return f"{cypher}\nLIMIT {rows}"
