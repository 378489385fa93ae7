"""Numbers with what they count, tied to the mechanism or body that they are of.

Comes in: a document with its entities. Goes out: :class:`Measure` values in text
order. Left alone: dates, ordinals, document numbers, and numbers inside names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

import yaml

from loaders.clauses import Clause, iter_clauses
from loaders.document import Document, Passage
from loaders.entities import Kind, Measure, Mention
from loaders.heading import Heading

_MAGNITUDES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!代)")
_COUNTED = re.compile(r"的?(?!以上|以内|左右)([\u4e00-\u9fff]{2,14})")
_LONGEST_INDICATOR = 30  # characters


def find_measures(doc: Document, heading: Heading, mentions: Sequence[Mention]) -> list[Measure]:
    """Find the numbers that a report states, in text order.

    Args:
        doc: Report text and passages.
        heading: Who reports, on which year.
        mentions: Every mention of the report, sorted by offset.
    """
    found: list[Measure] = []

    def counts(passage: Passage, _: Sequence[Mention]) -> bool:
        found = _number().search(doc.text, passage.start, passage.end)
        return found is not None and not passage.is_heading

    for clauses in iter_clauses(doc, mentions, heading, counts):
        carried = ""
        for clause in clauses:
            for measure in _measures(doc.text, clause, heading, carried):
                carried = measure.indicator
                found.append(measure)
    return found


def _measures(text: str, clause: Clause, heading: Heading, carried: str) -> Iterator[Measure]:
    reach = clause.start
    for match in _number().finditer(text, clause.start, clause.end):
        if any(m.start <= match.start() < m.end for m in clause.mentions):
            continue
        left, comparison = _left(text[max(reach, match.start() - 60) : match.start()])
        counted = _right(text, match.end(), clause.end)
        indicator = (left + counted)[:_LONGEST_INDICATOR] or carried
        reach = match.end()
        if not indicator:
            continue
        carried = indicator
        value = float(re.sub("[,，]", "", match["number"]).replace("．", "."))
        magnitude, unit = match["magnitude"], match["unit"].replace("％", "%")
        if unit == "元" and magnitude in ("万", "亿"):
            magnitude, unit = "", f"{magnitude}元"
        yield Measure(
            clause.start,
            clause.end,
            indicator,
            round(value * _MAGNITUDES[magnitude], 6),
            unit,
            match.group(),
            comparison,
            _year(text[clause.start : match.start()], heading),
            _about(clause, match.start()),
        )


def _left(before: str) -> tuple[str, str]:
    """Indicator and comparison that stand left of a number."""
    before = re.split(r"[、“”]|以及", before)[-1]
    before = re.sub(rf"(?:{_words('links')})*$", "", before)
    comparison = re.search(rf"(?:{_words('comparisons')})$", before)
    if comparison:
        before = before[: comparison.start()]
    before = re.sub(rf"^(?:{_words('openings')}|{_YEAR.pattern}|[\s度底末初将把])*", "", before)
    before = re.sub(rf"(?:{_words('links')})*$", "", before)
    return before[-_LONGEST_INDICATOR:].strip(), comparison.group() if comparison else ""


def _right(text: str, start: int, end: int) -> str:
    """What is counted, where it stands right of the number: 27次主任办公会, 100%按期办结."""
    match = _COUNTED.match(text, start, end)
    return match[1] if match else ""


def _year(before: str, heading: Heading) -> int | None:
    years = _YEAR.findall(before)
    return int(years[-1]) if years else heading.year


def _about(clause: Clause, offset: int) -> tuple[Kind, str] | None:
    """The nearest mechanism or initiative of the clause, else the body that acts."""
    near = [m for m in clause.mentions if m.kind in ("mechanism", "initiative")]
    if near:
        best = min(near, key=lambda m: (abs(m.start - offset), m.start))
        return best.kind, best.name
    return ("agency", clause.actors[0]) if clause.actors else None


@cache
def _words(group: str) -> str:
    text = resources.files("loaders").joinpath("reference", "measures.yaml").read_text("utf-8")
    words: list[str] = yaml.safe_load(text)[group]
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _number() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\d.．第“+\-—〔（(])(?P<number>\d{1,12}(?:[,，]\d{3})*(?:[.．]\d{1,6})?)"
        r"(?P<magnitude>[百千万亿]?)(?P<more>[余多]?)"
        rf"(?!{_words('not_units')})(?P<unit>[%％]|个百分点|{_words('units')})"
        r"(?![“”])"
    )
