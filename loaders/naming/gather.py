"""One entity per name: candidates become mentions, mentions become entities."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.model import Value
from graph.schema import node_id
from loaders.entities import Entity, Kind, Mention
from loaders.naming.bare import NO_HEAD, is_bare
from loaders.naming.concepts import Catalogue, Concept
from loaders.naming.forms import common_name, key, printed, variants
from loaders.naming.spans import Candidate
from loaders.naming.vocabulary import Boundaries

_SHORTEST_SUFFIX = 4
_QUOTE_AND_HEAD = re.compile(r"(?P<quote>“[^”]{2,}”)[^“”、]{0,6}(?P<head>平台|热线|系统|窗口|专窗)")
_WAY_OF_WORKING = re.compile(r"(?P<quote>“[^”]{2,}”)(?:的)?(?:工作法|工作方法|工作模式|经验|品牌)")
_QUOTES = re.compile(r"“[^”]{2,}”")
_WHOSE = re.compile(
    r".*(?:会|会议|委|局|办|街道|社区|系统|机关|部门|单位|班子|党组|工委|办事处|领域|行业|乡镇|镇|区|市|县|省|级|村)$"
)


def name_candidates(
    text: str, candidates: Sequence[Candidate], kind: Kind, known: Catalogue, words: Boundaries
) -> list[Mention]:
    """Give every candidate its canonical name.

    Args:
        text: The document's text.
        candidates: In text order.
        kind: ``mechanism`` or ``initiative``.
        known: The catalogue of that kind.
        words: Boundary words, for what may be left out in front.
    """
    surfaces = [text[c.start : c.end] for c in candidates]
    concepts = [
        known.resolve(s) if c.parts else _concept(s, known, words)
        for s, c in zip(surfaces, candidates, strict=True)
    ]
    names = _discovered_names([s for s, c in zip(surfaces, concepts, strict=True) if c is None])
    found = [
        Mention(c.start, c.end, s, kind, concept.name, c.rule)
        if concept
        else Mention(
            c.start, c.end, s, kind, names[s], c.rule,
            tuple(name_candidates(text, c.parts, kind, known, words)),
        )
        for c, s, concept in zip(candidates, surfaces, concepts, strict=True)
    ]  # fmt: skip
    return _with_joined(found)


def _with_joined(mentions: Sequence[Mention]) -> list[Mention]:
    """Let what one coordination joins name that, wherever it stands: 领导包案 beside
    领导包案和会前学法制度 is no third thing."""
    joined: dict[str, set[str]] = {}
    for m in mentions:
        for part in m.parts:
            joined.setdefault(part.name, set()).add(m.name)
    found = []
    for m in mentions:
        wholes = joined.get(m.name, set())
        found.append(replace(m, name=min(wholes), parts=(m,)) if len(wholes) == 1 else m)
    return found


def _concept(surface: str, known: Catalogue, words: Boundaries) -> Concept | None:
    """The concept of a wording, or of its rest behind words that only say whose it is."""
    concept = known.resolve(surface)
    if concept is None and (way := _WAY_OF_WORKING.fullmatch(surface)):
        concept = known.resolve(way["quote"])  # “四门四访”工作法 is 四门四访
    if concept:
        return concept
    for cut in range(1, min(12, len(surface) - 3)):
        front = surface[:cut]
        concept = known.resolve(surface[cut:])
        if concept and (
            surface[cut] == "“" or _WHOSE.fullmatch(front) or is_bare(words, front, NO_HEAD)
        ):
            return concept
    return None


def _discovered_names(surfaces: Sequence[str]) -> dict[str, str]:
    """Canonical name of each wording: its longest form; a longer name that only adds
    something in front of exactly one shorter name is that shorter one."""
    groups: dict[str, Counter[str]] = {}
    for surface in surfaces:
        name = printed(surface)
        groups.setdefault(key(name), Counter())[name] += 1
    ends: dict[str, list[str]] = {}
    for k in sorted(groups):
        for cut in range(1, len(k) - _SHORTEST_SUFFIX + 1):
            if k[cut:] in groups:
                ends.setdefault(k[cut:], []).append(k)
    target = {k: k for k in groups}
    target |= _quoted_wholes(groups)
    target |= _same_quote(groups)
    for short, longer in sorted(ends.items(), key=lambda item: (len(item[0]), item[0])):
        if len(longer) == 1:
            target[longer[0]] = target[short]
    target = {k: target.get(t, t) for k, t in target.items()}
    best = {k: min(names, key=lambda n: (-len(n), n)) for k, names in groups.items()}
    return {s: common_name(best[target[key(printed(s))]]) for s in surfaces}


def _quoted_wholes(groups: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Key of a name that is one quote → key of the only longer name that it opens or ends."""
    quotes: dict[str, set[str]] = {}
    for k in sorted(groups):
        for name in groups[k]:
            for quote in _QUOTES.findall(name):
                quotes.setdefault(key(quote), set()).add(k)
    found = {}
    for quote, holders in quotes.items():
        longer = sorted(holders - {quote})
        if quote in groups and len(longer) == 1:
            found[quote] = longer[0]
    return found


def _same_quote(groups: Mapping[str, Counter[str]]) -> dict[str, str]:
    """Key of a quote with its head → key of the only name with something between the two.

    “鲁惠通”平台 is “鲁惠通”政策兑现平台, which says more.
    """
    by_ends: dict[tuple[str, str], set[tuple[int, str]]] = {}
    for k in sorted(groups):
        for name in groups[k]:
            if parts := _QUOTE_AND_HEAD.fullmatch(name):
                by_ends.setdefault((parts["quote"], parts["head"]), set()).add((len(name), k))
    found = {}
    for same in by_ends.values():
        if len(same) == 2:
            (_, short), (_, long) = sorted(same)
            found[short] = long
    return found


def gather(mentions: Sequence[Mention], label: str, known: Catalogue) -> list[Entity]:
    """Entities by canonical name, in order of first mention.

    Args:
        mentions: With canonical names, of one kind.
        label: ``Mechanism`` or ``Initiative``.
        known: The catalogue of that kind.
    """
    grouped: dict[str, list[Mention]] = {}
    for mention in sorted(mentions):
        grouped.setdefault(mention.name, []).append(mention)
    return [
        Entity(
            of_name[0].kind,
            name,
            tuple(of_name),
            _also(name, of_name, known),
            properties(name, label, known),
        )
        for name, of_name in grouped.items()
    ]


def _also(name: str, mentions: Sequence[Mention], known: Catalogue) -> tuple[str, ...]:
    concept = known.by_name.get(name)
    also = set(concept.aliases) if concept else set()
    also.update(variants(name))
    for surface in sorted({m.surface for m in mentions}):
        also.update(variants(printed(surface)))
    also.discard(name)
    return tuple(sorted(also))


def properties(name: str, label: str, known: Catalogue) -> Mapping[str, Value]:
    """Node properties of a mechanism or initiative, a function of its name alone."""
    concept = known.by_name.get(name)
    if concept is None:
        return {"discovered": True}
    found: dict[str, Value] = {
        "name_en": concept.en,
        "field": concept.field,
        "definition": concept.definition,
        "discovered": False,
    }
    if concept.aliases:
        found["aliases"] = concept.aliases
    if concept.broader and label == "Mechanism":
        found["broader"] = node_id(label, concept.broader)
    if concept.legal_basis and label == "Mechanism":
        found["legal_basis"] = concept.legal_basis
    return found
