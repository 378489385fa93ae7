"""The word lists behind the rules: ``boundaries.yaml`` and ``heads.yaml``, read once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import ahocorasick

from loaders.longest import common_first
from loaders.references import REFERENCE, read_yaml

Category = Literal["verb", "cut", "weak", "subject", "join", "of", "more", "whole"]

_CATEGORIES: Mapping[str, Category] = {
    "verbs": "verb",
    "weak_verbs": "weak",
    "adverbs": "cut",
    "prepositions": "cut",
    "determiners": "cut",
    "subjects": "subject",
    "whole": "whole",
}
_JOINS = ("、", "和", "与", "及", "以及", "暨")


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Words that tell where a name begins.

    Args:
        automaton: Word → (category, word), longest match first.
        whole: Words that hold another word of the list, and are none of its kind.
        setters: Verbs after which a name starts whatever verb follows.
        second: Weak verbs that govern straight behind another verb.
        takers: Verbs whose object follows at once, for ``str.endswith``.
        drivers: Weak verbs that govern in the middle of a clause too.
        nominal: Verbs that names contain as nouns (制约, 监督).
        bare: Words that do not say which one.
        thin: Likewise, after 的 only.
        scopes: What is left out in front of a name, longest first.
        done: Verbs that govern behind those who carry something out.
        doers: What those end in, for ``str.endswith``.
        manners: How something is done, inside a name that says first what is.
        becoming: Behind a quote: what it became, for ``str.startswith``.
        carriers: Behind a quote: what ends its name, longest first.
        carried_on: What ends a longer name behind them, for ``str.endswith``.
        handled: What is done with them, and is no head of a longer name.
    """

    automaton: Any
    whole: frozenset[str]
    setters: frozenset[str]
    second: frozenset[str]
    takers: tuple[str, ...]
    drivers: frozenset[str]
    nominal: frozenset[str]
    bare: frozenset[str]
    thin: frozenset[str]
    scopes: tuple[str, ...]
    done: frozenset[str]
    doers: tuple[str, ...]
    manners: frozenset[str]
    becoming: tuple[str, ...]
    carriers: tuple[str, ...]
    carried_on: tuple[str, ...]
    handled: frozenset[str]


@dataclass(frozen=True, slots=True)
class Head:
    """A noun that ends names; see ``heads.yaml`` for the fields."""

    head: str
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    bare: frozenset[str] = frozenset()
    modifiers: tuple[str, ...] = ()
    quoted_only: bool = False
    after_agency: bool = False
    after_title: bool = False
    shortest: int = 2
    founded: bool = False
    national: bool = False


@dataclass(frozen=True, slots=True)
class Heads:
    """Heads of one kind, with what is refused.

    Args:
        automaton: Head → :class:`Head`.
        nouns: Heads that need no quotes, for ``str.endswith``.
        qualified: Heads that count behind a founding verb, or with one of their modifiers;
            likewise.
        refused: Names that the rules would build and that are something else.
        refused_formulas: Contents of quotes that are doctrine, plans or places.
        founding: Verbs in front of what counts only as what is founded or used, a pattern.
        practice_endings: Last characters of quoted practices.
        formula_endings: Those of formulas of two counts (“一校一章程”).
        practice_forms: Nouns that a quoted practice ends in wherever it stands.
        practice_verbs: Verbs in front of a quoted practice, for ``str.endswith``.
        introducing: Those of them whose quoted object is a practice however it ends.
        no_practices: How quoted goals, brands and campaigns end, for ``str.endswith``.
        practising: Verbs whose object is a practice, quoted or not, whatever its head; a pattern.
        no_practice: What they govern and is none.
    """

    automaton: Any
    nouns: tuple[str, ...]
    qualified: tuple[str, ...]
    refused: frozenset[str]
    refused_formulas: frozenset[str]
    founding: re.Pattern[str]
    practice_endings: frozenset[str]
    formula_endings: frozenset[str]
    practice_forms: tuple[str, ...]
    practice_verbs: tuple[str, ...]
    introducing: tuple[str, ...]
    no_practices: tuple[str, ...]
    practising: re.Pattern[str]
    no_practice: frozenset[str]


