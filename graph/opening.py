"""Open the store that a URL names, whichever engine stands behind it.

An engine's driver is imported only when its store is asked for, so that neither
is needed for the other.
"""

from __future__ import annotations

from graph.store import QUERY_SECONDS, Store


def open_store(
    url: str,
    *,
    read_only: bool = False,
    password: str = "",
    query_seconds: float = QUERY_SECONDS,
) -> Store:
    """Open the store that a URL names.

    Args:
        url: A file path or ``kglite:///path`` for the embedded store;
            ``neo4j://``, ``neo4j+s://``, ``bolt://``, ``bolt+s://`` for a server,
            with the user and ``?database=`` where they are not the defaults.
        read_only: Refuse writes; an embedded file must then exist.
        password: For a server; never part of the URL.
        query_seconds: Longest that one read query may take.
    Raises:
        StoreUnavailable: It cannot be reached or opened; the message says why.
        StoreBusy: Another process writes to it.
        StoreDamaged: The file is not a graph, or not the one that was written.
    """
    scheme = url.partition("://")[0] if "://" in url else "kglite"
    if scheme == "kglite":
        from graph.store_embedded import EmbeddedStore

        return EmbeddedStore.open(url, read_only=read_only, query_seconds=query_seconds)
    from graph.store_neo4j import Neo4jStore

    return Neo4jStore.open(url, read_only=read_only, password=password, query_seconds=query_seconds)
