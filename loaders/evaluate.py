"""How well extraction does: precision, recall and F1 against gold annotations.

Comes in: gold and extracted reports in the annotation shape, paired by name.
Goes out: a score for each kind of thing, and every error with what it is.

Entities pair one to one, best match first. Agencies pair by canonical name
(``name`` or ``also``); ``agencies (found)`` asks only that a wording was found.
Other kinds pair when a normalised name or wording is shared, and in the ``~``
rows also when character bigrams overlap by half (Jaccard). An edge pairs when
its type and both ends do. What gold calls optional counts neither way.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, cast

from graph.errors import ReadError
from loaders.annotation import Annotation, EntityAnnotation

EntityKind = Literal["agencies", "regulations", "mechanisms", "initiatives"]
ENTITY_KINDS: tuple[EntityKind, ...] = ("agencies", "regulations", "mechanisms", "initiatives")
EDGE_TYPES = ("IMPLEMENTS", "REPORTS_TO", "ISSUES", "CITES")
NEAR = 0.5
"""Least share of common character bigrams (Jaccard) of two near names."""

ROWS = (
    "unit",
    "year",
    "agencies",
    "agencies (found)",
    *(row for kind in ENTITY_KINDS[1:] for row in (kind, f"{kind} ~")),
    *EDGE_TYPES,
)

_IGNORED = {ord(c) for c in " \t\r\n\u3000“”\"'‘’《》〈〉「」『』()[]〔〕【】、,，。;；:：·-—"}
_Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mistake:
    """One error.

    Args:
        row: Row of the scores that it belongs to.
        report: Name of the report.
        kind: ``missed`` (only gold has it), ``extra`` (only extraction has it) or
            ``near`` (both have it, under names or with ends that do not agree).
        gold: What gold says; empty when extra.
        found: What extraction says; empty when missed.
    """

    row: str
    report: str
    kind: Literal["missed", "extra", "near"]
    gold: str
    found: str


@dataclass(slots=True)
class Score:
    """Counts of one row.

    Args:
        tp: Found as gold has it.
        fp: Found, and not in gold.
        fn: In gold, and not found.
    """

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right, 0 to 1."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of gold that was found, 0 to 1."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_json(self) -> dict[str, float | int]:
        """Figures rounded to four decimals, and the counts."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "tp": self.tp,
            "fp": self.fp,
            "fn": self.fn,
        }


@dataclass(slots=True)
class Evaluation:
    """Scores over a set of reports.

    Args:
        reports: Number of gold reports.
        scores: By row, in the order of :data:`ROWS`.
        mistakes: Every error, by row, then report.
    """

    reports: int = 0
    scores: dict[str, Score] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)


def read_gold(folder: Path) -> dict[str, Annotation]:
    """Read every ``*.json`` of a folder, by file name without its ending.

    Raises:
        ReadError: The folder holds none, or one is not an annotation.
    """
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise ReadError("no folder with gold annotations (*.json)", path=str(folder))
    return {path.stem: _read_annotation(path) for path in files}


def _read_annotation(path: Path) -> Annotation:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (ValueError, OSError, RecursionError) as exc:
        raise ReadError(f"not a JSON file: {exc}", path=str(path)) from exc
    if not isinstance(found, dict) or not all(
        isinstance(found.get(key, []), list) for key in (*ENTITY_KINDS, "edges")
    ):
        raise ReadError("not an annotation: see the annotation rules for its shape", path=str(path))
    return cast(Annotation, found)


def evaluate(gold: Mapping[str, Annotation], found: Mapping[str, Annotation]) -> Evaluation:
    """Compare extracted reports with gold ones.

    Args:
        gold: By report name.
        found: Likewise; a gold report without one counts as all missed, one
            that gold does not have is left aside.
    """
    scores = {row: Score() for row in ROWS}
    mistakes: list[Mistake] = []
    nothing = cast(Annotation, {})
    for name in sorted(gold):
        theirs = found.get(name, nothing)
        for row, outcome, counts in _compare(name, gold[name], theirs):
            if outcome is not None:
                mistakes.append(outcome)
            scores[row].tp += counts[0]
            scores[row].fp += counts[1]
            scores[row].fn += counts[2]
    mistakes.sort(key=lambda m: (ROWS.index(m.row), m.report, m.kind, m.gold, m.found))
    return Evaluation(len(gold), scores, mistakes)


_Outcome = tuple[str, Mistake | None, tuple[int, int, int]]


def _compare(name: str, gold: Annotation, found: Annotation) -> Iterator[_Outcome]:
    yield from _compare_heading(name, gold, found)
    for kind in ENTITY_KINDS:
        yield from _compare_entities(name, kind, gold.get(kind, []), found.get(kind, []))
    yield from _compare_edges(name, gold, found)


