"""From a name that a person gives to the node that it means.

A name may be an id, a canonical name, an alias, an English name, the wording of a
report, a title in the catalogue of regulations, or the name of a body before a reform.
The ways are tried in that order, surest first, and the first that finds anything
decides; what it finds has to be one node.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from api.former import later_names
from api.uncited import known_regulation, remark_on
from graph.errors import AmbiguousName, NotCited, UnknownName
from graph.schema import NODE_BY_PREFIX
from graph.store import Row, Store
from loaders.segment import search_query
from queries.templates import LOOKUPS, Template, load_templates

lookups = load_templates(LOOKUPS)
NEAR = 5
"""Names suggested where none fits."""

LIKENESS = 0.35
"""Of 1, how much of two names has to agree for the one to be suggested for the other."""

SHORTEST_ENDING = 4
"""Characters below which the end of a name says nothing: 办公室, 机制."""

_DROPPED = re.compile(r"[\s“”‘’\"'「」『』《》〈〉（）()、·]+")
_TAIL = re.compile(r"(?:工作|制度|机制|体系|模式|办法)+\Z")


def look_up(store: Store, lookup: str, /, **params: object) -> list[Row]:
    """Run a lookup with the defaults of its header."""
    template: Template = lookups[lookup]
    defaults = {p.name: p.default for p in template.parameters if not p.required}
    return store.run(template.cypher, {**defaults, **params})


def fold(name: str) -> str:
    """A name without what people write now one way, now another.

    Width, case, spaces, quotes and title marks do not matter, nor does a closing
    制度, 机制, 工作 … unless nothing else would be left.
    """
    bare = _DROPPED.sub("", unicodedata.normalize("NFKC", name).casefold())
    return _TAIL.sub("", bare) or bare


def resolve_name(store: Store, name: str, label: str | None = None) -> str:
    """Find the node that a name means.

    Args:
        store: Where to look.
        name: An id or any name.
        label: Label that the node must have; None for any of those with names.
    Returns:
        The node's id.
    Raises:
        UnknownName: No node is called so; the message suggests near names.
        NotCited: Nor is a regulation that the catalogue knows by that name.
        AmbiguousName: Several are, and none more surely than the others.
    """
    wanted = name.strip()
    for find in WAYS:
        found = _ids(find(store, wanted), label) if wanted else []
        if len(found) > 1:
            raise AmbiguousName(name, found)
        if found and find is _by_catalogue and not _by_id(store, found[0]):
            raise NotCited(remark_on(found[0]), found[0])
        if found:
            return found[0]
    near = _near(wanted, [r for r in _like(store, wanted) if _has_label(r, label)])
    said = f"相近的名称 Near names: {', '.join(near)}." if near else ""
    hint = said or "可用全文检索查找。 Search may help to find it."
    kind = label.lower() if label else "node"
    raise UnknownName(f"no {kind} is called “{name[:80]}”. {hint}", hint=hint)


def _by_id(store: Store, name: str) -> list[Row]:
    return look_up(store, "node_kinds", id=name) if ":" in name else []


def _by_name(store: Store, name: str) -> list[Row]:
    return look_up(store, "nodes_named", name=name)


def _by_other_name(store: Store, name: str) -> list[Row]:
    return look_up(store, "nodes_also_named", name=name)


def _by_folded_name(store: Store, name: str) -> list[Row]:
    folded = fold(name)
    return [r for r in _like(store, name) if folded in {fold(n) for n in _names(r)}]


def _by_surface(store: Store, name: str) -> list[Row]:
    words = search_query(name)
    return look_up(store, "nodes_surfaced", query=words, surface=name) if words else []


def _by_catalogue(store: Store, name: str) -> list[Row]:
    """The regulation of that title in the catalogue, cited or not."""
    id_ = known_regulation(name)
    return [{"id": id_}] if id_ else []


def _by_ending(store: Store, name: str) -> list[Row]:
    """The name without the places in front: 东城区信访办公室 for 北京市东城区信访办公室."""
    folded = fold(name)
    if len(folded) < SHORTEST_ENDING:
        return []
    return [r for r in _like(store, name) if any(fold(n).endswith(folded) for n in _names(r))]


def _by_successor(store: Store, name: str) -> list[Row]:
    """The body that a reform made of one that the graph does not hold."""
    for later in later_names(name):
        rows = _by_name(store, later) or _by_other_name(store, later)
        if found := [r for r in rows if _has_label(r, "Agency")]:
            return found
    return []


WAYS = (
    _by_id,
    _by_name,
    _by_other_name,
    _by_folded_name,
    _by_surface,
    _by_catalogue,
    _by_ending,
    _by_successor,
)
"""How a name is looked for, the surest first."""


def _like(store: Store, name: str) -> list[Row]:
    words = search_query(name)
    return look_up(store, "nodes_like", query=words) if words else []


def _near(name: str, rows: Sequence[Row]) -> list[str]:
    """Names that look alike, the most alike first; sharing one common word is not enough."""
    folded = fold(name)
    likeness = {
        str(r["name"]): max(SequenceMatcher(None, folded, fold(n)).ratio() for n in _names(r))
        for r in rows
    }
    near = [n for n, ratio in likeness.items() if ratio >= LIKENESS]
    return sorted(near, key=lambda n: (-likeness[n], n))[:NEAR]


def _names(row: Row) -> list[str]:
    also = row["names"]
    return [str(row["name"]), *(map(str, also) if isinstance(also, list | tuple) else ())]


def _has_label(row: Row, label: str | None) -> bool:
    kind = NODE_BY_PREFIX.get(str(row["id"]).partition(":")[0])
    return kind is not None and (label is None or kind.label == label)


def _ids(rows: Sequence[Row], label: str | None) -> list[str]:
    return sorted({str(r["id"]) for r in rows if _has_label(r, label)})
