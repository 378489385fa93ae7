"""The numbers that Word prints before paragraphs but does not store in their text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Namespace of everything in a Word document that matters here."""

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
_CHINESE = frozenset((
    "chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "ideographDigital",
    "japaneseCounting", "japaneseDigitalTen", "taiwaneseCounting", "taiwaneseCountingThousand",
    "koreanCounting",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


class Numbering:
    """Counts the automatic numbers of a Word document, asked paragraph by paragraph.

    Args:
        word: The document; its numbering part says how each list is printed.
    """

    def __init__(self, word: WordDocument) -> None:
        self._lists: dict[str, tuple[str, dict[int, _Level]]] = {}
        self._styles = {s.get(f"{W}styleId"): s for s in word.styles.element.iter(f"{W}style")}
        self._counts: dict[str, list[int]] = {}
        self._started: set[str] = set()
        part = next((r.target_part for r in word.part.rels.values()
                     if r.reltype.endswith("/numbering") and not r.is_external), None)  # fmt: skip
        root = getattr(part, "element", None)
        if root is not None:
            self._read(root)

    def prefix(self, paragraph: Element) -> str:
        """The number printed before a paragraph, without white space; empty for none.

        Bullets count as none. Call once for each paragraph, in their order.
        """
        number, depth = self._place(paragraph)
        levels = self._lists.get(number, ("", {}))[1]
        if depth not in levels:
            return ""
        counts = self._count(number, depth, levels)
        if levels[depth].form in ("bullet", "none"):
            return ""
        text = levels[depth].pattern
        for i in range(depth, -1, -1):
            form = levels[i].form if i in levels else "decimal"
            text = text.replace(f"%{i + 1}", _printed(counts[i], form))
        return text.strip()

    def _read(self, root: Element) -> None:
        abstract = {}
        for element in root.iterchildren(f"{W}abstractNum"):
            levels = {}
            for level in element.iterchildren(f"{W}lvl"):
                levels[_int(level.get(f"{W}ilvl"), 0)] = _level(level)
            abstract[element.get(f"{W}abstractNumId")] = levels
        for element in root.iterchildren(f"{W}num"):
            name = _value(element, "abstractNumId") or ""
            levels = dict(abstract.get(name, {}))
            restarts = False
            for override in element.iterchildren(f"{W}lvlOverride"):
                depth = _int(override.get(f"{W}ilvl"), 0)
                replaced = override.find(f"{W}lvl")
                if replaced is not None:
                    levels[depth] = _level(replaced)
                start = _value(override, "startOverride")
                if start is not None and depth in levels:
                    old = levels[depth]
                    levels[depth] = _Level(old.form, old.pattern, _int(start, old.start))
                    restarts = True
            number = element.get(f"{W}numId") or ""
            # Lists of one definition go on counting unless one of them restarts.
            self._lists[number] = (f"restart {number}" if restarts else name, levels)

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """List and depth of a paragraph, by itself or by its style."""
        properties = paragraph.find(f"{W}pPr")
        style = _value(properties, "pStyle") if properties is not None else None
        found = properties.find(f"{W}numPr") if properties is not None else None
        number = _value(found, "numId") if found is not None else None
        depth = _value(found, "ilvl") if found is not None else None
        for _ in range(20):  # a style may be based on itself
            element = self._styles.get(style) if style else None
            if element is None or (number is not None and depth is not None):
                break
            inherited = element.find(f"{W}pPr/{W}numPr")
            if inherited is not None:
                number = _value(inherited, "numId") if number is None else number
                depth = _value(inherited, "ilvl") if depth is None else depth
            style = _value(element, "basedOn")
        return number or "", _int(depth, 0)

    def _count(self, number: str, depth: int, levels: Mapping[int, _Level]) -> list[int]:
        key = self._lists[number][0]
        if key not in self._counts:
            self._counts[key] = [levels[i].start - 1 if i in levels else 0 for i in range(9)]
        counts = self._counts[key]
        counts[depth] += 1
        for i in range(depth):
            counts[i] = max(counts[i], levels[i].start if i in levels else 1)
        for i in range(depth + 1, 9):
            counts[i] = levels[i].start - 1 if i in levels else 0
        return counts


def _level(element: Element) -> _Level:
    return _Level(
        _value(element, "numFmt") or "decimal",
        _value(element, "lvlText") or "",
        _int(_value(element, "start"), 1),
    )


def _value(element: Element, name: str) -> str | None:
    child = element.find(W + name)
    return None if child is None else child.get(f"{W}val")


def _int(text: str | None, default: int) -> int:
    """A number from a file, within what a list can hold; depths end at 8."""
    return int(text) if text and text.isdecimal() and len(text) < 6 else default


def _printed(number: int, form: str) -> str:
    if form in _CHINESE:
        return _chinese(number)
    if form == "decimalEnclosedCircle" or form == "decimalEnclosedCircleChinese":
        return chr(0x245F + number) if 1 <= number <= 20 else str(number)
    if form in ("ideographTraditional", "ideographZodiac") and 1 <= number <= 10:
        return _STEMS[number - 1]
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number < 200:
        text = ""
        for value, sign in _ROMAN:
            while number >= value:
                text, number = text + sign, number - value
        return text if form == "lowerRoman" else text.upper()
    return str(number)


def _chinese(number: int) -> str:
    """1 to 99 in words: 十二, 二十; beyond, digit by digit."""
    if not 1 <= number <= 99:
        return "".join(_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return (("" if tens == 1 else _DIGITS[tens]) + "十" if tens else "") + (
        _DIGITS[ones] if ones else ""
    )
