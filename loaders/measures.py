"""Numbers with what they count, tied to the mechanism or body that they are of.

Comes in: a document with its entities. Goes out: :class:`Measure` values in text
order. Left alone: dates, ordinals, document numbers, and numbers inside names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from loaders.clauses import Clause, Clauses
from loaders.dictionary import dictionary_words
from loaders.document import Document, Passage
from loaders.entities import Kind, Measure, Mention
from loaders.heading import Heading
from loaders.naming.vocabulary import boundaries
from loaders.references import REFERENCE, read_yaml

_MAGNITUDES = {"": 1.0, "十": 10.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_DIGITS = {c: float(i) for i, c in enumerate("〇一二三四五六七八九")} | {"两": 2.0}
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})年(?!代)")
_COUNTED = re.compile(r"的?(?!以上|以内|左右)([\u4e00-\u9fff]{2,20})")
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_LISTED = re.compile(r"[、“”（）()]|以及")
_PART = re.compile(r"\s*其中")
_SINCE = re.compile(
    r"(?:(?:由|从|(?:较|比)(?=.))?(?:上年度?|去年|年初|(?:(?:19|20)\d{2})年)(?:同期|底|末)?的?|[由从的])$"
)
_MEETING = re.compile(r"(?:常务|党组|党委)?会议?(?![同商签])")
_JOINING = "和与及并或的等"
_LONGEST_INDICATOR = 24  # characters, cut between words
_REACH = 60  # characters before a number in which its indicator is looked for


@dataclass(frozen=True, slots=True)
class _Count:
    """The last level in a sentence that is no rate: what a part or a rate is of."""

    indicator: str
    about: tuple[Kind, str] | None


def find_measures(doc: Document, heading: Heading, clauses: Clauses) -> list[Measure]:
    """Find the numbers that a report states, in text order.

    Args:
        doc: Report text and passages.
        heading: Who reports, on which year.
        clauses: The report's clauses, with every mention of the report.
    """
    found: list[Measure] = []

    def counts(passage: Passage, _: Sequence[Mention]) -> bool:
        number = _number().search(doc.text, passage.start, passage.end)
        return number is not None and not passage.is_heading

    for of_passage in clauses.of_passages(counts):
        carried, total = "", None
        for clause in of_passage:
            for measure in _measures(doc.text, clause, heading, carried, total):
                carried = measure.indicator
                if "%" not in measure.unit and not measure.comparison and not measure.of:
                    total = _Count(measure.indicator, measure.about)
                found.append(measure)
    return found


def _measures(
    text: str, clause: Clause, heading: Heading, carried: str, total: _Count | None
) -> Iterator[Measure]:
    reach = clause.start
    numbers = [
        n
        for n in _number().finditer(text, clause.start, clause.end)
        if not any(m.start <= n.start() < m.end for m in clause.mentions)
    ]
    part = total is not None and _PART.match(text, clause.start, clause.end) is not None
    for index, match in enumerate(numbers):
        end = numbers[index + 1].start() if index + 1 < len(numbers) else clause.end
        first = max(reach, match.start() - _REACH)
        behind = _behind_body(text, clause, first, match.start())
        left, comparison = _left(text[behind : match.start()])
        if not left and not comparison:
            left, comparison = _left(text[first : match.start()])
        counted = _right(text, match.end(), end, bool(left))
        indicator = _shorten(_join(left, counted)) or carried
        reach = match.end() + len(counted)
        if not indicator:
            continue
        carried = indicator
        value, upper, unit = _value(match)
        about = _about(clause, match.start())
        rate = total is not None and unit == "%" and not comparison and indicator.endswith("率")
        of = total.indicator if total and (part or rate) and total.indicator != indicator else ""
        if total and rate and total.about and (about is None or about[0] == "agency"):
            about = total.about
        yield Measure(
            clause.start,
            clause.end,
            indicator,
            value,
            unit,
            match.group(),
            comparison,
            _year(text[clause.start : match.start()], heading),
            about,
            upper,
            _signed(value, comparison),
            of,
        )


def _value(match: re.Match[str]) -> tuple[float, float | None, str]:
    """Value, upper end of a range, and unit; 万 and 亿 of money stay in the unit."""
    magnitude, unit = (
        match["magnitude"] or "",
        (match["unit"] or match["counted"]).replace("％", "%"),
    )
    if match["chinese"]:
        return _chinese(match["chinese"]), None, unit
    if unit == "元" and magnitude in ("万", "亿"):
        magnitude, unit = "", f"{magnitude}元"
    low, high = match["number"], match["upper"]
    value = round(_arabic(low) * _MAGNITUDES[magnitude], 6)
    return value, round(_arabic(high) * _MAGNITUDES[magnitude], 6) if high else None, unit


def _arabic(number: str) -> float:
    return float(number.replace(",", "").replace("，", "").replace("．", "."))


def _chinese(numeral: str) -> float:
    """三十五 → 35, 两千 → 2000, 十余 → 10."""
    total, digit = 0.0, 0.0
    for c in numeral:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in ("万", "亿"):
            total, digit = (total + digit) * _MAGNITUDES[c], 0.0
        elif c in _MAGNITUDES:
            total, digit = total + (digit or 1.0) * _MAGNITUDES[c], 0.0
    return total + digit


def _signed(value: float, comparison: str) -> float | None:
    if not comparison:
        return None
    return -value if re.search(_words("decreases"), comparison) else value


def _behind_body(text: str, clause: Clause, start: int, end: int) -> int:
    """Where the words begin that follow the last body named, or its meeting: 区信访局|受理来信."""
    ends = [m.end for m in clause.mentions if m.kind == "agency" and start < m.end < end]
    if not ends:
        return start
    meeting = _MEETING.match(text, max(ends), end)
    return meeting.end() if meeting else max(ends)


def _left(before: str) -> tuple[str, str]:
    """Indicator and comparison that stand left of a number."""
    links, comparisons, openings = _around()
    before = links.sub("", _LISTED.split(_BRACKETED.sub("", before))[-1])
    comparison = comparisons.search(before)
    if comparison:
        before = before[: comparison.start()]
    before = links.sub("", _SINCE.sub("", links.sub("", openings.sub("", before)))).strip()
    if before and _links().fullmatch(before):  # 62%|提高到2025年的|88%
        before = ""
    if before.startswith("等"):  # the end of a list: what is counted follows its verb
        verbs = [m for m in _boundary_words(before) if m[0] in ("verb", "weak")]
        before = before[verbs[-1][1] :] if verbs else ""
    return before, comparison.group() if comparison else ""


def _right(text: str, start: int, end: int, named: bool) -> str:
    """What is counted, where it stands right of the number: 27次主任办公会, 100%按期办结.

    Where the left names it already, a verb on the right begins something else.
    """
    match = _COUNTED.match(text, start, end)
    if not match:
        return ""
    counted = match[1]
    if _goes_on().fullmatch(counted):  # 62%|提高到88%
        return ""
    for category, first, _ in _boundary_words(counted):
        if category in ("verb", "cut", "join") and (first >= 2 or named):
            counted = counted[:first]
            break
    return counted.rstrip(_JOINING)


def _join(left: str, counted: str) -> str:
    """A verb and what is counted: 召开 + 主任办公会; of two nouns the counted one."""
    if not counted or not left:
        return left or counted
    first = next(iter(_boundary_words(left)), None)
    verb_first = first is not None and first[0] in ("verb", "weak") and first[1] == 0
    return left + counted if verb_first or len(left) <= 4 else counted


def _shorten(indicator: str) -> str:
    """The last words that fit."""
    if len(indicator) <= _LONGEST_INDICATOR:
        return indicator
    words = dictionary_words(indicator[-2 * _LONGEST_INDICATOR :])
    while sum(map(len, words)) > _LONGEST_INDICATOR and len(words) > 1:
        words.pop(0)
    return "".join(words).lstrip(_JOINING)


def _boundary_words(text: str) -> Iterator[tuple[str, int, int]]:
    """Category, start and end of each boundary word."""
    for last, (category, length) in boundaries().automaton.iter_long(text):
        yield category, last + 1 - length, last + 1


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
    words: list[str] = read_yaml(REFERENCE / "measures.yaml")[group]
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


@cache
def _around() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What ties an indicator to its number, what compares, and what opens a clause."""
    words = f"{_words('openings')}|{_words('speakers')}"
    opening = rf"{words}|{_YEAR.pattern}|[\s度底末初将把在对向从于和与及并]"
    return (
        re.compile(rf"(?:{_words('links')})*$"),
        re.compile(rf"(?:{_words('comparisons')})$"),
        re.compile(rf"^(?:{opening})*"),
    )


@cache
def _links() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('links')})+")


@cache
def _goes_on() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('links')}|{_words('comparisons')})+")


@cache
def _number() -> re.Pattern[str]:
    digits = r"\d{1,12}(?:[,，]\d{3})*(?:[.．]\d{1,6})?"
    return re.compile(
        # The first look keeps most characters from more than one test.
        r"(?=[\d一二两三四五六七八九十百千万])"
        rf"(?:(?<![\d.．第“+\-—〔（(])(?P<number>{digits})(?:[-－–~～至到](?P<upper>{digits}))?"
        r"(?P<magnitude>[百千万亿]?)[余多]?"
        rf"(?!{_words('not_units')})(?P<unit>[%％]|个百分点|{_words('units')})"
        r"|(?<![\d第“每同逐三两一二四五六七八九十百千万数几])"
        r"(?P<chinese>(?!一[次批家件场起名份期支轮])[一二两三四五六七八九十百千万]{1,8})[余多]?"
        rf"(?P<counted>{_words('chinese_units')}))(?![“”]|{_words('not_after_unit')})"
    )