@cache
def boundaries() -> Boundaries:
    """The boundary words."""
    data = read_yaml(REFERENCE / "boundaries.yaml")
    words: dict[str, Category] = dict.fromkeys(_JOINS, "join")
    words.update({"的": "of", "等": "more", "等等": "more"})
    for section, category in _CATEGORIES.items():
        for word in data[section].split():
            words.setdefault(word, category)
    automaton = ahocorasick.Automaton()
    for word in common_first(words):
        automaton.add_word(word, (words[word], len(word)))
    automaton.make_automaton()
    setters, drivers = tuple(data["setters"].split()), frozenset(data["drivers"].split())
    second = frozenset(data["second_verbs"].split())
    # Words that stand before a name say no more of which one than generic ones do.
    bare = {w for w, c in words.items() if c in ("verb", "cut", "subject")}
    bare.update(data["generic"].split())
    return Boundaries(
        automaton,
        frozenset(w for w, c in words.items() if c == "whole"),
        frozenset(w for w, c in words.items() if c in ("verb", "weak") and w.endswith(setters)),
        drivers | second,
        tuple(sorted(drivers | second | {w for w in data["weak_verbs"].split() if len(w) == 1})),
        drivers,
        frozenset(data["weak_verbs"].split()),
        frozenset(bare),
        frozenset(bare | set(data["thin"].split())),
        tuple(sorted(set(data["scopes"].split()), key=lambda w: (-len(w), w))),
        frozenset(data["done"].split()),
        tuple(data["doers"].split()),
        frozenset(data["manners"].split()),
        tuple(data["becoming"].split()),
        tuple(sorted(data["carriers"].split(), key=lambda w: (-len(w), w))),
        tuple(data["carried_on"].split()),
        frozenset(data["handled"].split()),
    )


@cache
def heads(kind: Literal["mechanisms", "initiatives"]) -> Heads:
    """The heads that end names of mechanisms or of initiatives."""
    data = read_yaml(REFERENCE / "heads.yaml")
    automaton = ahocorasick.Automaton()
    nouns, qualified = [], []
    for row in data[kind]:
        head = Head(
            row["head"],
            tuple(row.get("not_before", "").split()),
            tuple(row.get("not_after", "").split()),
            frozenset(row.get("bare", "").split()),
            tuple(row.get("modifiers", "").split()),
            row.get("quoted_only", False),
            row.get("after_agency", False),
            row.get("after_title", False),
            row.get("shortest", 2),
            row.get("founded", False),
            row.get("national", False),
        )
        automaton.add_word(head.head, head)
        if not (head.quoted_only or head.modifiers or head.founded):
            nouns.append(head.head)
        qualified += [head.head] if head.founded else [m + head.head for m in head.modifiers]
    automaton.make_automaton()
    return Heads(
        automaton,
        tuple(nouns),
        tuple(qualified),
        frozenset(data["refused"].split()),
        frozenset(data["refused_formulas"].split()),
        re.compile(
            rf"(?:{'|'.join(data['founding_verbs'].split())})"
            r"(?:[了全各省市县区旗乡镇村级、]|[两三四五]级|\d+余?[个家处套]|[一二两三四五六七八九十]+[个家处套])*$"
        ),
        frozenset(data["practice_endings"].split()),
        frozenset(f"{data['practice_endings']} {data['formula_endings']}".split()),
        tuple(data["practice_forms"].split()),
        tuple(f"{data['practice_verbs']} {data['introducing_verbs']}".split()),
        tuple(data["introducing_verbs"].split()),
        tuple(data["no_practice_endings"].split()),
        re.compile(rf"(?<![落切不])(?:{'|'.join(data['practising_verbs'].split())})(?!政(?!务))"),
        frozenset(data["no_practice"].split()),
    )
