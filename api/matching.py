"""Candidates for names, many at a time: which unit, mechanism or regulation is meant.

:func:`api.names.resolve_name` wants one sure answer and asks the store several
times for it. A column of a spreadsheet has hundreds of names, many of them wrong:
here one lookup serves the whole batch, only what it misses is searched for, and
every candidate carries a score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from api.former import later_names
from api.names import SHORTEST_ENDING, fold, look_up
from graph.schema import label_of
from graph.store import Row, Store
from loaders.segment import search_query

KINDS = ("Agency", "Mechanism", "Regulation", "Initiative")
"""Labels whose nodes are matched by name."""
MOST_QUERIES = 100
"""Names in one batch."""
FIRST_HITS = 5
MOST_HITS = 50
LONGEST_NAME = 500
"""Characters; no name is longer, and comparing takes time by the square of it."""

# Scores from 0 to 100. What reads the same is surer than what only reads alike.
NAME, ALIAS, FOLDED, LATER, ENDING, LIKE = 100.0, 95.0, 90.0, 85.0, 80.0, 75.0
SURE = FOLDED
"""Score from which the best candidate is a match, where no other has it too."""
LEAST = 20.0
"""Score below which names have nothing but a word in common."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A name to find candidates for.

    Args:
        name: Id, name, alias or something near.
        kinds: Labels that candidates may have.
        place: Place that stands before the name: 北京市东城区 with 信访办公室.
    """

    name: str
    kinds: tuple[str, ...] = KINDS
    place: str = ""

    @property
    def forms(self) -> tuple[str, ...]:
        """What to look for; the first that fits best decides."""
        name, place = self.name.strip(), self.place.strip()
        return (name, place + name) if name and place else (name,) if name else ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A node that a name may mean.

    Args:
        id: The node.
        name: Its canonical name.
        label: Its label.
        score: 0 to 100: 100 id or name, 95 alias, 90 the same but for width,
            quotes and closing words, 85 what a reform made of the body of that
            name, below that only alike.
        match: Whether it is the one that is meant, as far as names can tell.
    """

    id: str
    name: str
    label: str
    score: float
    match: bool


def find_candidates(
    store: Store, asked: Mapping[str, Asked], limit: int = FIRST_HITS
) -> dict[str, list[Candidate]]:
    """Find candidates for a batch of names.

    Args:
        store: Where to look.
        asked: Names by keys of the caller's choice, at most :data:`MOST_QUERIES`.
        limit: Most candidates for each.
    Returns:
        Candidates under the same keys, best first; at most one is a match.
    Raises:
        StoreError: The store did not answer.
    """
    forms = {form for a in asked.values() for form in a.forms}
    later = {form: later_names(form) for form in forms}
    names = sorted(forms.union(*later.values()))
    called = _by_name(look_up(store, "nodes_called", names=names)) if names else {}
    return {key: _candidates(store, a, called, later)[:limit] for key, a in asked.items()}


def _by_name(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        for name in {str(row["id"]), *_names(row)}:
            found.setdefault(name, []).append(row)
    return found


def _candidates(
    store: Store,
    asked: Asked,
    called: Mapping[str, list[Row]],
    later: Mapping[str, Sequence[str]],
) -> list[Candidate]:
    scored: dict[str, tuple[float, str]] = {}
    for form in asked.forms:
        rows = [r for r in called.get(form, ()) if label_of(str(r["id"])) in asked.kinds]
        fitting = [(r, _score(form, r)) for r in rows or _alike(store, form, asked.kinds)]
        if not rows and "Agency" in asked.kinds:
            fitting += [(r, LATER) for name in later[form] for r in called.get(name, ())]
        for row, score in fitting:
            id_ = str(row["id"])
            if score >= LEAST and score > scored.get(id_, (0.0, ""))[0]:
                scored[id_] = (score, str(row["name"]))
    best = max((score for score, _ in scored.values()), default=0.0)
    sure = best >= SURE and sum(score == best for score, _ in scored.values()) == 1
    found = [
        Candidate(id_, name, label_of(id_), score, sure and score == best)
        for id_, (score, name) in scored.items()
    ]
    return sorted(found, key=lambda c: (-c.score, len(c.name), c.id))


def _alike(store: Store, name: str, kinds: Sequence[str]) -> list[Row]:
    words = search_query(name)
    rows = look_up(store, "nodes_like", query=words) if words else []
    return [r for r in rows if label_of(str(r["id"])) in kinds]


def _score(asked: str, row: Row) -> float:
    if asked in (row["id"], row["name"]):
        return NAME
    names = _names(row)
    if asked in names:
        return ALIAS
    folded, others = fold(asked), [fold(n) for n in names]
    if folded in others:
        return FOLDED
    if len(folded) >= SHORTEST_ENDING and any(o.endswith(folded) for o in others):
        return ENDING
    alike = max(SequenceMatcher(None, folded, o, autojunk=False).ratio() for o in others)
    return round(LIKE * alike, 1)


def _names(row: Row) -> list[str]:
    also = row["names"]
    return [str(row["name"]), *(map(str, also) if isinstance(also, list | tuple) else ())]