def _compare_heading(name: str, gold: Annotation, found: Annotation) -> Iterator[_Outcome]:
    unit = gold.get("unit")
    also = [a.get("also", []) for a in gold.get("agencies", []) if a["name"] == unit]
    rights: dict[str, list[object]] = {
        "unit": [unit, *(name for names in also for name in names)],
        "year": [gold.get("year")],
    }
    for row, got in (("unit", found.get("unit")), ("year", found.get("year"))):
        right = [str(value) for value in rights[row] if value is not None]
        if not right:
            continue
        if got is not None and normalise(str(got)) in {normalise(r) for r in right}:
            yield row, None, (1, 0, 0)
        elif got is None:
            yield row, Mistake(row, name, "missed", right[0], ""), (0, 0, 1)
        else:
            yield row, Mistake(row, name, "near", right[0], str(got)), (0, 1, 1)


def _compare_entities(
    name: str,
    kind: EntityKind,
    gold: Sequence[EntityAnnotation],
    found: Sequence[EntityAnnotation],
) -> Iterator[_Outcome]:
    rows: tuple[tuple[str, list[_Pair], list[_Pair]], ...]
    if kind == "agencies":
        strict, loose = _pair(gold, found, wordings=False), _pair(gold, found)
        rows = ((kind, strict, loose), ("agencies (found)", loose, loose))
    else:
        strict, loose = _pair(gold, found), _pair(gold, found, near=True)
        rows = ((kind, strict, loose), (f"{kind} ~", loose, loose))
    for row, pairs, nearly in rows:
        partner = {i: found[j]["name"] for i, j in nearly}
        owner = {j: gold[i]["name"] for i, j in nearly}
        paired_gold, paired_found = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, entity in enumerate(gold):
            if entity.get("optional"):
                continue
            if i in paired_gold:
                yield row, None, (1, 0, 0)
                continue
            sort: Literal["near", "missed"] = "near" if i in partner else "missed"
            mistake = Mistake(row, name, sort, entity["name"], partner.get(i, ""))
            yield row, mistake, (0, 0, 1)
        for j, entity in enumerate(found):
            if j not in paired_found:
                # The missing gold entity has told of this pair already.
                told = j in owner and owner[j] not in {g["name"] for g in gold if g.get("optional")}
                mistake = Mistake(row, name, "extra", "", entity["name"])
                yield row, None if told else mistake, (0, 1, 0)


_EdgeKey = tuple[str, str, str]


def _compare_edges(name: str, gold: Annotation, found: Annotation) -> Iterator[_Outcome]:
    gold_name = {
        found.get(kind, [])[j]["name"]: gold.get(kind, [])[i]["name"]
        for kind in ENTITY_KINDS
        for i, j in _pair(gold.get(kind, []), found.get(kind, []), near=True)
    }
    optional = {e["name"] for kind in ENTITY_KINDS for e in gold.get(kind, []) if e.get("optional")}
    optional_edges = {
        (e["type"], e["source"], e["target"]): e.get("optional", False)
        for e in gold.get("edges", [])
    }
    # A name that gold does not have is marked, so that it cannot meet one that it has.
    theirs: dict[_EdgeKey, str] = {}
    for edge in found.get("edges", []):
        if edge["type"] in EDGE_TYPES:
            source, target = edge["source"], edge["target"]
            key = (
                edge["type"],
                gold_name.get(source, f"?{source}"),
                gold_name.get(target, f"?{target}"),
            )
            theirs[key] = f"{source} → {target}"
    for key in sorted(optional_edges.keys() | theirs.keys()):
        row, source, target = key
        if source in optional or target in optional or optional_edges.get(key):
            counts, mistake = (0, 0, 0), None
        elif key in optional_edges and key in theirs:
            counts, mistake = (1, 0, 0), None
        elif key in optional_edges:
            mistake = Mistake(row, name, "missed", f"{source} → {target}", "")
            counts = (0, 0, 1)
        else:
            mistake = Mistake(row, name, "extra", "", theirs[key])
            counts = (0, 1, 0)
        yield row, mistake, counts


def normalise(text: str) -> str:
    """Fold width and drop white space, quotes and punctuation, for comparison."""
    return unicodedata.normalize("NFKC", text).translate(dict.fromkeys(_IGNORED))


def _pair(
    gold: Sequence[EntityAnnotation],
    found: Sequence[EntityAnnotation],
    *,
    wordings: bool = True,
    near: bool = False,
) -> list[_Pair]:
    """Pair one to one, most shared names first, then nearest, then in file order."""
    gold_forms = [_forms(e, wordings) for e in gold]
    found_forms = [_forms(e, wordings) for e in found]
    candidates: list[tuple[float, int, int]] = []
    for i, ours in enumerate(gold_forms):
        for j, theirs in enumerate(found_forms):
            if shared := len(ours & theirs):
                candidates.append((1 + shared / 100, i, j))
            elif near and (similarity := _similarity(ours, theirs)) >= NEAR:
                candidates.append((similarity, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates, key=lambda c: -c[0]):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def _forms(entity: EntityAnnotation, wordings: bool) -> frozenset[str]:
    names = [entity["name"], *entity.get("also", [])]
    if wordings:
        names += entity.get("mentions", [])
    return frozenset(normalise(name) for name in names) - {""}


def _similarity(ours: frozenset[str], theirs: frozenset[str]) -> float:
    return max(
        (
            len(a & b) / len(a | b)
            for a in map(_bigrams, sorted(ours))
            for b in map(_bigrams, sorted(theirs))
        ),
        default=0.0,
    )


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1)) or frozenset({text})
