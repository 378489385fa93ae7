"""What a query may not contain, whatever the engine would make of it.

The embedded engine reads local files with ``LOAD CSV`` even where it is opened
for reading only, and leaves out the second of two statements without an error.
"""

from __future__ import annotations

import re

from graph.errors import QueryFailed

_QUOTED = re.compile(
    r"""//[^\n]*
    | /\*(?:.*?\*/|.*)
    | '(?:\\.|[^'\\])*'?
    | "(?:\\.|[^"\\])*"?
    | `[^`]*`?
    """,
    re.VERBOSE | re.DOTALL,
)
_LOAD_CSV = re.compile(r"\bLOAD\s+CSV\b", re.IGNORECASE)


def check_query(cypher: str, url: str) -> None:
    """Refuse two statements in one text, and reading from files or the network.

    Args:
        cypher: The query. Words inside strings, backticks and comments are free.
        url: The store it is meant for, for the message.
    Raises:
        QueryFailed: The query is refused.
    """
    bare = _QUOTED.sub(" ", cypher)
    if ";" in bare.rstrip().removesuffix(";"):
        raise QueryFailed("one statement at a time: there is a “;” inside the query", url=url)
    if _LOAD_CSV.search(bare):
        raise QueryFailed("LOAD CSV reads files and is not allowed", url=url)
