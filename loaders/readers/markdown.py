"""Markdown to plain text: markup goes, wording, numbers and table rows stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from graph.errors import ReadError
from loaders.readers.base import Reading
from loaders.readers.decoding import decode

if TYPE_CHECKING:
    from markdown_it.token import Token

NAME = "md"
SUFFIXES = (".md", ".markdown")

MAX_MARKDOWN = 5_000_000
"""Characters; longer files are no Markdown that a person wrote."""

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?:[^\n]*\n){0,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


def sniff(data: bytes) -> bool:
    """Markdown has no mark of its own; its ending decides."""
    return False


def read(data: bytes, path: str) -> Reading:
    """Render the file as text, one line a block.

    Raises:
        ReadError: Not text, in an unknown encoding, or too long.
    """
    from markdown_it import MarkdownIt  # takes longer to import than most reports to read

    source, warnings = decode(data, path)
    if len(source) > MAX_MARKDOWN:
        raise ReadError(
            f"is longer than {MAX_MARKDOWN:,} characters, the limit for Markdown; split it",
            path=path,
        )
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(source)
    tokens = (
        MarkdownIt("commonmark").enable("table").parse(source[front.end() :] if front else source)
    )
    return Reading("\n".join(_lines(tokens)), warnings)


def _lines(tokens: Sequence[Token]) -> Iterator[str]:
    number: list[int | None] = []
    prefix = ""
    row: list[str] | None = None
    for token in tokens:
        if token.type in ("ordered_list_open", "bullet_list_open"):
            ordered = token.type == "ordered_list_open"
            number.append(int(token.attrs.get("start", 1)) if ordered else None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            number.pop()
        elif token.type == "list_item_open":
            prefix = "" if (at := number[-1]) is None else f"{at}."
            number[-1] = None if at is None else at + 1
        elif token.type == "tr_open":
            row = []
        elif token.type == "tr_close" and row is not None:
            yield "\t".join(row)
            row = None
        elif token.type == "inline":
            text = _inline(token)
            if row is not None:
                row.append(text.replace("\n", " "))
            else:
                yield prefix + text
                prefix = ""
        elif token.type in ("fence", "code_block"):
            yield token.content


def _inline(token: Token) -> str:
    """Wording of a line; raw HTML and pictures go."""
    words = []
    for child in token.children or ():
        if child.type in ("softbreak", "hardbreak"):
            words.append("\n")
        elif child.type in ("text", "code_inline"):
            words.append(child.content)
    return "".join(words)
