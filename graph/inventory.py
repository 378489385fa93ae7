"""What a graph should hold: counted and summed up with each write, kept in the graph itself.

One node, :data:`graph.schema.INVENTORY`, says how many nodes of each label and
relationships of each type were written, and the sum of their hashes. A write adds
what it creates and takes off what it removes, in its own transaction; nothing that
is there already is read again. Whatever is lost or changed behind the store's back,
also where the rest hangs together, makes the graph differ from it.

The sum is a multiset hash: SHA-256 of each item, added modulo 2^256, so that the
same graph has the same digest in any store and order (Clarke et al., Incremental
Multiset Hash Functions, ASIACRYPT 2003, MSet-Add-Hash).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

from graph.lines import json_lines
from graph.model import Scalar
from graph.schema import EDGE_TYPES, ID, INVENTORY, NODE_TYPES
from graph.tables import Rows

_Answer = Iterable[Mapping[str, object]]

KINDS: tuple[str, ...] = (*(n.label for n in NODE_TYPES), *(e.type for e in EDGE_TYPES))
"""All labels and relationship types."""

MODULUS = 2**256
"""Of the sum of hashes."""

_ID = f"{INVENTORY.prefix}:graph"
_NAMES = tuple(p.name for p in INVENTORY.properties)


class Tally:
    """Counts and hash of nodes and relationships: of a whole graph, or of what changes in it.

    Args:
        counts: Number by label or type.
        total: Sum of the hashes, modulo 2^256.
    """

    def __init__(self, counts: Mapping[str, int] | None = None, total: int = 0) -> None:
        self.counts = Counter(counts)
        self.total = total

    @property
    def digest(self) -> str:
        """The sum in 64 hexadecimal digits."""
        return f"{self.total:064x}"

    def add(self, kind: str, rows: Rows) -> None:
        """Count in nodes of a label, or relationships of a type (:mod:`graph.lines`)."""
        self.add_hashed(kind, len(rows), hash_lines(json_lines(kind, rows)))

    def drop(self, kind: str, rows: Rows) -> None:
        """Count them out."""
        self.add_hashed(kind, -len(rows), -hash_lines(json_lines(kind, rows)))

    def add_hashed(self, kind: str, count: int, hashed: int) -> None:
        """Count in so many, of whose lines the sum of the hashes is known."""
        self.counts[kind] += count
        self.total = (self.total + hashed) % MODULUS

    def merge(self, other: Tally) -> None:
        """Count in what another has counted."""
        self.counts.update(other.counts)
        self.total = (self.total + other.total) % MODULUS


def hash_lines(lines: Iterable[str]) -> int:
    """Sum of the SHA-256 of lines of JSON, as numbers; not reduced."""
    return sum(map(int.from_bytes, [sha256(line).digest() for line in map(str.encode, lines)]))


def read_inventory(run: Callable[[str], _Answer]) -> Tally | None:
    """What was written, as the graph itself says; None where it does not."""
    columns = ", ".join(f"i.`{name}` AS `{name}`" for name in _NAMES)
    for row in run(f"MATCH (i:{INVENTORY.label}) RETURN {columns}"):
        counts = {kind: int(str(row[kind] or 0)) for kind in KINDS}
        digest = str(row["digest"])
        # A damaged digest fits nothing, which is what has to be said of it.
        return Tally(counts, int(digest, 16) if set(digest) <= set("0123456789abcdef") else -1)
    return None


def inventory_row(tally: Tally) -> dict[str, Scalar]:
    """Properties of the inventory node."""
    counts = {kind: tally.counts[kind] for kind in KINDS}
    return {ID.name: _ID, "name": INVENTORY.zh, "digest": tally.digest, **counts}


def update_inventory(run: Callable[[str, Mapping[str, object]], _Answer], change: Tally) -> None:
    """Count in what a transaction changed; its last statement."""
    tally = read_inventory(lambda cypher: run(cypher, {})) or Tally()
    tally.merge(change)
    run(
        f"MERGE (i:{INVENTORY.label} {{id: $id}}) SET i = $properties",
        {"id": _ID, "properties": inventory_row(tally)},
    )
