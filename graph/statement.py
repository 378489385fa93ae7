"""What a query may not contain, whatever the engine would make of it.

The embedded engine reads local files with ``LOAD CSV`` even where it is opened
for reading only, and leaves out the second of two statements without an error.
"""

from __future__ import annotations

from functools import lru_cache

from graph.cypher import Token, tokens
from graph.errors import QueryFailed


def check_query(cypher: str, url: str) -> None:
    """Refuse two statements in one text, and reading from files or the network.

    Args:
        cypher: The query. Words inside strings, backticks and comments are free.
        url: The store it is meant for, for the message.
    Raises:
        QueryFailed: The query is refused.
    """
    if problem := _problem(cypher):
        raise QueryFailed(problem, url=url)


@lru_cache(maxsize=512)  # questions are asked again and again in the same words
def _problem(cypher: str) -> str:
    statement = list(tokens(cypher))
    if statement and statement[-1].text == ";":
        statement.pop()
    before = Token("sign", "", 0, 0)
    for token in statement:
        if token.text == ";":
            return "one statement at a time: there is a “;” inside the query"
        if before.is_word("LOAD") and token.is_word("CSV"):
            return "LOAD CSV reads files and is not allowed"
        before = token
    return ""
